"""Rows as they were painted last, so that a list that moves copies instead of drawing.

Drawing a row takes a dozen calls into Qt; while workers are busy each of them may wait for the
interpreter. Copying is one.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

MOST = 24
"""Rows kept: two windows full; 20 MB at 200 %."""

BUDGET = 0.006
"""Seconds of drawing in one paint; a scroll by a page under load would take five times that."""

Signature = tuple[object, ...]
"""All that a row's look depends on; equal signatures look alike."""


class RowCache:
    """The last rows painted, by photo."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, tuple[Signature, QPixmap]] = OrderedDict()

        self._deadline = math.inf
        self.postponed = False

    def begin(self) -> None:
        """Begin a paint: rows that don't fit into its time are postponed to the next."""
        self._deadline = time.monotonic() + BUDGET
        self.postponed = False

    @property
    def late(self) -> bool:
        """Whether this paint has no time left."""
        return time.monotonic() > self._deadline

    def get(
        self, photo_id: int, signature: Signature, make: Callable[[], QPixmap]
    ) -> QPixmap | None:
        """Give a row's pixmap, made by `make` if it isn't the one kept.

        None, or how it looked before, where this paint has no time left: paint again then.
        """
        kept = self._rows.get(photo_id)
        if kept is None or kept[0] != signature:
            if self.late:
                return self.postpone(photo_id)
            self._rows[photo_id] = kept = (signature, make())
        self._rows.move_to_end(photo_id)
        if len(self._rows) > MOST:
            self._rows.popitem(last=False)
        return kept[1]

    def postpone(self, photo_id: int) -> QPixmap | None:
        """Leave a row to the next paint; give how it looked before, if that is known."""
        self.postponed = True
        kept = self._rows.get(photo_id)
        return kept[1] if kept is not None else None


def drawn(size: QSize, ratio: float, ground: QColor, draw: Callable[[QPainter], None]) -> QPixmap:
    """Have `draw` paint a row into a pixmap of `size` logical pixels."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(ground if ground.alpha() == 255 else Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    draw(painter)
    painter.end()
    return pixmap
