"""A cache of bitmaps, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from uploader.background.values import Bitmap

Key = tuple[object, ...]
Bitmaps = dict[str, Bitmap]
"""Style name → pixels; empty for a photo that can't be rendered."""


class BitmapCache:
    """The most recently used bitmaps, at most `limit` bytes of pixels. Thread-safe."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, Bitmaps] = OrderedDict()
        self.bytes = 0

    def get(self, key: Key) -> Bitmaps | None:
        """Give an entry and note its use; None where there is none."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: Key, bitmaps: Bitmaps) -> None:
        """Keep an entry, dropping the longest unused ones over the limit."""
        with self._lock:
            self._drop(key)
            self._entries[key] = bitmaps
            self.bytes += _weight(bitmaps)
            while self.bytes > self._limit and len(self._entries) > 1:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: Key) -> None:
        if (old := self._entries.pop(key, None)) is not None:
            self.bytes -= _weight(old)


def _weight(bitmaps: Bitmaps) -> int:
    # A failure weighs a little too, so that thousands of them are dropped in time.
    return sum(len(bitmap.rgba) for bitmap in bitmaps.values()) + 200
