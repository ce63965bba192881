"""The history's table: lines of two rows of text, read with the mouse or the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from uploader.domain.history import HistoryLine
from uploader.ui.delegates.history_row import HistoryRowDelegate
from uploader.ui.models.history import LINE, Column, HistoryModel
from uploader.ui.text import translate
from uploader.ui.theme import Theme

_WIDTHS = {Column.WHEN: 124, Column.FILE: 228, Column.ITEM: 208, Column.NUMBER: 128}
_LEAST = 64
HEADER = 32


class HistoryTable(QTableView):
    """Signals: `picked()` another selection."""

    picked = Signal()

    def __init__(self, model: HistoryModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("history")
        self.setAccessibleName(translate("History", "Photos that were sent"))
        self.setModel(model)
        self.setItemDelegate(HistoryRowDelegate(theme, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row = round(HistoryRowDelegate(theme, self).height)
        self._least, self._fitting = round(_LEAST * theme.scale), False
        self._wanted = {c: round(width * theme.scale) for c, width in _WIDTHS.items()}
        self._set_up_headers(theme)
        model.grown.connect(self._stay)
        theme.changed.connect(self.viewport().update)

    def _set_up_headers(self, theme: Theme) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        # All alike: nobody has to measure 20,000 rows.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._row)
        rows.setMinimumSectionSize(self._row)
        columns.setFixedHeight(round(HEADER * theme.scale))
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(self._least)
        columns.setSectionsClickable(False)
        columns.setStretchLastSection(False)
        columns.sectionResized.connect(self._resized)
        corner = QFrame()
        corner.setObjectName("history-corner")
        corner.setFixedHeight(columns.height())
        self.addScrollBarWidget(corner, Qt.AlignmentFlag.AlignTop)

    # ---- widths
    def widths(self) -> str:
        """Give the columns' widths, to be remembered."""
        return " ".join(str(self._wanted[column]) for column in _WIDTHS)

    def restore_widths(self, text: str) -> None:
        """Take remembered widths over; what isn't numbers is left."""
        parts = text.split()
        if len(parts) == len(_WIDTHS) and all(part.isdecimal() for part in parts):
            for column, width in zip(_WIDTHS, map(int, parts), strict=True):
                self._wanted[column] = max(self._least, width)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every column in sight."""
        super().resizeEvent(event)
        self._fit()

    def _resized(self, section: int, _before: int, width: int) -> None:
        if not self._fitting and section in self._wanted:
            self._wanted[Column(section)] = width
            self._fit()

    def _fit(self) -> None:
        """Give the outcome the rest; where that is too little, file and item give way to it."""
        long = {c: self._wanted[c] for c in (Column.FILE, Column.ITEM)}
        widths = dict(self._wanted)
        short = sum(widths.values()) - sum(long.values())
        room = self.viewport().width() - short - 3 * self._least
        share = min(1.0, room / sum(long.values()))
        widths |= {c: max(self._least, int(width * share)) for c, width in long.items()}
        rest = self.viewport().width() - sum(widths.values())
        self._fitting = True
        for column, width in (*widths.items(), (Column.OUTCOME, max(self._least, rest))):
            self.horizontalHeader().resizeSection(column, width)
        self._fitting = False

    def current(self) -> HistoryLine | None:
        """Give the line that the keyboard is on, if it is selected."""
        index = self.currentIndex()
        selected = self.selectionModel().isRowSelected(index.row()) if index.isValid() else False
        line: HistoryLine | None = index.data(LINE) if selected else None
        return line

    def chosen(self) -> list[HistoryLine]:
        """Give the selected lines, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        model = self.model()
        return [model.index(row, 0).data(LINE) for row in rows]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell of it."""
        super().selectionChanged(selected, deselected)
        self.picked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row; draw the ring round the whole row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring off the whole row."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _stay(self, above: int) -> None:
        """Keep under the eyes what is read there, unless that is the newest."""
        bar = self.verticalScrollBar()
        if bar.value() > 0:
            self.updateGeometries()
            bar.setValue(bar.value() + above * self._row)
