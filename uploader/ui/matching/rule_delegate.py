"""Paints a rule: its box, its name, its sentence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from uploader.domain.rules import Rule
from uploader.ui.matching.rules_model import RULE
from uploader.ui.matching.words import sentence_of, title_of
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
BOX = 16
TEXT_X = 44
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RuleDelegate(QStyledItemDelegate):
    """Two lines beside a check box."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Both lines, and air around them."""
        return QSize(100, self._theme.line + self._theme.small_line + 20)

    def box_rect(self, line: QRect) -> QRect:
        """Give the box within a line."""
        return QRect(line.x() + 16, line.y() + 10 + (self._theme.line - BOX) // 2, BOX, BOX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one rule; what is off is quiet."""
        rule: Rule = index.data(RULE)
        line: QRect = option.rect
        colour = self._theme.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, line, option.state)
        self._box(painter, self.box_rect(line), rule.on)
        room = line.width() - TEXT_X - 12
        upper = QRect(line.x() + TEXT_X, line.y() + 10, room, self._theme.line)
        lower = QRect(upper.x(), upper.bottom() + 1, room, self._theme.small_line)
        for font, role, where, text in (
            (self._theme.strong, Role.TEXT if rule.on else Role.TEXT_2, upper, title_of(rule.kind)),
            (self._theme.small, Role.TEXT_2, lower, sentence_of(rule.kind)),
        ):
            painter.setFont(font)
            painter.setPen(colour(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(where, _MIDDLE, shown)
        painter.restore()

    def _ground(self, painter: QPainter, line: QRect, state: QStyle.StateFlag) -> None:
        frame = QRectF(line).adjusted(4.5, 1.5, -4.5, -1.5)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            focus = selected and bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(self._theme.colour(Role.ACCENT) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.WASH if selected else Role.HOVER))
            painter.drawRoundedRect(frame, 6, 6)

    def _box(self, painter: QPainter, box: QRect, on: bool) -> None:
        colour = self._theme.colour
        painter.setPen(colour(Role.ACCENT if on else Role.FIELD))
        painter.setBrush(colour(Role.ACCENT if on else Role.BASE))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
        if on:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(box.topLeft(), self._theme.pixmap("check", Role.ON_ACCENT, ratio))
