"""Styles: the sizes a store makes of every photo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """A named size, in Paperclip's syntax: ``Style("thumb", "100x100>")``.

    The geometry is kept as the store declares it; `uploader.imaging.geometry` reads it.
    """

    name: str
    geometry: str


THUMB = Style("thumb", "100x100>")
SQUARE = Style("square", "200x200#")

DEFAULT_STYLES: tuple[Style, ...] = (THUMB, SQUARE)
"""What a store has that declares nothing else (the article's two)."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The point a filling crop keeps as near to its centre as it can.

    `x` and `y` are fractions (0 to 1) of the upright picture's width and height.
    """

    x: float = 0.5
    y: float = 0.5

    def __post_init__(self) -> None:
        """Raise ValueError for a point outside the picture."""
        if not (0.0 <= self.x <= 1.0 and 0.0 <= self.y <= 1.0):
            raise ValueError(f"focus point outside the picture: {self.x}, {self.y}")


CENTRE = Focus()
