"""A file's bytes with parts left out, blanked or put in: told beforehand, made in one pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_PIECES = 20_000
"""More are an attack on memory: a file of as many parts was made for it."""


class TooManyPiecesError(Exception):
    """The file falls apart into more pieces than any real one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes from `start` to `stop` of the file, as they are or as zeros; or a `text`."""

    start: int = 0
    stop: int = 0
    blank: bool = False
    text: bytes = b""

    @property
    def size(self) -> int:
        """Length in the result, in bytes."""
        return len(self.text) or self.stop - self.start


@dataclass(slots=True)
class Splice:
    """What the result is made of, in the file's order."""

    pieces: list[Piece] = field(default_factory=list)
    _reached: int = 0

    @property
    def size(self) -> int:
        """Length of the result, in bytes."""
        return sum(piece.size for piece in self.pieces)

    def leaves(self, size: int) -> bool:
        """Whether the result of a file of `size` bytes is just that file."""
        return self.pieces == [Piece(0, size)]

    def copy(self, start: int, stop: int, *, blank: bool = False) -> None:
        """Take the file's bytes from `start` to `stop`; zeros in their place where `blank`."""
        if not self._reached <= start <= stop:
            raise ValueError("pieces out of order")
        self._reached = stop
        last = self.pieces[-1] if self.pieces else None
        if start == stop:
            return
        if last and not last.text and last.stop == start and last.blank == blank:
            self.pieces[-1] = Piece(last.start, stop, blank)
        else:
            self._append(Piece(start, stop, blank))

    def put(self, text: bytes) -> None:
        """Put in bytes that aren't the file's."""
        if text:
            self._append(Piece(text=text))

    def _append(self, piece: Piece) -> None:
        if len(self.pieces) >= MOST_PIECES:
            raise TooManyPiecesError
        self.pieces.append(piece)


class Cutter:
    """Turns a file, fed block by block from its start, into the result. Memory stays flat."""

    def __init__(self, splice: Splice) -> None:
        self._pieces = deque(splice.pieces)
        self._at = 0

    def feed(self, block: bytes) -> Iterator[bytes]:
        """Take the file's next bytes, and give what they become. To be exhausted."""
        stop = self._at + len(block)
        while self._pieces:
            piece = self._pieces[0]
            if piece.text:
                yield piece.text
            elif piece.start >= stop:
                break
            else:
                first, last = max(piece.start, self._at), min(piece.stop, stop)
                part = block[first - self._at : last - self._at]
                yield bytes(len(part)) if piece.blank else part
                if last < piece.stop:
                    break
            self._pieces.popleft()
        self._at = stop
