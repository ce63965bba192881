"""What is done to a picture before its styles are made: instructions, the file stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

QUARTER_TURNS = (0, 90, 180, 270)
"""Degrees by which a picture can be turned without losing anything."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Said to the store with the photo, which keeps the original.

    In this order: the picture is made upright (EXIF), turned by `rotate` degrees clockwise,
    then, with `pad`, put in the middle of a white square as large as its longer side (a picture
    with transparent parts on a transparent one). The styles are made of that, and a focus point
    is a point of that.
    """

    rotate: int = 0
    pad: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for an angle that isn't a quarter turn."""
        if self.rotate not in QUARTER_TURNS:
            raise ValueError(f"not a quarter turn: {self.rotate}")

    def __bool__(self) -> bool:
        """Whether anything is done at all."""
        return self != UNEDITED

    def turned(self, by: int) -> Edits:
        """Turn it further, clockwise or, by less than nothing, back; `by` in quarter turns."""
        return Edits((self.rotate + 90 * by) % 360, self.pad)


UNEDITED = Edits()
