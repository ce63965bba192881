"""Keeps the same photos selected when the list is filtered, sorted or filled anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QListView

from uploader.ui.models.photos import PhotosModel
from uploader.ui.models.runs import runs


class SelectionKeeper(QObject):
    """Signals: `restored()` after a reset. The view must have its model already."""

    restored = Signal()

    def __init__(self, view: QListView, model: PhotosModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._chosen: list[int] = []
        self._current: list[int] = []
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _remember(self) -> None:
        self._chosen = [self._model.ids[row] for row in selected_rows(self._view)]
        current = self._view.currentIndex()
        self._current = [self._model.ids[current.row()]] if current.isValid() else []

    def _restore(self) -> None:
        """Select in one step: there may be thousands."""
        selection, how = QItemSelection(), QItemSelectionModel.SelectionFlag
        for first, last in runs(sorted(self._rows_of(self._chosen))):
            selection.select(self._model.index(first), self._model.index(last))
        model = self._view.selectionModel()
        for row in self._rows_of(self._current):
            model.setCurrentIndex(self._model.index(row), how.NoUpdate)
        model.select(selection, how.ClearAndSelect)
        self.restored.emit()

    def _rows_of(self, photo_ids: Sequence[int]) -> list[int]:
        """Give the rows of those photos that the filter shows."""
        rows = self._model.rows_by_id
        return [rows[i] for i in photo_ids if i in rows]


def selected_rows(view: QListView) -> list[int]:
    """Give the selected rows in order; by ranges, as an index for each of thousands takes long."""
    rows: list[int] = []
    ranges = view.selectionModel().selection()
    for part in ranges:  # type: ignore[attr-defined]  # a list, which PySide's stubs don't know
        rows += range(part.top(), part.bottom() + 1)
    return sorted(rows)
