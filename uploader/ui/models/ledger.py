"""All photos of the window by id, with the counts and places that follow from them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from uploader.background.values import Progress
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.ui.abilities import can_retry, is_finished
from uploader.ui.models.groups import Group, group_of
from uploader.ui.status import asks_for_item

_MOVING = frozenset({State.UPLOADING, State.WAITING})


class Ledger:
    """Kept up to date photo by photo, so that no change costs a walk over thousands.

    Attributes: `photos` by id in the order added; `counts` per chip; `progress` by id; `names`
    and `needles`, by id what sorting compares and what a search looks in; how many are
    `retriable`, how many `finished`, and how many are `asking` for an item.
    """

    def __init__(self) -> None:
        self.photos: dict[int, Photo] = {}
        self.counts: dict[Group, int] = dict.fromkeys(Group, 0)
        self.progress: dict[int, Progress] = {}
        self.groups: dict[int, Group] = {}
        self.retriable, self.finished, self.asking = 0, 0, 0
        self.names: dict[int, str] = {}
        self.needles: dict[int, str] = {}
        self._waiting: list[int] = []
        """Ids of photos that wait, ascending: the order in which they were added."""

    def put(self, photo: Photo) -> None:
        """Take a new or changed photo in."""
        before, after = self.groups.get(photo.id), group_of(photo)
        old = self.photos.get(photo.id)
        if before is not after:
            self._count(before, -1)
            self._count(after, 1)
            self.groups[photo.id] = after
        if old is None:
            self.counts[Group.ALL] += 1
        else:
            self._tally(old, -1)
        self._tally(photo, 1)
        self._line_up(photo.id, photo.state is State.WAITING)
        if photo.state not in _MOVING:
            self.progress.pop(photo.id, None)
        self.photos[photo.id] = photo
        if old is None or old.path != photo.path or old.item != photo.item:
            self._fold(photo)

    def drop(self, photo_ids: Iterable[int]) -> None:
        """Forget photos that were taken off the list."""
        for photo_id in photo_ids:
            if (photo := self.photos.pop(photo_id, None)) is None:
                continue
            self._tally(photo, -1)
            self._count(self.groups.pop(photo_id), -1)
            self.counts[Group.ALL] -= 1
            self.progress.pop(photo_id, None)
            del self.names[photo_id], self.needles[photo_id]
            self._line_up(photo_id, False)

    def place(self, photo_id: int) -> int:
        """Give a waiting photo's number in line, from 1; 0 for one that doesn't wait."""
        at = self._at(photo_id)
        return at + 1 if self._waits(at, photo_id) else 0

    def _line_up(self, photo_id: int, waits: bool) -> None:
        at = self._at(photo_id)
        if waits is self._waits(at, photo_id):
            return
        if waits:
            self._waiting.insert(at, photo_id)
        else:
            del self._waiting[at]

    def _at(self, photo_id: int) -> int:
        return bisect_left(self._waiting, photo_id)

    def _waits(self, at: int, photo_id: int) -> bool:
        return at < len(self._waiting) and self._waiting[at] == photo_id

    def _fold(self, photo: Photo) -> None:
        name, item = photo.name.casefold(), photo.item
        self.names[photo.id] = name
        self.needles[photo.id] = (
            f"{name}\n{item.title}\n{item.sku}".casefold() if item is not None else name
        )

    def _tally(self, photo: Photo, by: int) -> None:
        self.retriable += by * can_retry(photo)
        self.finished += by * is_finished(photo)
        self.asking += by * asks_for_item(photo)

    def _count(self, group: Group | None, by: int) -> None:
        if group is not None and group is not Group.ALL:
            self.counts[group] += by
