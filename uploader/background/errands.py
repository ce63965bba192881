"""Commands in the order given, each done in a worker."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from uploader.background.lanes import Lanes

log = logging.getLogger(__name__)

Errand = Callable[[], object]


class Errands:
    """A queue with one thread. Thread-safe."""

    def __init__(self) -> None:
        self._queue: deque[Errand] = deque()
        self._lock = threading.Lock()
        self._lanes = Lanes(1, self._next)

    def run(self, errand: Errand) -> None:
        """Do it after all that were given before."""
        with self._lock:
            self._queue.append(errand)
        self._lanes.wake()

    def close(self, milliseconds: int = -1) -> bool:
        """Drop what hasn't begun and wait for the one under way."""
        with self._lock:
            self._queue.clear()
        return self._lanes.close(milliseconds)

    def _next(self) -> bool:
        with self._lock:
            errand = self._queue.popleft() if self._queue else None
        if errand is None:
            return False
        try:
            errand()
        except Exception:
            # One command's bug must not swallow those behind it.
            log.exception("a command met a bug")
        return True
