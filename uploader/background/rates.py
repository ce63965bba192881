"""How fast bytes go out, and how long the rest will take."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

WINDOW = 8.0
"""Seconds that the speed is averaged over: steady enough to read, quick enough to trust."""


class Meter:
    """Counts bytes as they go out, over a sliding window. Thread-safe."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._marks: deque[tuple[float, int]] = deque()
        self._began = 0.0

    def add(self, count: int) -> None:
        """Note that `count` more bytes went out now."""
        now = self._now()
        with self._lock:
            if not self._marks:
                self._began = now
            self._marks.append((now, count))
            self._forget(now)

    def rate(self) -> float:
        """Bytes per second over the last seconds; 0.0 when nothing moved in them."""
        now = self._now()
        with self._lock:
            self._forget(now)
            if not self._marks:
                return 0.0
            # At least a second, so that the first block doesn't claim a gigabyte a second.
            span = max(1.0, min(WINDOW, now - self._began))
            return sum(count for _, count in self._marks) / span

    def _forget(self, now: float) -> None:
        while self._marks and self._marks[0][0] < now - WINDOW:
            self._marks.popleft()
