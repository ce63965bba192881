"""Workers that take work until there is none: the shape of all that runs in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QRunnable, QThreadPool

log = logging.getLogger(__name__)


class _Lane(QRunnable):
    """One thread's turn of a `Lanes`."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def run(self) -> None:
        """Work until there is nothing to do. Qt calls this in a worker thread."""
        self._run()


class Lanes:
    """Up to `threads` threads that call `work` until it says that there is none.

    `work` does one unit and returns True, or finds nothing and returns False; what to do next
    is its business, so that priorities can change at any time. An error that reaches this far
    is a bug: it goes to the log, and the lane goes on. Threads stay between wakes, so that
    each keeps its HTTP session.
    """

    def __init__(self, threads: int, work: Callable[[], bool]) -> None:
        self._threads = threads
        self._work = work
        self._lock = threading.Lock()
        self._busy = 0
        self._wakes = 0
        self._closed = False
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(-1)

    def wake(self) -> None:
        """Say that there may be work. Callable from any thread, as often as one likes."""
        with self._lock:
            if self._closed:
                return
            self._wakes += 1
            starting = max(0, self._threads - self._busy)
            self._busy += starting
        for _ in range(starting):
            self._pool.start(_Lane(self._run))

    def resize(self, threads: int) -> None:
        """Have up to `threads` threads from now on; what they are at is done first."""
        with self._lock:
            self._threads = threads
            self._pool.setMaxThreadCount(threads)
        self.wake()

    def rest(self, milliseconds: int = -1) -> bool:
        """Wait until there is nothing to do; tell whether it came to that."""
        return self._pool.waitForDone(milliseconds)

    def close(self, milliseconds: int = -1) -> bool:
        """Take no more work and wait for what is being done; tell whether all ended."""
        with self._lock:
            self._closed = True
        return self._pool.waitForDone(milliseconds)

    def _run(self) -> None:
        while True:
            with self._lock:
                if self._busy > self._threads:
                    self._busy -= 1
                    return
                seen = self._wakes
            if self._once():
                continue
            with self._lock:
                # A wake since we looked may mean work that we didn't see.
                if self._closed or self._wakes == seen:
                    self._busy -= 1
                    return

    def _once(self) -> bool:
        if self._closed:
            return False
        try:
            return self._work()
        except Exception:
            log.exception("a background worker met a bug")
            return False
