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
    """A queue with one thread. Thread-safe.

    `heed` is asked about each error: True where it has been told to the person and is no bug.
    """

    def __init__(self, heed: Callable[[Exception], bool] = lambda _: False) -> None:
        self._heed = heed
        self._queue: deque[Errand] = deque()
        self._lock = threading.Lock()
        self._lanes = Lanes(1, self._next)

    def run(self, errand: Errand) -> None:
        """Do it after all that were given before."""
        with self._lock:
            self._queue.append(errand)
        self._lanes.wake()

    def finish(self, milliseconds: int = -1) -> None:
        """Wait until all that was given is done."""
        self._lanes.rest(milliseconds)

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
        except Exception as error:
            # One command's bug must not swallow those behind it.
            if not self._heed(error):
                log.exception("a command met a bug")
        return True
