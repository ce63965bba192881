"""Paperclip's geometry syntax, as values: which size a style has, and which part it shows.

The rules are those of Paperclip's `Geometry` (for ``#``) and of ImageMagick 6's
`ParseMetaGeometry` (for all else), in the same order of floating-point operations, so that
sizes and offsets are equal to the pixel. No pixels here, and no Pillow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from uploader.domain.styles import CENTRE, Focus

RENDERING = 1
"""Raised where the same geometry comes to give other bytes: all that was made is made anew then."""

LARGEST_SIDE = 20_000
"""The longest side, in pixels, that a geometry may name (1,000 times that for an area)."""

_SYNTAX = re.compile(r"(\d{0,9})(x?)(\d{0,9})([><#%@!^]?)", re.IGNORECASE | re.ASCII)


class GeometryError(ValueError):
    """A text that isn't a geometry; the message is a sentence for the person."""


class Modifier(StrEnum):
    """What to do where the picture and the geometry differ in shape or size."""

    FIT = ""
    """Fit inside, shrinking or enlarging."""
    SHRINK = ">"
    """Fit inside, never enlarge."""
    ENLARGE = "<"
    """Fit inside, never shrink."""
    FILL = "#"
    """Cover, and crop what hangs over."""
    PERCENT = "%"
    """Scale by per cent of the picture's own sides."""
    AREA = "@"
    """Scale to at most this many pixels in all."""
    EXACT = "!"
    """Exactly this size, whatever happens to the shape."""
    COVER = "^"
    """Cover, without cropping."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width × height in pixels, each at least 1."""

    width: int
    height: int

    def __iter__(self) -> Iterator[int]:
        """Allow ``width, height = size``."""
        yield self.width
        yield self.height

    @property
    def pixels(self) -> int:
        """Width × height."""
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of a picture in pixels, from its top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one picture: first `scaled` as a whole, then cut to `crop`."""

    scaled: Size
    crop: Rect | None = None

    @property
    def result(self) -> Size:
        """The size of the finished derivative."""
        return Size(self.crop.width, self.crop.height) if self.crop else self.scaled

    def crop_in_source(self, size: Size) -> tuple[float, float, float, float]:
        """Tell which part of the source is shown: x, y, width, height in its own pixels.

        `size` is the source's, upright; without a crop it is all of it.
        """
        if self.crop is None:
            return 0.0, 0.0, float(size.width), float(size.height)
        across = size.width / self.scaled.width
        down = size.height / self.scaled.height
        crop = self.crop
        return crop.x * across, crop.y * down, crop.width * across, crop.height * down


@dataclass(frozen=True, slots=True)
class Geometry:
    """``200x200#`` and the like. A side of 0 is left to follow from the other."""

    width: int
    height: int
    modifier: Modifier = Modifier.FIT

    @classmethod
    def parse(cls, text: str) -> Geometry:
        """Read ``WxH``, ``Wx``, ``xH`` or ``W`` with one of ``> < # % @ ! ^`` or none.

        Raises `GeometryError`.
        """
        found = _SYNTAX.fullmatch(text.strip())
        if found is None:
            raise GeometryError(
                f"“{text}” is not a size. Write it as 200x200, with one of > < # % @ ! ^ or none."
            )
        width, separator, height, modifier = found.groups()
        geometry = cls(int(width or 0), int(height or 0), Modifier(modifier))
        geometry._check(text, bare=not separator)
        return geometry

    def _check(self, text: str, *, bare: bool) -> None:
        area = self.modifier is Modifier.AREA
        if not (self.width or self.height) or (bare and not self.width):
            raise GeometryError(f"“{text}” names no size. Give a width, a height or both.")
        if area and not self.width:
            raise GeometryError(f"“{text}” names no number of pixels before its @.")
        if max(self.width, self.height) > LARGEST_SIDE * (1000 if area else 1):
            raise GeometryError(f"“{text}” is too large. A side has at most {LARGEST_SIDE} pixels.")

    def __str__(self) -> str:
        """Give it in Paperclip's syntax, as ImageMagick reads it too."""
        height = f"x{self.height}" if self.height else ""
        return f"{self.width or ''}{height}{self.modifier}"

    def plan(self, size: Size, focus: Focus = CENTRE) -> Plan:
        """Say what becomes of an upright picture of `size`.

        `focus` moves the crop of a filling geometry; at `CENTRE` it is Paperclip's own.
        """
        if self.modifier is Modifier.FILL:
            return self._filling(size, focus)
        return Plan(_meta_geometry(self, size))

    def _filling(self, size: Size, focus: Focus) -> Plan:
        """Scale by the larger ratio, then crop: Paperclip's `scaling` and `cropping`."""
        across, down = self.width / size.width, self.height / size.height
        if across >= down:
            scaled = _meta_geometry(Geometry(self.width, 0), size)
            x, y = 0, math.trunc((size.height * across - self.height) / 2)
        else:
            scaled = _meta_geometry(Geometry(0, self.height), size)
            x, y = math.trunc((size.width * down - self.width) / 2), 0
        # A side that isn't named is cut off by the offset alone: ImageMagick crops the rest.
        width = min(self.width or scaled.width, scaled.width - x)
        height = min(self.height or scaled.height, scaled.height - y)
        if focus != CENTRE:
            x = _centred(focus.x, scaled.width, width)
            y = _centred(focus.y, scaled.height, height)
        return Plan(scaled, Rect(x, y, width, height))


def _centred(fraction: float, whole: int, window: int) -> int:
    """Place a window around a point, as near as the picture's edges allow."""
    return max(0, min(whole - window, math.trunc(fraction * whole - window / 2)))


def _round(value: float) -> int:
    return math.floor(value + 0.5)


def _meta_geometry(geometry: Geometry, size: Size) -> Size:
    """ImageMagick 6's `ParseMetaGeometry`; where it would fail for a side of 0, it is 1."""
    modifier = geometry.modifier
    if modifier is Modifier.PERCENT:
        width, height = _per_cent(geometry, size)
    elif modifier is Modifier.EXACT:
        width, height = geometry.width or size.width, geometry.height or size.height
    else:
        width, height = _in_proportion(geometry, size)
    if modifier is Modifier.SHRINK:
        width, height = min(width, size.width), min(height, size.height)
    elif modifier is Modifier.ENLARGE:
        width, height = max(width, size.width), max(height, size.height)
    elif modifier is Modifier.AREA:
        width, height = _within_area(geometry.width, size, width, height)
    return Size(max(width, 1), max(height, 1))


def _per_cent(geometry: Geometry, size: Size) -> tuple[int, int]:
    """``50%`` scales both sides, ``50x25%`` each, ``x25%`` the height alone."""
    across = float(geometry.width) if geometry.width else 100.0
    down = float(geometry.height) if geometry.height else across
    return _round(across * size.width / 100.0), _round(down * size.height / 100.0)


def _in_proportion(geometry: Geometry, size: Size) -> tuple[int, int]:
    width, height = geometry.width or size.width, geometry.height or size.height
    if (width, height) == (size.width, size.height):
        return width, height
    cover = geometry.modifier is Modifier.COVER
    if geometry.width and geometry.height:
        factors = (geometry.width / size.width, geometry.height / size.height)
        factor = max(factors) if cover else min(factors)
    else:
        named = geometry.width or geometry.height
        along, other = (size.width, size.height) if geometry.width else (size.height, size.width)
        factor = max(named / along, named / other) if cover else named / along
    return max(_round(factor * size.width), 1), max(_round(factor * size.height), 1)


def _within_area(pixels: int, size: Size, width: int, height: int) -> tuple[int, int]:
    """``W@``: sides truncated, so that their product stays within `pixels`."""
    area = pixels + math.sqrt(1e-12)
    distance = math.sqrt(float(size.width) * size.height)
    reciprocal = 1.0 / (distance * (1.0 / math.sqrt(area)))
    across, down = size.width * reciprocal, size.height * reciprocal
    if across < width or down < height:
        return int(across), int(down)
    return width, height
