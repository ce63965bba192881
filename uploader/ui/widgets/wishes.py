"""Tells the previews what is in sight, once scrolling pauses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QTimer
from PySide6.QtWidgets import QListView

from uploader.background.previews import Previews
from uploader.ui.models.photos import PhotosModel
from uploader.ui.models.remarks import RemarksModel

WISH_MS = 30
NEIGHBOURS = 6
"""Rows above and below that are asked for after what is in sight."""


class Wishes(QObject):
    """Works for a view with rows of one height."""

    def __init__(
        self, view: QListView, model: PhotosModel | RemarksModel, previews: Previews
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._previews = view, model, previews
        self._pause = QTimer(self, interval=WISH_MS, singleShot=True)
        self._pause.timeout.connect(self._wish)
        for moved in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            moved.connect(self.soon)
        model.dataChanged.connect(self._changed)
        view.verticalScrollBar().valueChanged.connect(self.soon)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """More may be in sight after a change of size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.soon()
        return super().eventFilter(watched, event)

    def visible_rows(self) -> range:
        """Give the rows in sight."""
        count = self._model.rowCount()
        if not count:
            return range(0)
        height = max(1, self._view.sizeHintForRow(0))
        top = self._view.verticalScrollBar().value() // height
        below = top + self._view.viewport().height() // height + 2
        return range(min(top, count), min(count, below))

    def soon(self) -> None:
        """Ask for what is in sight, in a moment."""
        self._pause.start()

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Ask again: a photo that was read, or whose crop moved, needs other previews."""
        seen = self.visible_rows()
        if first.row() < seen.stop and last.row() >= seen.start and not self._pause.isActive():
            self.soon()

    def _wish(self) -> None:
        """Ask for what is in sight, then for what is near."""
        seen, count = self.visible_rows(), self._model.rowCount()
        below = range(seen.stop, min(count, seen.stop + NEIGHBOURS))
        above = range(max(0, seen.start - NEIGHBOURS), seen.start)
        rows = (*seen, *below, *above)
        self._previews.want([self._model.photo_at(row) for row in rows])
