"""What the store keeps."""

from uploader.server.store.models.accounts import Attempt, Token, User
from uploader.server.store.models.changes import ChangeCounter
from uploader.server.store.models.dropped import DroppedFile
from uploader.server.store.models.images import ImageState, ItemImage
from uploader.server.store.models.items import Item
from uploader.server.store.models.uploads import Upload
from uploader.server.store.models.workers import WorkerSeen

__all__ = [
    "Attempt",
    "ChangeCounter",
    "DroppedFile",
    "ImageState",
    "Item",
    "ItemImage",
    "Token",
    "Upload",
    "User",
    "WorkerSeen",
]
