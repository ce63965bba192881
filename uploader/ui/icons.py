"""SVG icons, tinted and drawn at the device's ratio."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_KNOCKED_OUT = "#ffffff"
"""What the icons' files use for the part that shows the ground."""


@cache
def _source(path: Path) -> str:
    """Read an icon once."""
    return path.read_text("utf-8")


def tinted(path: Path, ink: QColor, ground: QColor, size: int, ratio: float) -> QPixmap:
    """Draw an icon with `ink` for its current colour, into a square of `size` logical pixels."""
    svg = _source(path).replace(_KNOCKED_OUT, ground.name()).replace("currentColor", ink.name())
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
