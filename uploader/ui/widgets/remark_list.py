"""The photos of one concern: a virtual list with previews for what is in sight."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from uploader.background.previews import Previews
from uploader.domain.preflight import Remark
from uploader.ui.delegates.remark_row import RemarkRowDelegate
from uploader.ui.models.remarks import RemarksModel
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.overlay_bar import OverlayBar
from uploader.ui.widgets.wishes import Wishes


class RemarkList(QListView):
    """Signals: `picked()` another selection."""

    picked = Signal()

    def __init__(self, model: RemarksModel, previews: Previews, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("remarks")
        self.setAccessibleName(translate("BatchCheck", "Photos"))
        self.remarks = model
        self.setModel(model)
        self.delegate = RemarkRowDelegate(theme, previews, self)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.setTabKeyNavigation(False)
        OverlayBar(self)
        Wishes(self, model, previews)
        previews.ready.connect(self._preview_ready)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        model.modelReset.connect(self.picked)
        theme.changed.connect(self.viewport().update)

    def chosen(self) -> list[Remark]:
        """Give what an act is for: the selected photos, or all where none is selected."""
        if self.for_all:
            return self.remarks.remarks()
        # By ranges: there may be thousands.
        parts = self.selectionModel().selection().toList()
        chosen = (range(part.top(), part.bottom() + 1) for part in parts)
        return [self.remarks.remark_at(row) for row in sorted(chain.from_iterable(chosen))]

    @property
    def for_all(self) -> bool:
        """Whether none is selected."""
        return not self.selectionModel().hasSelection()

    def begin(self) -> None:
        """Stand on the first photo, with none selected."""
        if self.remarks.rowCount():
            how = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.remarks.index(0), how)

    def _preview_ready(self, photo_id: int) -> None:
        self.delegate.thumbs.forget(photo_id)
        self.viewport().update()
