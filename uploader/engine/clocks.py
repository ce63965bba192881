"""The time of day without its jumps.

A system's clock is set forward and back: by the person, by the network, by a battery that is
flat. What waits for a time would wait for a day, or not at all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

JUMP = 2.0
"""Seconds by which the system's clock has to be off before it counts as set; less is drift."""


# Linux alone stops its monotonic clock while the machine sleeps.
_PASSING = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def steady() -> float:
    """Seconds that only ever pass, also while the machine sleeps."""
    return time.monotonic() if _PASSING is None else time.clock_gettime(_PASSING)


class DayClock:
    """Seconds since the epoch, going on evenly from the moment it is made. Thread-safe.

    When the system's clock is set, `drift` tells by how much, and nothing else happens: whoever
    keeps times moves them first and calls `follow` then.
    """

    def __init__(
        self, wall: Callable[[], float] = time.time, passing: Callable[[], float] = steady
    ) -> None:
        self._wall = wall
        self._passing = passing
        self._lock = threading.Lock()
        self._offset = wall() - passing()

    def __call__(self) -> float:
        """Give the time."""
        return self._passing() + self._offset

    def drift(self) -> float:
        """Seconds by which the system's clock has been set since; 0.0 for next to nothing."""
        drift = self._wall() - self()
        return drift if abs(drift) >= JUMP else 0.0

    def follow(self, by: float) -> None:
        """Take the system's time over: go on `by` seconds later (or earlier)."""
        with self._lock:
            self._offset += by
