"""Changes of a file that keep its length, for containers full of absolute offsets."""

from __future__ import annotations

from collections.abc import Iterable

from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

Range = tuple[int, int]
"""From its first byte to behind its last."""


class Changes:
    """What of a file of `size` bytes becomes zeros, and what becomes other bytes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._changes: list[tuple[int, int, bytes]] = []

    def blank(self, start: int, stop: int) -> None:
        """Make zeros of a part."""
        if start < stop:
            self._changes.append((start, stop, b""))

    def write(self, start: int, text: bytes) -> None:
        """Write over a part."""
        if text:
            self._changes.append((start, start + len(text), text))

    def blank_all_but(self, kept: Iterable[Range], start: int, stop: int) -> None:
        """Make zeros of what nobody needs of a part; what is written there counts as needed."""
        position = start
        needed = [*kept, *((first, last) for first, last, text in self._changes if text)]
        for first, last in sorted(needed):
            self.blank(position, min(first, stop))
            position = max(position, last)
        self.blank(position, stop)

    def splice(self, kept: Iterable[Range] = ()) -> Splice:
        """Give the whole file with its changes; none may touch what is `kept`."""
        changes = sorted(self._changes)
        _refuse_overlaps([(first, last) for first, last, _ in changes], kept)
        out, position = Splice(), 0
        for start, stop, text in changes:
            if start < position or stop > self._size:
                raise CannotCleanError("parts that overlap")
            out.copy(position, start)
            if text:
                out.put(text)
                out.copy(stop, stop)
            else:
                out.copy(start, stop, blank=True)
            position = stop
        out.copy(position, self._size)
        return out


def _refuse_overlaps(changed: list[Range], kept: Iterable[Range]) -> None:
    # Both sorted by where they begin: one walk finds whether any two meet.
    marks = sorted([(*part, True) for part in changed] + [(*part, False) for part in kept])
    reached = {True: 0, False: 0}
    for start, stop, is_change in marks:
        if start < stop and start < reached[not is_change]:
            raise CannotCleanError("what is private and what isn’t share bytes")
        reached[is_change] = max(reached[is_change], stop)
