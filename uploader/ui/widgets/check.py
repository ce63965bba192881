"""A check box painted to the design."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from uploader.ui.theme import Role, Theme

BOX = 16
GAP = 8


class Check(QCheckBox):
    """A 16 pixel box, filled with the accent when checked."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Fit box and words."""
        width = QFontMetrics(self._theme.base).horizontalAdvance(self.text())
        return QSize(BOX + GAP + width + 4, self._theme.line)

    def hitButton(self, at: QPoint) -> bool:
        """Count the words as part of the box."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, its tick and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, on = self._theme.colour, self.isEnabled()
        top = (self.height() - BOX) // 2
        box = QRectF(0.5, top + 0.5, BOX - 1, BOX - 1)
        edge = Role.ACCENT if self.isChecked() or self.hasFocus() else Role.FIELD
        painter.setPen(colour(edge if on else Role.CONTROL))
        painter.setBrush(colour(Role.ACCENT if self.isChecked() else Role.BASE))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if self.isChecked():
            tick = self._theme.pixmap("check", Role.ON_ACCENT, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(0, top), tick)
        painter.setFont(self._theme.base)
        painter.setPen(colour(Role.TEXT if on else Role.DISABLED))
        where = QRect(BOX + GAP, 0, self.width(), self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(colour(Role.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(BOX + 4.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, 3, 3)
