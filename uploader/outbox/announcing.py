"""Tells a listener of committed changes: in the order of the commits, outside every lock."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from uploader.domain.photos import Photo

Listener = Callable[[list[Photo]], None]


class Announcer:
    """A queue of changes with one thread at a time delivering from it.

    `put` is called while the outbox is locked (so the order is the commits'), `deliver`
    after. A thread that finds another delivering leaves its own changes to that one, so
    that nobody ever waits here; the listener may use the outbox.
    """

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self._queue: deque[list[Photo]] = deque()
        self._delivering = threading.Lock()

    def put(self, photos: list[Photo]) -> None:
        """Note what a transaction changed."""
        if photos:
            self._queue.append(photos)

    def deliver(self) -> None:
        """Hand over all that is queued, unless another thread is doing it."""
        # Looked at again after the release: somebody may have queued and found us busy.
        while self._queue and self._delivering.acquire(blocking=False):
            try:
                self._drain()
            finally:
                self._delivering.release()

    def _drain(self) -> None:
        while self._queue:
            photos = self._queue.popleft()
            if self.listener is not None:
                self.listener(photos)
