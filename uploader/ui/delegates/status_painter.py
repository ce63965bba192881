"""Paints a row's status column: icon, words, detail, bar and action button."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from uploader.ui import numbers
from uploader.ui.delegates.easing import Bars
from uploader.ui.delegates.lines import Lines
from uploader.ui.delegates.row_layout import FIRST_TOP, RowLayout
from uploader.ui.status import Status
from uploader.ui.theme import Role, Theme

INDENT = 24
BUTTON_HEIGHT = 22
BUTTON_PADDING = 10
BAR_TOP = 37
BAR_DETAIL_TOP = 46
STEPS = 24
"""Frames of a spinner's turn, which takes a second."""
MOST_FRAMES = 8 * STEPS

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Press:
    """Whether the pointer is over the action button, and holds it down."""

    hovered: bool = False
    pressed: bool = False


class StatusPainter:
    """Draws at 0, 0 of a painter that stands at the row's left top."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.words = Lines(theme.strong)
        self.detail = Lines(theme.small)
        self.bars = Bars(theme.reduced_motion)
        self._frames: dict[tuple[int, int], QPixmap] = {}

    def action_rect(self, layout: RowLayout, status: Status) -> QRect:
        """Give the action button's place in the row; empty without an action."""
        if status.action is None:
            return QRect()
        column, scale = layout.status, self._theme.scale
        width = self.detail.width(status.action.label) + round(2 * BUTTON_PADDING * scale)
        height = round(BUTTON_HEIGHT * scale)
        right = column.x + column.width
        if self._action_below(layout, status, width):
            height = min(height, layout.height - layout.third_top + 1)
            return QRect(column.x + INDENT, layout.height - 1 - height, width, height)
        return QRect(right - width, FIRST_TOP + (layout.line - height) // 2, width, height)

    def detail_lines(self, layout: RowLayout, status: Status) -> tuple[str, ...]:
        """Break the detail as it will be drawn."""
        width = layout.status.width - INDENT
        button = self.action_rect(layout, status)
        one = status.share is not None or button.top() > layout.second_top
        return self.detail.broken(status.detail, width, 1 if one else 2)

    def paint(
        self, painter: QPainter, layout: RowLayout, status: Status, photo_id: int, press: Press
    ) -> bool:
        """Draw the column; tell whether it will look different in a moment."""
        moving = self._icon(painter, layout, status)
        self._words(painter, layout, status)
        if status.share is None:
            self.bars.forget(photo_id)
        else:
            moving = self._bar(painter, layout, status, photo_id) or moving
        self._details(painter, layout, status)
        if status.action is not None:
            self._button(painter, self.action_rect(layout, status), status.action.label, press)
        return moving

    def _action_below(self, layout: RowLayout, status: Status, button: int) -> bool:
        """Words are never cut: where both don't fit, the button goes to line three."""
        return self.words.width(status.words) + 8 + button > layout.status.width - INDENT

    def _icon(self, painter: QPainter, layout: RowLayout, status: Status) -> bool:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._theme.pixmap(status.icon, status.tint, ratio)
        y = FIRST_TOP + (layout.line - 16) // 2
        spins = status.spins and not self._theme.reduced_motion
        if spins:
            step = int(time.monotonic() % 1.0 * STEPS)
            pixmap = self._turned(pixmap, step)
        painter.drawPixmap(QPoint(layout.status.x, y), pixmap)
        return spins

    def _turned(self, pixmap: QPixmap, step: int) -> QPixmap:
        """Give a spinner's frame. Kept: turning anew for each row and frame is most of a paint."""
        key = (pixmap.cacheKey(), step)
        if key not in self._frames:
            if len(self._frames) > MOST_FRAMES:
                self._frames.clear()
            self._frames[key] = _turn(pixmap, step * 360 / STEPS)
        return self._frames[key]

    def _words(self, painter: QPainter, layout: RowLayout, status: Status) -> None:
        column = layout.status
        where = QRect(column.x + INDENT, FIRST_TOP, column.width - INDENT, layout.line)
        painter.setFont(self._theme.strong)
        painter.setPen(self._theme.colour(status.ink))
        painter.drawText(where, LEFT, status.words)
        if status.share is None:
            return
        share = numbers.percent(status.share)
        # Where a large font leaves no room beside the words, the bar says it alone.
        if self.words.width(status.words) + 8 + self.words.width(share) <= where.width():
            painter.drawText(where, RIGHT, share)

    def _bar(self, painter: QPainter, layout: RowLayout, status: Status, photo_id: int) -> bool:
        share, moving = self.bars.show(photo_id, status.share or 0.0, time.monotonic())
        column = layout.status
        top = BAR_TOP + layout.line - 18
        track = QRectF(column.x + INDENT, top, column.width - INDENT, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.TRACK))
        painter.drawRoundedRect(track, 2, 2)
        filled = QRectF(track)
        filled.setWidth(max(4.0, track.width() * share) if share else 0.0)
        painter.setBrush(self._theme.colour(Role.FIELD if status.halted else Role.ACCENT))
        painter.drawRoundedRect(filled, 2, 2)
        return moving

    def _details(self, painter: QPainter, layout: RowLayout, status: Status) -> None:
        column = layout.status
        top = layout.second_top if status.share is None else BAR_DETAIL_TOP + layout.line - 18
        painter.setFont(self._theme.small)
        painter.setPen(self._theme.colour(Role.TEXT_2))
        for line in self.detail_lines(layout, status):
            where = QRect(column.x + INDENT, top, column.width - INDENT, layout.small_line)
            painter.drawText(where, LEFT, line)
            top += layout.small_line

    def _button(self, painter: QPainter, where: QRect, label: str, press: Press) -> None:
        ground = Role.MAT if press.pressed else Role.HOVER if press.hovered else Role.BASE
        painter.setPen(self._theme.colour(Role.FIELD if press.hovered else Role.CONTROL))
        painter.setBrush(self._theme.colour(ground))
        painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(self._theme.small)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(where, CENTRE, label)


def _turn(pixmap: QPixmap, degrees: float) -> QPixmap:
    """Turn a pixmap about its centre; the size stays."""
    turned = QPixmap(pixmap.size())
    turned.setDevicePixelRatio(pixmap.devicePixelRatio())
    turned.fill(Qt.GlobalColor.transparent)
    half = QPointF(pixmap.deviceIndependentSize().width(), pixmap.deviceIndependentSize().height())
    half /= 2
    painter = QPainter(turned)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(half)
    painter.rotate(degrees)
    painter.drawPixmap(-half, pixmap)
    painter.end()
    return turned
