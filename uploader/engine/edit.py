"""What the person says about a photo before it is in the store: its item, words, focus, edits.

All of it goes to the store with the first byte. So a photo that was begun gets a new reference:
under the old one the store would go on with the old words. What it has of the old one is
dropped, by us where it can be reached, else by the store itself in its time.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from uploader.domain.alt_text import written
from uploader.domain.edits import Edits
from uploader.domain.findings import Finding, FindingKind
from uploader.domain.matching import position_in
from uploader.domain.photos import Photo, may_have_arrived
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import Focus, Style
from uploader.engine import words
from uploader.imaging.canvas import carried
from uploader.imaging.cuts import cut_of
from uploader.imaging.geometry import Size
from uploader.imaging.inspect import enlarged
from uploader.outbox import Edit, Outbox
from uploader.outbox.codec import Changes
from uploader.outbox.repository import BUNCH

EDITABLE = frozenset({State.ADDED, State.CHECKING, State.READY, State.WAITING, State.REJECTED,
                      State.REFUSED, State.CANCELLED})  # fmt: skip
"""Certainly not in the store and not on its way."""


def _is_editable(photo: Photo) -> bool:
    # What was taken back after its last byte may be in the store, as long as nobody has looked.
    return photo.state in EDITABLE and not may_have_arrived(photo)


def choose_item(outbox: Outbox, ids: Iterable[int], item: Item | None) -> list[Photo]:
    """Set the item of photos (an empty `id`: made by the upload; None: left open again).

    One that waits and has no item any more goes back to READY; one that the store rejected
    waits to be sent again with its new item. A picture of another item can't be replaced any
    more. Returns the old values of those that were begun, for `Store.discard`.
    """
    return choose_items(outbox, dict.fromkeys(ids, item))


def choose_items(outbox: Outbox, items: Mapping[int, Item | None]) -> list[Photo]:
    """Set each photo's item, by id. Like `choose_item`.

    A photo that has no place yet gets the one that its name's counter tells.
    """
    begun: list[Photo] = []

    def decide(photo: Photo) -> Edit | None:
        if not _is_editable(photo):
            return None
        if photo.sent:
            begun.append(photo)
        item = items[photo.id]
        event = words.ITEM_CHOSEN.format(item=item.title) if item else ""
        state, more = _state_with(photo, item)
        if not _is_same(photo.item, item):
            more["replaces"] = ""
        if item is not None and photo.position is None:
            more["position"] = position_in(photo.path, item)
        return Edit(state, event, {**_anew(), "item": item, "candidates": (), **more})

    outbox.edit_many(items, decide)
    return begun


def _is_same(one: Item | None, other: Item | None) -> bool:
    return one is not None and other is not None and bool(one.id) and one.id == other.id


def _state_with(photo: Photo, item: Item | None) -> tuple[State, Changes]:
    """Say where a photo stands once it has this item."""
    if item is None and photo.state is State.WAITING:
        return State.READY, {}
    if item is not None and photo.state is State.REJECTED:
        return State.WAITING, {"problem": None, "attempts": 0, "not_before": 0.0}
    return photo.state, {}


def set_alt(outbox: Outbox, photo_id: int, text: str) -> list[Photo]:
    """Set the text for people who can't see the photo. Returns like `choose_item`."""
    return set_alts(outbox, {photo_id: text})


def set_alts(outbox: Outbox, texts: Mapping[int, str]) -> list[Photo]:
    """Set the texts of many photos, by id. Returns like `choose_item`."""
    return _edit(outbox, texts, lambda photo: {"alt": texts[photo.id]})


def write_alts(
    outbox: Outbox, ids: Sequence[int], template: str, *, keep: bool = False
) -> list[Photo]:
    """Set the texts of many photos, in this order, from a template; see `domain.alt_text`.

    `keep` leaves photos alone that have a text. Returns like `choose_item`.
    """
    photos = _in_order(outbox, ids)
    texts = {
        photo.id: text for photo, text in written(template, photos) if not (keep and photo.alt)
    }
    return set_alts(outbox, texts)


def _in_order(outbox: Outbox, ids: Sequence[int]) -> Iterator[Photo]:
    """Read photos bunch by bunch, so that others get their turn; unknown ones are left out."""
    for start in range(0, len(ids), BUNCH):
        bunch = ids[start : start + BUNCH]
        known = {photo.id: photo for photo in outbox.some(bunch)}
        yield from (known[photo_id] for photo_id in bunch if photo_id in known)


def set_focus(outbox: Outbox, photo_id: int, focus: Focus) -> list[Photo]:
    """Set the point that a filling crop keeps. Returns like `choose_item`."""
    return _edit(outbox, [photo_id], lambda _: {"focus": focus})


def centre_on_products(outbox: Outbox, ids: Iterable[int], styles: Sequence[Style]) -> list[Photo]:
    """Move the crops that cut the product to where it is whole, of those photos that can be.

    Returns like `choose_item`.
    """

    def changes(photo: Photo) -> Changes:
        cut = cut_of(photo.facts, styles, photo.focus, photo.edits)
        return {} if cut is None or cut.keeps is None else {"focus": cut.keeps}

    return _edit(outbox, ids, changes)


def set_edits(
    outbox: Outbox,
    ids: Iterable[int],
    change: Callable[[Edits], Edits],
    styles: Sequence[Style] = (),
) -> list[Photo]:
    """Say what the store does to the pictures before it makes its `styles` of them.

    `change` gives the new edits for a photo's old ones. The focus stays at the same point of
    the photo; what is found about the size is found anew. Returns like `choose_item`.
    """

    def changes(photo: Photo) -> Changes:
        edits = change(photo.edits)
        if photo.facts is None or edits == photo.edits:
            return {"edits": edits}
        size = Size(photo.facts.width, photo.facts.height)
        focus = carried(photo.focus, size, photo.edits, edits)
        return {"edits": edits, "focus": focus, "findings": _found_anew(photo, edits, styles)}

    return _edit(outbox, ids, changes)


def _found_anew(photo: Photo, edits: Edits, styles: Sequence[Style]) -> tuple[Finding, ...]:
    """Give what is found about a photo when it is edited so."""
    kept = tuple(f for f in photo.findings if f.kind is not FindingKind.TOO_SMALL)
    small = enlarged(photo.facts, styles, edits) if photo.facts else None
    return kept if small is None else (*kept, small)


def set_positions(outbox: Outbox, positions: Mapping[int, int | None]) -> list[Photo]:
    """Ask for places among the pictures of the photos' items, by id; None: the end.

    Returns like `choose_item`.
    """
    return _edit(outbox, positions, lambda photo: {"position": positions[photo.id]})


def set_replaces(outbox: Outbox, images: Mapping[int, str]) -> list[Photo]:
    """Say which picture of its item each photo takes the place of; empty: none.

    `images` are the store's ids of pictures, by the photo's. Returns like `choose_item`.
    """
    return _edit(outbox, images, lambda photo: {"replaces": images[photo.id]})


def replace_file(outbox: Outbox, photo_id: int, path: Path) -> Photo | None:
    """Give a photo another file, to be checked anew; None where it is too late for that.

    It ends in ADDED, ready for `uploader.engine.check.check`.
    """
    changes: Changes = {
        "path": path,
        "reference": str(uuid.uuid4()),
        "fingerprint": None,
        "payload": None,
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

    They keep their reference: what had arrived of one under it is recognised. One that may have
    arrived whole is looked for before it is sent, as a store may know no references.
    """
    ids = list(ids)
    outbox.doubt(photo.id for photo in outbox.some(ids) if may_have_arrived(photo))
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


def _edit(outbox: Outbox, ids: Iterable[int], changes: Callable[[Photo], Changes]) -> list[Photo]:
    """Change photos; give the old values of those that were begun.

    One to which nothing changes keeps what the store has of it.
    """
    begun: list[Photo] = []

    def decide(photo: Photo) -> Edit | None:
        if not _is_editable(photo):
            return None
        changed = changes(photo)
        if all(getattr(photo, name) == value for name, value in changed.items()):
            return None
        if photo.sent:
            begun.append(photo)
        return Edit(photo.state, "", {**_anew(), **changed})

    outbox.edit_many(ids, decide)
    return begun


def _anew() -> Changes:
    return {"reference": str(uuid.uuid4()), "sent": 0}
