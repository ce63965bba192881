"""What the person says about a photo before it is in the store: its item, words and focus.

All of it goes to the store with the first byte. So a photo that was begun gets a new reference:
under the old one the store would go on with the old words. What it has of the old one is
dropped, by us where it can be reached, else by the store itself in its time.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import Focus
from uploader.engine import words
from uploader.outbox import Outbox
from uploader.outbox.codec import Changes

EDITABLE = frozenset({State.ADDED, State.CHECKING, State.READY, State.WAITING, State.REJECTED,
                      State.REFUSED, State.CANCELLED})  # fmt: skip
"""Certainly not in the store and not on its way."""


def choose_item(outbox: Outbox, ids: Collection[int], item: Item | None) -> list[Photo]:
    """Set the item of photos (an empty `id`: made by the upload; None: left open again).

    One that waits and has no item any more goes back to READY; one that the store rejected
    waits to be sent again with its new item. Returns the old values of those that were begun, for
    `Store.discard`.
    """
    begun = []
    event = words.ITEM_CHOSEN.format(title=item.title) if item else ""
    for photo in _editable(outbox, ids):
        begun += _edit(outbox, photo, event, {"item": item, "candidates": ()})
        if item is None and photo.state is State.WAITING:
            outbox.move_many([photo.id], State.READY, only={State.WAITING})
        elif item is not None and photo.state is State.REJECTED:
            _send_again(outbox, photo)
    return begun


def set_alt(outbox: Outbox, photo_id: int, text: str) -> list[Photo]:
    """Set the text for people who can't see the photo. Returns like `choose_item`."""
    return _edit_all(outbox, photo_id, {"alt": text})


def set_focus(outbox: Outbox, photo_id: int, focus: Focus) -> list[Photo]:
    """Set the point that a filling crop keeps. Returns like `choose_item`."""
    return _edit_all(outbox, photo_id, {"focus": focus})


def replace_file(outbox: Outbox, photo_id: int, path: Path) -> Photo | None:
    """Give a photo another file, to be checked anew; None where it is too late for that.

    It ends in ADDED, ready for `uploader.engine.check.check`.
    """
    changes: Changes = {
        "path": path,
        "reference": str(uuid.uuid4()),
        "fingerprint": None,
        "facts": None,
        "findings": (),
        "problem": None,
        "attempts": 0,
        "not_before": 0.0,
        "sent": 0,
    }
    moved = outbox.move_many(
        [photo_id], State.CHECKING, words.FILE_REPLACED, only=EDITABLE, **changes
    )
    return outbox.advance(moved[0], State.ADDED) if moved else None


def put_back(outbox: Outbox, ids: Iterable[int]) -> list[Photo]:
    """Take cancelled photos to ADDED, to be checked anew; returns them.

    They keep their reference: what had arrived of one under it is recognised.
    """
    moved = outbox.move_many(
        ids,
        State.CHECKING,
        words.PUT_BACK,
        only={State.CANCELLED},
        problem=None,
        attempts=0,
        not_before=0.0,
    )
    back = [photo.id for photo in moved]
    return outbox.move_many(back, State.ADDED, only={State.CHECKING})


def _editable(outbox: Outbox, ids: Collection[int]) -> Sequence[Photo]:
    found = []
    for photo_id in ids:
        try:
            photo = outbox.photo(photo_id)
        except KeyError:
            continue
        if photo.state in EDITABLE:
            found.append(photo)
    return found


def _edit_all(outbox: Outbox, photo_id: int, changes: Changes) -> list[Photo]:
    begun: list[Photo] = []
    for photo in _editable(outbox, [photo_id]):
        begun += _edit(outbox, photo, "", changes)
    return begun


def _edit(outbox: Outbox, photo: Photo, event: str, changes: Changes) -> list[Photo]:
    """Change one photo if it still stands there; give its old value if it was begun."""
    changes = {**changes, "reference": str(uuid.uuid4()), "sent": 0}
    edited = outbox.advance(photo, photo.state, event, **changes)
    return [photo] if edited is not None and photo.sent else []


def _send_again(outbox: Outbox, photo: Photo) -> None:
    outbox.move_many(
        [photo.id],
        State.WAITING,
        words.QUEUED,
        only={State.REJECTED},
        problem=None,
        attempts=0,
        not_before=0.0,
    )
