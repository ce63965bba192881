"""What is said of a photo when its upload begins: the metadata of the contract."""

from __future__ import annotations

from uploader.domain.errors import RejectedError
from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.domain.styles import CENTRE


def check(photo: Photo, can: Capabilities) -> None:
    """Raise RejectedError for what this store would leave undone without a word.

    The result wouldn't be what the person was shown. A place within the item is a wish.
    """
    if photo.replaces and not can.replaces:
        raise RejectedError("This store can’t replace a picture", "Send it as a new one.")
    if photo.edits.rotate and not can.rotates:
        raise RejectedError("This store can’t turn a picture", "Turn it back, then send it again.")
    if photo.edits.pad and not can.pads:
        raise RejectedError("This store can’t pad a picture", "Take the padding off again.")


def metadata(photo: Photo, can: Capabilities) -> dict[str, str]:
    """Say what a photo is and what is to be done with it; empty values aren't sent."""
    item, edits = photo.item, photo.edits
    # Where nothing is said, a picture that replaces another has that one's focus.
    focus, unsaid = photo.focus, photo.focus == CENTRE and not photo.replaces
    told = {
        "reference": photo.reference,
        "item": item.id if item else "",
        "item_title": item.title if item and not item.id else "",
        "sha256": photo.sha256,
        "filename": photo.name,
        "alt": photo.alt,
        "focus": "" if unsaid else f"{focus.x:.4f},{focus.y:.4f}",
        "replaces": photo.replaces,
    }
    if can.rotates:
        told["rotate"] = str(edits.rotate) if edits.rotate else ""
    if can.pads:
        told["pad"] = "true" if edits.pad else ""
    if can.positions:
        told["position"] = str(photo.position) if photo.position is not None else ""
    return told
