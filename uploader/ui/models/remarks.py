"""The model of the photos about which there is something to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uploader.domain.photos import Photo
from uploader.domain.preflight import Remark
from uploader.ui.batch_words import sentence_of

Index = QModelIndex | QPersistentModelIndex
REMARK = Qt.ItemDataRole.UserRole
PHOTO = Qt.ItemDataRole.UserRole + 1
SENTENCE = Qt.ItemDataRole.UserRole + 2
NOTE = Qt.ItemDataRole.UserRole + 3
"""What was decided about it; empty while nothing was."""


class RemarksModel(QAbstractListModel):
    """`note` tells what was decided about a remark.

    Roles: `REMARK`, `PHOTO`, `SENTENCE`, `NOTE`; display is the file's name, the accessible
    text all of it.
    """

    def __init__(self, note: Callable[[Remark], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self._rows: list[tuple[Remark, Photo]] = []

    def show_remarks(self, rows: Sequence[tuple[Remark, Photo]]) -> None:
        """Show these, where they are the same photos in place, so that the selection stays."""
        before = [remark.photo_id for remark, _ in self._rows]
        if before == [remark.photo_id for remark, _ in rows] and rows:
            self._rows = list(rows)
            self.say_anew()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def say_anew(self) -> None:
        """Say that what was decided has changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def photo_at(self, row: int) -> Photo:
        """Give the photo of a row."""
        return self._rows[row][1]

    def remark_at(self, row: int) -> Remark:
        """Give the remark of a row."""
        return self._rows[row][0]

    def remarks(self) -> list[Remark]:
        """Give all of them."""
        return [remark for remark, _ in self._rows]

    # ---- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of photos."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        remark, photo = self._rows[index.row()]
        told: Any = None
        if role == REMARK:
            told = remark
        elif role == PHOTO:
            told = photo
        elif role == Qt.ItemDataRole.DisplayRole:
            told = photo.name
        elif role == SENTENCE:
            told = sentence_of(remark)
        elif role == NOTE:
            told = self._note(remark)
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            item = photo.item.title if photo.item else ""
            parts = (photo.name, item, sentence_of(remark), self._note(remark))
            told = ", ".join(part for part in parts if part)
        return told
