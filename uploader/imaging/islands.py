"""Which marked pixels belong together."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image


class Island(NamedTuple):
    """Marked pixels that touch side by side: how many, and the box around them in pixels."""

    pixels: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Pixels of its box."""
        return (self.right - self.left) * (self.bottom - self.top)


def islands(mask: Image.Image) -> list[Island]:
    """Give the islands of what is 255 in a small mask (mode L: 0 or 255), the largest first."""
    width = mask.width
    # A column of zeros at the right, a row above and below: no pixel has to look for its edge.
    padded = Image.new("L", (width + 1, mask.height + 2))
    padded.paste(mask, (0, 1))
    left, row = bytearray(padded.tobytes()), width + 1
    found: list[Island] = []
    start = left.find(255)
    while start >= 0:
        found.append(_island(left, start, row))
        start = left.find(255, start)
    return sorted(found, reverse=True)


def _island(left: bytearray, start: int, row: int) -> Island:
    """Take one island off what is left."""
    left[start] = 0
    reached, xs, ys = [start], [], []
    for place in reached:
        y, x = divmod(place, row)
        xs.append(x)
        ys.append(y)
        for beside in (place - 1, place + 1, place - row, place + row):
            if left[beside]:
                left[beside] = 0
                reached.append(beside)
    # The row above isn't the mask's.
    return Island(len(reached), min(xs), min(ys) - 1, max(xs) + 1, max(ys))
