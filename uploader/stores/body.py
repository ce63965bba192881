"""A part of a photo on its way: streamed, counted, with its length declared."""

from __future__ import annotations

from typing import BinaryIO

from uploader.domain.errors import SourceError
from uploader.stores.protocol import Report


class Body:
    """File-like: `length` bytes from `reader`, of which `report` hears as they leave.

    `handed_over` becomes true before the last byte is given to the network: from then on,
    the store may have all of it. `start` is where in the photo it begins, in bytes.
    """

    def __init__(self, reader: BinaryIO, start: int, length: int, report: Report) -> None:
        self._reader = reader
        self._start = start
        self._length = length
        self._read = 0
        self._report = report

    def __len__(self) -> int:
        """Length in bytes; makes requests declare it, as no store likes chunked bodies."""
        return self._length

    @property
    def begun(self) -> bool:
        """Whether the first byte was given to the network."""
        return self._read > 0

    @property
    def handed_over(self) -> bool:
        """Whether the last byte was given to the network."""
        return self._read >= self._length

    def read(self, size: int = -1) -> bytes:
        """Give the next block; called again only when the one before has left."""
        if self._read:
            self._report(self._start + self._read)
        left = self._length - self._read
        wanted = left if size < 0 else min(size, left)
        if not wanted:
            return b""
        try:
            block = self._reader.read(wanted)
        except OSError as error:
            raise SourceError("The file can’t be read any more.") from error
        if not block:
            raise SourceError("The file is shorter than when it was added.")
        self._read += len(block)
        return block
