"""Find the product in a photo: what stands out, with edges, from an even background.

Shops photograph before walls, tables and paper, so the background is told from the picture's
border: across from its left to its right edge, and down from top to bottom; what fits one of
the two is background (a wall above a table fits the first, a gradient both). Light that fades
and soft shadows differ from that too, but have no edges. Where the border itself is busy, or
what stands out is scattered, nobody can tell, and nothing is said: a wrong warning is worse
than none.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageChops, ImageFilter

from uploader.domain.findings import Limits
from uploader.domain.styles import Style
from uploader.domain.subjects import Box
from uploader.imaging.islands import Island, islands
from uploader.imaging.render import render

SIDE = 96
"""The longer side, in pixels, of what is looked at."""
LEAST_SIDE = 24
"""Of a picture that is narrower than this then, nothing is said."""

_STRIP = 3
"""How many pixels at an edge tell the background."""
_BRIGHTER, _DARKER, _COLOUR = 10, 26, 7
"""By how much (of 255) a pixel differs from the background in luma and in Cb or Cr; shadows are
darker and hardly another colour, so more is allowed there."""
_EDGE = 26
"""Contrast among neighbours, luma and twice the colours together, that makes an edge."""
_ROUGH = 8
"""Contrast along the border that a fifth of it may exceed; grass, hair and shelves have more."""
_SPECK = 12
"""Pixels up to which an island counts as dust,"""
_CRUMB = 0.06
"""or as a part of the largest island."""
_MOST = 0.75
"""The part of all that stands out that counts at least."""
_BUSIEST = 0.4
"""The part of the picture that may be edges of a product."""
_SMALLEST = 0.015
"""The part of the picture that a product's box has at least."""
_DENSEST = 0.4
"""The part of the box that the islands' own boxes cover at least; stars in a sky don't."""
_TOUCHES = 0.2
"""The part of the border that what stands out may touch; more is a detail or a room."""
_THIN = 4
"""Pixels: lines up to this, at the box's edges, are a table's horizon rather than a product."""
_OPAQUE = 128


_LOOK = Style("subject", f"{SIDE}x{SIDE}>")
_LIMITS = Limits()


def find_subject(source: Path | BinaryIO | bytes, limits: Limits = _LIMITS) -> Box | None:
    """Tell where the product is in a photo, decoded as coarsely as its kind allows.

    Raises `RenderError` for a file that can't be used.
    """
    return subject_of(render(source, (_LOOK,), limits=limits)[_LOOK.name].image)


class _Seen(NamedTuple):
    """What stands out, whether as outlines or as areas."""

    islands: list[Island]
    mask: Image.Image
    grown: int
    """Pixels by which the islands are larger than what they stand for."""


def subject_of(picture: Image.Image) -> Box | None:
    """Tell where the product is in an upright picture (RGB or RGBA); None: it can't be told.

    Takes a few milliseconds of any picture of some hundred pixels, which is enough.
    """
    small = picture.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
    if min(small.size) < LEAST_SIDE:
        return None
    seen = _cut_out(small) if small.has_transparency_data else _before_background(small)
    return _box_of(seen, small.size) if seen is not None else None


def _cut_out(small: Image.Image) -> _Seen | None:
    """See a product that was cut out: what isn't transparent, if most of the border is."""
    mask = _above(small.convert("RGBA").getchannel("A"), _OPAQUE - 1)
    if _part_of_border(mask) > _TOUCHES:
        return None
    return _Seen(islands(mask), mask, 0)


def _before_background(small: Image.Image) -> _Seen | None:
    picture = small.convert("RGB").filter(ImageFilter.GaussianBlur(0.5)).convert("YCbCr")
    if _roughness(picture.getchannel("Y")) >= _ROUGH:
        return None
    differs = reduce(ImageChops.darker, (_unlike(picture, b) for b in _backgrounds(picture)))
    differs = differs.filter(ImageFilter.MedianFilter(3))
    outlines = ImageChops.darker(differs, _edges(picture))
    if _part(outlines) > _BUSIEST or _part_of_border(differs, _STRIP) > _TOUCHES:
        return None
    # An outline may have gaps of a pixel.
    return _Seen(islands(outlines.filter(ImageFilter.MaxFilter(3))), outlines, 1)


def _box_of(seen: _Seen, size: tuple[int, int]) -> Box | None:
    """Put a box around all islands that count; None where they are no product."""
    kept = _that_count(seen.islands)
    if not kept:
        return None
    left, top = min(i.left for i in kept), min(i.top for i in kept)
    right, bottom = max(i.right for i in kept), max(i.bottom for i in kept)
    if sum(island.area for island in kept) < _DENSEST * (right - left) * (bottom - top):
        return None
    grown = seen.grown
    inner = (left + grown, top + grown, right - grown, bottom - grown)
    left, top, right, bottom = _without_lines(seen.mask, inner)
    width, height = size
    if (right - left) * (bottom - top) < _SMALLEST * width * height:
        return None
    edges = (left / width, top / height, right / width, bottom / height)
    return Box(*(round(edge, 4) for edge in edges))


def _that_count(found: list[Island]) -> list[Island]:
    """Leave out dust and crumbs; where these are a quarter of all, nothing is certain."""
    least = max(_SPECK, found[0].pixels * _CRUMB) if found else 0
    kept = [island for island in found if island.pixels > least]
    whole = sum(island.pixels for island in found)
    return kept if sum(island.pixels for island in kept) >= _MOST * whole else []


def _without_lines(mask: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Take off what juts out of the product to the sides as a thin line: a table's edge."""
    left, top, right, bottom = box
    tall = [_extent(mask.crop((x, top, x + 1, bottom))) for x in range(left, right)]
    while len(tall) > _THIN and tall[0] <= _THIN:
        left += 1
        del tall[0]
    while len(tall) > _THIN and tall[-1] <= _THIN:
        right -= 1
        del tall[-1]
    return left, top, right, bottom


def _extent(column: Image.Image) -> int:
    found = column.getbbox()
    return found[3] - found[1] if found else 0


# ---- the background
def _backgrounds(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Fill the picture from its left and right edges, and from its upper and lower ones."""
    width, height = picture.size
    box = Image.Resampling.BOX
    across = Image.new(picture.mode, (2, height))
    for x, edge in enumerate((0, width - _STRIP)):
        strip = picture.crop((edge, 0, edge + _STRIP, height))
        across.paste(strip.resize((1, height), box), (x, 0))
    down = Image.new(picture.mode, (width, 2))
    for y, edge in enumerate((0, height - _STRIP)):
        strip = picture.crop((0, edge, width, edge + _STRIP))
        down.paste(strip.resize((width, 1), box), (0, y))
    fade = Image.Resampling.BILINEAR
    return (
        across.resize(picture.size, fade, (0.5, 0, 1.5, height)),
        down.resize(picture.size, fade, (0, 0.5, width, 1.5)),
    )


def _unlike(picture: Image.Image, background: Image.Image) -> Image.Image:
    """Mark the pixels that aren't this background, nor it in a shadow."""
    luma, blue, red = picture.split()
    there, there_blue, there_red = background.split()
    marks = (
        _above(ImageChops.subtract(luma, there), _BRIGHTER),
        _above(ImageChops.subtract(there, luma), _DARKER),
        _above(ImageChops.difference(blue, there_blue), _COLOUR),
        _above(ImageChops.difference(red, there_red), _COLOUR),
    )
    return reduce(ImageChops.lighter, marks)


def _edges(picture: Image.Image) -> Image.Image:
    """Mark the pixels among whose neighbours something changes."""
    luma, blue, red = (_contrast(band) for band in picture.split())
    colour = ImageChops.add(blue, red)
    return _above(reduce(ImageChops.add, (luma, colour, colour)), _EDGE)


def _contrast(band: Image.Image) -> Image.Image:
    """Give the difference between the lightest and the darkest of nine neighbours."""
    most, least = band.filter(ImageFilter.MaxFilter(3)), band.filter(ImageFilter.MinFilter(3))
    return ImageChops.subtract(most, least)


def _roughness(luma: Image.Image) -> int:
    """Tell how much neighbours along the border differ, but for the roughest fifth of it."""
    width, height = luma.size
    steps: list[int] = []
    for box in ((0, 1, width, 2), (0, height - 2, width, height - 1),
                (1, 0, 2, height), (width - 2, 0, width - 1, height)):  # fmt: skip
        line = luma.crop(box).tobytes()
        steps += [abs(a - b) for a, b in zip(line, line[2:], strict=False)]
    return sorted(steps)[len(steps) * 4 // 5]


# ---- marks
def _above(band: Image.Image, threshold: int) -> Image.Image:
    return band.point([255 if value > threshold else 0 for value in range(256)])


def _part(mask: Image.Image) -> float:
    return mask.histogram()[255] / (mask.width * mask.height)


def _part_of_border(mask: Image.Image, inset: int = 0) -> float:
    """Tell how much of the border, `inset` pixels inside, is marked."""
    width, height = mask.width - inset, mask.height - inset
    lines = (
        mask.crop((inset, inset, width, inset + 1)),
        mask.crop((inset, height - 1, width, height)),
        mask.crop((inset, inset, inset + 1, height)),
        mask.crop((width - 1, inset, width, height)),
    )
    length = sum(line.width * line.height for line in lines)
    return sum(line.histogram()[255] for line in lines) / length
