"""Cyclic garbage is collected on the UI thread, in small helpings, when nothing is pressing.

Left to itself Python collects in whichever thread happens to allocate: a full collection holds
all of them up for 50 to 250 ms, and in a worker it may destroy Qt objects that belong to the UI
thread. Most of our values hold no cycles, so little is missed by waiting.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
YOUNG = 2000
"""Fresh objects below which a helping isn't worth it."""
MIDDLE_EVERY = 10
OLD_EVERY = 300
"""Helpings between looks at older generations: ten seconds, five minutes."""


class Garbage(QObject):
    """Takes Python's automatic collection over while it lives; `close` gives it back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tidy)

    def start(self) -> None:
        """Begin. What exists by now (modules, mostly) is never looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def tidy(self) -> None:
        """Take one helping."""
        self._rounds += 1
        if self._rounds % OLD_EVERY == 0:
            gc.collect(2)
        elif self._rounds % MIDDLE_EVERY == 0:
            gc.collect(1)
        elif gc.get_count()[0] > YOUNG:
            gc.collect(0)

    def close(self) -> None:
        """Leave the rest to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
