"""What the streams that a connector reads have in common."""

from __future__ import annotations

import io


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
