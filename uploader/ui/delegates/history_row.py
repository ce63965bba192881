"""Paints a cell of the history: a line, a quieter one below, and the outcome's icon."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from uploader.ui.delegates.lines import Lines
from uploader.ui.models.history import SECOND, STATUS, Column
from uploader.ui.status import Status
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
MARGIN = 16
GAP = 8
INDENT = 24
PADDING = 7
EDGE = 3


class HistoryRowDelegate(QStyledItemDelegate):
    """Measures: `height`, of a row in pixels."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._base, self._strong = Lines(theme.base), Lines(theme.strong)
        self._small = Lines(theme.small)
        self.height = 2 * PADDING + theme.line + theme.small_line + 1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high."""
        return QSize(80, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell: QRect = option.rect
        painter.save()
        self._ground(painter, cell, option.state, index)
        status: Status | None = index.data(STATUS)
        where = self._text_rect(cell, index)
        top = QRect(where.x(), where.y() + PADDING, where.width(), self._theme.line)
        below = QRect(where.x(), top.bottom() + 1, where.width(), self._theme.small_line)
        if status is not None:
            ratio = painter.device().devicePixelRatioF()
            icon = self._theme.pixmap(status.icon, status.tint, ratio)
            painter.drawPixmap(top.x() - INDENT, top.y() + (top.height() - 16) // 2, icon)
        ink = status.ink if status is not None else Role.TEXT
        font = self._strong if status is not None else self._base
        width, mode = where.width(), _mode(index)
        colour = self._theme.colour
        font.draw(painter, top, font.elided(index.data(), width, mode), colour(ink))
        second = self._small.elided(index.data(SECOND), width, mode)
        self._small.draw(painter, below, second, colour(Role.TEXT_2))
        painter.restore()

    def _ground(
        self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        colour = self._theme.colour
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, colour(Role.WASH))
            if index.column() == 0:
                painter.fillRect(cell.x(), cell.y(), EDGE, cell.height(), colour(Role.ACCENT))
        painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, colour(Role.LINE))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._ring(painter, cell, index.column())

    def _ring(self, painter: QPainter, cell: QRect, column: int) -> None:
        """Draw this cell's part of the ring round the row."""
        accent = self._theme.colour(Role.ACCENT)
        painter.fillRect(cell.x(), cell.y(), cell.width(), 1, accent)
        painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, accent)
        if column == 0:
            painter.fillRect(cell.x(), cell.y(), 1, cell.height(), accent)
        if column == len(Column) - 1:
            painter.fillRect(cell.right(), cell.y(), 1, cell.height(), accent)

    def _text_rect(self, cell: QRect, index: Index) -> QRect:
        column = index.column()
        left = MARGIN if column == 0 else GAP
        left += INDENT if column == Column.OUTCOME else 0
        right = MARGIN if column == len(Column) - 1 else GAP
        return cell.adjusted(left, 0, -right, 0)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show in full what is cut where the pointer rests."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        room = self._text_rect(option.rect, index).width()
        first, second = index.data(), index.data(SECOND)
        font = self._strong if index.column() == Column.OUTCOME else self._base
        cut = font.width(first) > room or self._small.width(second) > room
        text = "\n".join(part for part in (first, second) if part) if cut else ""
        QToolTip.showText(event.globalPos(), text, view)
        return True


def _mode(index: Index) -> Qt.TextElideMode:
    """Cut files in the middle: their ends tell them apart."""
    middle = index.column() in (Column.FILE, Column.NUMBER)
    return Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
