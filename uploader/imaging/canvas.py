"""What the styles are made of: the upright picture, turned and padded as its edits say.

Sizes and offsets are ImageMagick's of ``-auto-orient -rotate R -gravity center -extent NxN``,
equal to the pixel. No pixels here, and no Pillow.
"""

from __future__ import annotations

from dataclasses import dataclass

from uploader.domain.edits import Edits
from uploader.domain.styles import CENTRE, Focus
from uploader.imaging.geometry import Rect, Size

_CLOCKWISE = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""EXIF's orientation → that of the same stored pixels, turned by another quarter."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """`size` is what a geometry and a focus go by; `picture` is where the photo lies in it.

    `orientation` (EXIF's, 1 to 8) makes stored pixels upright and turned.
    """

    size: Size
    picture: Rect
    orientation: int

    @classmethod
    def of(cls, size: Size, edits: Edits, orientation: int = 1) -> Canvas:
        """Lay out a photo whose upright `size` and stored `orientation` are known."""
        turns = edits.rotate // 90
        for _ in range(turns):
            orientation = _CLOCKWISE.get(orientation, orientation)
        width, height = size
        if turns % 2:
            width, height = height, width
        if not edits.pad:
            return cls(Size(width, height), Rect(0, 0, width, height), orientation)
        side = max(width, height)
        # Each half is rounded down, as by ImageMagick's gravity.
        x, y = side // 2 - width // 2, side // 2 - height // 2
        return cls(Size(side, side), Rect(x, y, width, height), orientation)

    @property
    def is_padded(self) -> bool:
        """Whether there is more of it than the photo."""
        return self.size != Size(self.picture.width, self.picture.height)


def carried(focus: Focus, size: Size, before: Edits, after: Edits) -> Focus:
    """Give the same point of a photo of upright `size` when its edits change.

    A focus is a point of the canvas, as a person sees it; one that lay in padding which is taken
    away comes to the photo's edge.
    """
    if focus == CENTRE or before == after:
        return focus
    old, new = Canvas.of(size, before), Canvas.of(size, after)
    x = (focus.x * old.size.width - old.picture.x) / old.picture.width
    y = (focus.y * old.size.height - old.picture.y) / old.picture.height
    for _ in range((after.rotate - before.rotate) % 360 // 90):
        x, y = 1 - y, x
    x = (x * new.picture.width + new.picture.x) / new.size.width
    y = (y * new.picture.height + new.picture.y) / new.size.height
    return Focus(_within(x), _within(y))


def _within(fraction: float) -> float:
    # Without the last bits, so that four turns lead back to the very same point.
    return round(min(max(fraction, 0.0), 1.0), 6)
