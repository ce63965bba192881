"""What can be done with a photo as it stands. Menus, the toolbar and the keyboard agree on it."""

from __future__ import annotations

from uploader.domain.photos import Photo, may_have_arrived
from uploader.domain.states import UNSENT, State
from uploader.ui.status import asks_for_item

_RETRIED = frozenset({State.FAILED, State.STALLED, State.REJECTED})
_BACKING_OFF = frozenset({State.WAITING, State.UNCERTAIN})
_TAKEN_BACK = frozenset(
    {State.READY, State.WAITING, State.UPLOADING, State.UNCERTAIN, State.REJECTED}
)
_FINISHED = frozenset({State.LIVE, State.ALREADY, State.CANCELLED})
_ITEM_OPEN = frozenset({State.READY, State.WAITING, State.REJECTED})
_EDITED = frozenset({*UNSENT, State.REJECTED, State.CANCELLED})
_REPLACED = frozenset({State.REFUSED, State.REJECTED, State.READY})


def can_upload(photo: Photo) -> bool:
    """Whether *Upload* sends it."""
    return photo.state is State.READY and not asks_for_item(photo)


def can_retry(photo: Photo) -> bool:
    """Whether it failed, or waits for a time of its own that the person may override."""
    if photo.state in _BACKING_OFF:
        return photo.not_before > 0
    return photo.state in _RETRIED


def can_cancel(photo: Photo) -> bool:
    """Whether it is on its way to the store, and can be taken back."""
    return photo.state in _TAKEN_BACK


def can_put_back(photo: Photo) -> bool:
    """Whether it was taken back, and can be sent after all."""
    return photo.state is State.CANCELLED


def is_finished(photo: Photo) -> bool:
    """Whether *Clear finished* takes it off the list."""
    return photo.state in _FINISHED


def can_choose_item(photo: Photo) -> bool:
    """Whether its item can still be chosen."""
    return photo.state in _ITEM_OPEN


def can_edit(photo: Photo) -> bool:
    """Whether what is said of it, and done to its picture, can still be changed."""
    return photo.state in _EDITED and not may_have_arrived(photo)


def can_replace(photo: Photo) -> bool:
    """Whether it can get another file."""
    return photo.state in _REPLACED
