"""What the streams that a connector reads have in common."""

from __future__ import annotations

import io

from uploader.domain.cancel import CancelToken

BLOCK = 1 << 16
"""Bytes read at a time."""


class Reader(io.RawIOBase):
    """A stream that says by `read` alone what comes next. Subclasses define that, and `len()`."""

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` as far as it goes, and tell how far. Raises what `read` raises."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        block = self.read(len(view)) or b""
        view[: len(block)] = block
        return len(block)

    def skip(self, count: int, cancel: CancelToken) -> None:
        """Read `count` bytes, at most what remains, without handing them out.

        Raises what `read` raises, and `CancelledError`.
        """
        while count > 0:
            cancel.check()
            count -= len(self.read(min(count, BLOCK)) or b"")
