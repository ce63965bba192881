"""Cyclic garbage is collected on the UI thread, in small helpings, when nothing is pressing.

Left to itself Python collects in whichever thread happens to allocate: a full collection holds
all of them up for 50 to 250 ms, and in a worker it may destroy Qt objects that belong to the UI
thread. Most of our values hold no cycles, so little is missed by waiting.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 1000
YOUNG = 2000
"""Fresh objects below which a helping isn't worth it."""
MIDDLE_EVERY = 3
"""Helpings between looks at what outlived one of them. Seldom, it is too much for one turn: 25 ms
after ten seconds in which 1,000 photos were taken in."""
OLD_EVERY = 300.0
"""Seconds at least between two looks at everything, which take 90 ms with 10,000 photos."""


class Garbage(QObject):
    """Takes Python's automatic collection over while it lives; `close` gives it back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._looked = time.monotonic()
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
        if self._rounds % MIDDLE_EVERY == 0:
            gc.collect(1)
        elif gc.get_count()[0] > YOUNG:
            gc.collect(0)

    def turned(self, state: Qt.ApplicationState) -> None:
        """Look at everything while the person is at another program, if that was long ago."""
        away = state is not Qt.ApplicationState.ApplicationActive
        if away and time.monotonic() - self._looked >= OLD_EVERY:
            self._looked = time.monotonic()
            gc.collect(2)

    def close(self) -> None:
        """Leave the rest to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
