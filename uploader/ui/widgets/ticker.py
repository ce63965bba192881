"""One clock for all that moves in the list; it stands still when nothing does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from uploader.ui.status import Status

FRAME_MS = 50
SECOND_MS = 1000


class Ticker(QObject):
    """Repaints the rows that move, 20 times a second, and those that count, once a second.

    `repaint(photo_id)` repaints a row and tells whether it is still visible; rows that aren't
    are forgotten, and the last one stops the clock.
    """

    def __init__(self, repaint: Callable[[int], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._repaint = repaint
        self._moving: set[int] = set()
        self._counting: set[int] = set()
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(lambda: self._tick(self._moving, self._frames))
        self._seconds = QTimer(self, interval=SECOND_MS)
        self._seconds.timeout.connect(lambda: self._tick(self._counting, self._seconds))

    @property
    def running(self) -> bool:
        """Whether any clock runs."""
        return self._frames.isActive() or self._seconds.isActive()

    def painted(self, photo_id: int, moving: bool, status: Status) -> None:
        """Take note of a row that has just been painted."""
        for wanted, rows, timer in (
            (moving, self._moving, self._frames),
            (status.ticks, self._counting, self._seconds),
        ):
            if wanted:
                rows.add(photo_id)
                if not timer.isActive():
                    timer.start()
            else:
                rows.discard(photo_id)

    @staticmethod
    def _stop_if_idle(rows: set[int], timer: QTimer) -> None:
        if not rows:
            timer.stop()

    def _tick(self, rows: set[int], timer: QTimer) -> None:
        rows.difference_update([i for i in rows if not self._repaint(i)])
        self._stop_if_idle(rows, timer)
