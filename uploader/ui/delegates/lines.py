"""Breaking a text into a few lines, the last one elided, and drawing one."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Lines:
    """Breaks, elides and draws texts in one font; remembers what it has measured lately."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.broken = lru_cache(maxsize=2000)(self._broken)
        self.width = lru_cache(maxsize=2000)(self._width)
        self.elided = lru_cache(maxsize=2000)(self._elided)

    def draw(self, painter: QPainter, where: QRect, text: str, ink: QColor) -> None:
        """Draw one line at the left of a place, in the middle of its height."""
        painter.setFont(self.font)
        painter.setPen(ink)
        painter.drawText(where, _LEFT, text)

    def _width(self, text: str) -> int:
        """Give a text's width in pixels."""
        return self.metrics.horizontalAdvance(text)

    def _elided(
        self, text: str, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> str:
        """Cut a text to `width` pixels."""
        return self.metrics.elidedText(text, mode, width)

    def _broken(self, text: str, width: int, most: int) -> tuple[str, ...]:
        """Break a text into at most `most` lines of `width` pixels."""
        if self.width(text) <= width:
            return (text,)
        layout = QTextLayout(text, self.font)
        layout.beginLayout()
        found: list[str] = []
        start = 0
        while len(found) < most - 1:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start = line.textStart() + line.textLength()
            found.append(text[line.textStart() : start].rstrip())
        layout.endLayout()
        if rest := text[start:].strip():
            found.append(self.elided(rest, width))
        return tuple(found)
