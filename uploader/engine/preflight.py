"""The look at a whole list before it goes out. Nothing is read from files or the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from uploader.domain.findings import FindingKind
from uploader.domain.photos import Photo
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Style
from uploader.imaging.cuts import cut_of

CHECKS_OFF = "sends_unchecked"
"""The setting (of the outbox) under which Upload sends without a look."""

_SENT = frozenset({State.WAITING, State.UPLOADING, State.UNCERTAIN, State.PROCESSING,
                   State.STALLED, State.LIVE, State.ALREADY})  # fmt: skip
"""On its way to the store, or there."""

Place = tuple[str, str]
"""An item and a content: what must not be there twice."""


def place_of(photo: Photo) -> Place | None:
    """Say where a photo's content goes; None where either isn't known."""
    if photo.item is None or photo.fingerprint is None or not photo.fingerprint.sha256:
        return None
    return _key(photo.item), photo.fingerprint.sha256


def sent_place(item: Item, sha256: str) -> Place:
    """Say where the content of an earlier sending went."""
    return _key(item), sha256


def look_over(
    photos: Sequence[Photo],
    capabilities: Capabilities,
    *,
    known: Callable[[str], Item | None] = lambda _: None,
    sent: Mapping[Place, str] | None = None,
    removes_metadata: bool = True,
) -> BatchCheck:
    """Look at a list as it stands, in its order.

    `known` gives an item of the store as it was last told, by its id; `sent` the name of the
    file that is known to be at a place, by what was sent of it (`Photo.sha256`).
    """
    going = [photo for photo in photos if photo.state is State.READY and photo.item is not None]
    remarks = list(_stay(photos))
    remarks += _cuts(going, capabilities.styles)
    remarks += _small(going)
    remarks += _copies(photos, going, sent or {})
    remarks += _taken(going, known)
    order = {concern: number for number, concern in enumerate(Concern)}
    remarks.sort(key=lambda remark: order[remark.concern])
    private = [photo for photo in going if photo.facts and photo.facts.has_gps]
    told = [photo for photo in private if not (removes_metadata and _can_be_cleaned(photo))]
    return BatchCheck(
        tuple(photo.id for photo in going), tuple(remarks), len(private), len(told)
    )  # fmt: skip


def _stay(photos: Iterable[Photo]) -> Iterator[Remark]:
    for photo in photos:
        if photo.state is State.READY and photo.item is None:
            yield Remark(photo.id, Concern.NO_ITEM, count=len(photo.candidates))
        elif photo.state is State.REFUSED:
            sentence = photo.refusal.sentence if photo.refusal else ""
            yield Remark(photo.id, Concern.UNUSABLE, sentence)


def _cuts(going: Iterable[Photo], styles: Sequence[Style]) -> Iterator[Remark]:
    for photo in going:
        cut = cut_of(photo.facts, styles, photo.focus, photo.edits)
        if cut is not None:
            mendable = cut.keeps is not None
            yield Remark(photo.id, Concern.CUT, cut.style.name, mendable=mendable)


def _small(going: Iterable[Photo]) -> Iterator[Remark]:
    for photo in going:
        for finding in photo.findings:
            if finding.kind is FindingKind.TOO_SMALL:
                yield Remark(photo.id, Concern.SMALL, finding.sentence)


def _copies(
    photos: Iterable[Photo], going: Iterable[Photo], sent: Mapping[Place, str]
) -> Iterator[Remark]:
    """Tell of photos that go where the same one goes before them, or is."""
    there: dict[Place, str] = {}
    for photo in photos:
        place = place_of(photo)
        if place is not None and photo.state in _SENT:
            there.setdefault(place, photo.name)
    ahead: dict[Place, str] = {}
    for photo in going:
        place = place_of(photo)
        if place is None or photo.item is None:
            continue
        before = there.get(place) or sent.get(sent_place(photo.item, photo.sha256))
        if before is not None:
            yield Remark(photo.id, Concern.COPY, before, sent=True)
        elif place in ahead:
            yield Remark(photo.id, Concern.COPY, ahead[place])
        else:
            ahead[place] = photo.name


def _taken(going: Iterable[Photo], known: Callable[[str], Item | None]) -> Iterator[Remark]:
    for photo in going:
        if photo.item is None or not photo.item.id:
            continue
        images = (known(photo.item.id) or photo.item).images
        if images > 0:
            settled = bool(photo.replaces)
            yield Remark(photo.id, Concern.TAKEN, count=images, settled=settled)


def _can_be_cleaned(photo: Photo) -> bool:
    return all(finding.kind is not FindingKind.NOT_CLEANED for finding in photo.findings)


def _key(item: Item) -> str:
    # An item that is yet to be made is known by its title.
    return f"#{item.id}" if item.id else item.title.strip().casefold()
