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
        rows = sorted(index.row() for index in self._view.selectedIndexes())
        self._chosen = [self._model.photo_at(row).id for row in rows]
        current = self._view.currentIndex()
        self._current = [self._model.photo_at(current.row()).id] if current.isValid() else []

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
        return [row for i in photo_ids if (row := self._model.row_of(i)) >= 0]
