"""The list's model: the photos that pass the chip and the search, in the chosen order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from uploader.background.values import Connection, Progress
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Capabilities
from uploader.ui.models.groups import Group
from uploader.ui.models.ledger import Ledger
from uploader.ui.models.rows import RowsModel
from uploader.ui.models.runs import runs
from uploader.ui.row_text import item_lines
from uploader.ui.status import Around, Status
from uploader.ui.status_words import status_of

Index = QModelIndex | QPersistentModelIndex
PHOTO = Qt.ItemDataRole.UserRole
STATUS = Qt.ItemDataRole.UserRole + 1
MANY_RUNS = 200
"""More separate inserts and removals than this, and the view is told once to look anew."""


class Order(StrEnum):
    """How the list is sorted."""

    ADDED = "added"
    NAME = "name"
    STATUS = "status"


# What needs the person stands first, what is done last.
_STATUS_ORDER = {
    group: n
    for n, group in enumerate(
        (Group.ATTENTION, Group.UPLOADING, Group.PROCESSING, Group.READY, Group.ALL, Group.LIVE)
    )
}


_FLAGS = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemNeverHasChildren
)


class PhotosModel(RowsModel):
    """Rows of photos, filtered and sorted here: counts and rows follow changes in one place.

    Roles: `PHOTO` the `Photo`, `STATUS` its `Status`; display, tooltip and accessible text.
    Signals: `counted(dict[Group, int])` after the chips' numbers changed.
    """

    counted = Signal(object)

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self.ledger = Ledger()
        self.connection, self.capabilities, self.paused = Connection(), Capabilities(), False
        self.group, self.order, self.query = Group.ALL, Order.ADDED, ""
        self._clock = clock
        self._row_index: dict[int, int] | None = {}

    # ---- what Qt asks
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a row."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        photo = self.photo_at(index.row())
        if role == PHOTO:
            return photo
        if role == STATUS:
            return self.status(photo)
        if role == Qt.ItemDataRole.DisplayRole:
            return photo.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(photo)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected, and their item edited until it is sent."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    # ---- reading
    def photo_at(self, row: int) -> Photo:
        """Give the photo in a visible row."""
        return self.ledger.photos[self.ids[row]]

    def row_of(self, photo_id: int) -> int:
        """Give the row of a photo, -1 where the filter hides it."""
        return self.rows_by_id.get(photo_id, -1)

    @property
    def rows_by_id(self) -> dict[int, int]:
        """Rows by id, made anew only when somebody asks after the rows have moved."""
        if self._row_index is None:
            self._row_index = {photo_id: row for row, photo_id in enumerate(self.ids)}
        return self._row_index

    def status(self, photo: Photo) -> Status:
        """Put a photo's state in words, as of now."""
        ledger = self.ledger
        around = Around(
            self.connection,
            self.capabilities,
            self._clock(),
            self.paused,
            ledger.progress.get(photo.id),
            ledger.place(photo.id) if photo.state is State.WAITING else 0,
        )
        return status_of(photo, around)

    # ---- what the desk tells
    def set_photos(self, photos: Sequence[Photo]) -> None:
        """Show a whole new list."""
        ledger = Ledger()
        for photo in photos:
            ledger.put(photo)
        self.replace_all(self._wanted(ledger), lambda: setattr(self, "ledger", ledger))
        self.counted.emit(self.ledger.counts)

    def change(self, photos: Sequence[Photo]) -> None:
        """Take new and changed photos in."""
        moved = {p.id for p in photos if self._moves(p)}
        for photo in photos:
            self.ledger.put(photo)
        if moved or any(self._shown(p, self.ledger) != (p.id in self.rows_by_id) for p in photos):
            self._rearrange(moved)
        self._touch(p.id for p in photos)
        self.counted.emit(self.ledger.counts)

    def remove(self, photo_ids: Sequence[int]) -> None:
        """Take photos off the list."""
        gone = set(photo_ids)
        self._apply([i for i in self.ids if i not in gone], set())
        self.ledger.drop(photo_ids)
        self.counted.emit(self.ledger.counts)

    def progress(self, moving: dict[int, Progress]) -> None:
        """Take over how far photos have come."""
        for photo_id, now in moving.items():
            if photo_id in self.ledger.photos:
                self.ledger.progress[photo_id] = now
        self._touch(moving)

    def set_around(
        self,
        connection: Connection | None = None,
        capabilities: Capabilities | None = None,
        paused: bool | None = None,
    ) -> None:
        """Take over what all rows depend on."""
        self.connection = connection or self.connection
        self.capabilities = capabilities or self.capabilities
        self.paused = self.paused if paused is None else paused
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    # ---- what the person asks
    def arrange(
        self, group: Group | None = None, query: str | None = None, order: Order | None = None
    ) -> None:
        """Filter by chip and search text, and sort."""
        self.group = group or self.group
        self.query = self.query if query is None else query.strip().casefold()
        self.order = order or self.order
        self.replace_all(self._wanted(self.ledger))

    # ---- inside
    def _spoken(self, photo: Photo) -> str:
        """Say a row as a screen reader does."""
        status = self.status(photo)
        parts = (photo.name, item_lines(photo)[0], status.words, status.detail)
        return ", ".join(part for part in parts if part)

    def _shown(self, photo: Photo, ledger: Ledger) -> bool:
        if self.group is not Group.ALL and ledger.groups[photo.id] is not self.group:
            return False
        return not self.query or self.query in ledger.needles[photo.id]

    def _moves(self, photo: Photo) -> bool:
        """Tell whether a change puts a visible photo into another place."""
        old = self.ledger.photos.get(photo.id)
        if old is None or self.order is Order.ADDED:
            return False
        return (
            old.state is not photo.state if self.order is Order.STATUS else old.name != photo.name
        )

    def _wanted(self, ledger: Ledger) -> list[int]:
        if self.group is Group.ALL and not self.query:
            ids = list(ledger.photos)
        else:
            ids = [p.id for p in ledger.photos.values() if self._shown(p, ledger)]
        # Sorting is stable: what is equal stays in the order in which it was added.
        if self.order is Order.NAME:
            ids.sort(key=ledger.names.__getitem__)
        elif self.order is Order.STATUS:
            groups = ledger.groups
            ids.sort(key=lambda photo_id: _STATUS_ORDER[groups[photo_id]])
        return ids

    def ids_changed(self, ids: list[int]) -> None:
        """Forget where each photo was, too."""
        super().ids_changed(ids)
        self._row_index = None

    def _rearrange(self, moved: set[int]) -> None:
        self._apply(self._wanted(self.ledger), moved)

    def _apply(self, wanted: list[int], moved: set[int]) -> None:
        """Go from the rows shown to those wanted, in as few steps as there are gaps."""
        keep = set(wanted) - moved
        leaving = runs(n for n, i in enumerate(self.ids) if i not in keep)
        staying = {i for i in self.ids if i in keep}
        coming = runs(n for n, i in enumerate(wanted) if i not in staying)
        if len(leaving) + len(coming) > MANY_RUNS:
            self.replace_all(wanted)
            return
        for first, last in reversed(leaving):
            self.take_out(first, last)
        for first, last in coming:
            self.put_in(first, wanted[first : last + 1])

    def _touch(self, photo_ids: Iterable[int]) -> None:
        """Say which rows look different, in ranges."""
        rows = sorted(self.rows_by_id[i] for i in photo_ids if i in self.rows_by_id)
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))
