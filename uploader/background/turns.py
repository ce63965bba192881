"""A bounded number of turns: who has one uses a connection, who waits has all else ready."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from uploader.domain.cancel import CancelToken


class Turns:
    """Lets `count` at a time pass. Thread-safe."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._taken = 0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def taken(self, cancel: CancelToken) -> Iterator[None]:
        """Wait for a turn and have it for the block. Raises `CancelledError` while waiting."""
        with cancel.interrupting(self._tell), self._changed:
            while self._taken >= self._count:
                cancel.check()
                self._changed.wait()
            cancel.check()
            self._taken += 1
        try:
            yield
        finally:
            with self._changed:
                self._taken -= 1
                self._changed.notify_all()

    def resize(self, count: int) -> None:
        """Let `count` at a time pass from now on; who has a turn keeps it."""
        with self._changed:
            self._count = count
            self._changed.notify_all()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
