"""Keeps all transfers together under a limit: one bucket of bytes from which every sender takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import BinaryIO, cast

from uploader.domain.bandwidth import Bandwidth
from uploader.domain.cancel import CancelToken
from uploader.engine.clocks import steady
from uploader.engine.readers import Reader
from uploader.engine.settle import Clock
from uploader.stores.protocol import Source

PORTION = 0.1
"""Seconds of the rate that a sender takes at least: less would be more calls than bytes."""
BURST = 0.2
"""Seconds of the rate that gather while nobody sends."""
LEAST = 0.002
"""Seconds that a wait takes at least."""
LOOK = 0.1
"""Seconds between looks at the limit: a change applies to transfers under way."""

Wait = Callable[[CancelToken, float], bool]


def _wait(cancel: CancelToken, seconds: float) -> bool:
    return cancel.wait(seconds)


def _minute() -> int:
    now = time.localtime()
    return now.tm_hour * 60 + now.tm_min


class Bucket:
    """Thread-safe. `bandwidth` may be changed at any time; `minute` tells the minute of the day.

    `passing` and `wait` stand for the passing time, in tests.
    """

    def __init__(
        self,
        bandwidth: Bandwidth | None = None,
        *,
        minute: Callable[[], int] = _minute,
        passing: Clock = steady,
        wait: Wait = _wait,
    ) -> None:
        self.bandwidth = bandwidth or Bandwidth()
        self._minute = minute
        self._passing = passing
        self._wait = wait
        self._lock = threading.Lock()
        self._held = 0.0
        self._filled_at = passing()

    def take(self, wanted: int, cancel: CancelToken) -> int:
        """Wait until some of `wanted` bytes may be sent; tell how many, at least one.

        Raises `CancelledError` as soon as it is cancelled.
        """
        while True:
            cancel.check()
            if wanted <= 0 or not (rate := self.bandwidth.at(self._minute())):
                return wanted
            with self._lock:
                self._fill(rate)
                least = min(float(wanted), max(1.0, rate * PORTION))
                if self._held >= least:
                    taken = min(wanted, int(self._held))
                    self._held -= taken
                    return taken
                missing = least - self._held
            self._wait(cancel, min(max(missing / rate, LEAST), LOOK))

    def _fill(self, rate: float) -> None:
        """Put in what the time since the last look is worth."""
        now = self._passing()
        self._held += max(0.0, now - self._filled_at) * rate
        self._held = min(self._held, max(1.0, rate * BURST))
        self._filled_at = now


class Metered:
    """A source whose bytes come no faster than `bucket` allows; for a connector."""

    def __init__(self, source: Source, bucket: Bucket, cancel: CancelToken) -> None:
        self._source = source
        self._bucket = bucket
        self._cancel = cancel

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self._source.size

    def open_at(self, offset: int) -> BinaryIO:
        """Open for reading from `offset`. Its `read` may give less than it was asked for."""
        reader, left = self._source.open_at(offset), self.size - offset
        return cast(BinaryIO, _MeteredStream(reader, left, self._bucket, self._cancel))


class _MeteredStream(Reader):
    """Hands on what a stream gives, a portion at a time. `len()` tells how many bytes remain."""

    def __init__(self, reader: BinaryIO, left: int, bucket: Bucket, cancel: CancelToken) -> None:
        super().__init__()
        self._reader = reader
        self._left = left
        self._bucket = bucket
        self._cancel = cancel

    def __len__(self) -> int:
        return self._left

    def read(self, size: int | None = -1) -> bytes:
        """Give up to `size` bytes, once they may be sent. Raises as the stream, or cancelled."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        block = self._reader.read(self._bucket.take(wanted, self._cancel))
        self._left -= len(block)
        return block

    def tell(self) -> int:
        """Give the position, in bytes from the start of what is sent."""
        return self._reader.tell()

    def close(self) -> None:
        """Close the stream. Safe to repeat."""
        self._reader.close()
        super().close()
