"""Does a style's crop cut the product, and which focus would keep it whole. Pure, no pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts
from uploader.domain.styles import CENTRE, Focus, Style
from uploader.domain.subjects import Box
from uploader.imaging.canvas import Canvas
from uploader.imaging.geometry import Geometry, GeometryError, Modifier, Size

SLACK = 0.025
"""Of the picture's side: what may be lost unseen, more than the box may be wrong by."""
AT_THE_EDGE = 0.035
"""A product that comes this near the photo's own edge is cut by the photo, not by the crop."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A style that cuts the product; `keeps` is a focus that doesn't, None where none does."""

    style: Style
    keeps: Focus | None = None


def cut_of(
    facts: Facts | None, styles: Sequence[Style], focus: Focus = CENTRE, edits: Edits = UNEDITED
) -> Cut | None:
    """Give the first style that cuts the product of a photo which is sent so; see `cut_by`."""
    if facts is None or facts.subject is None:
        return None
    canvas = Canvas.of(Size(facts.width, facts.height), edits)
    return cut_by(styles, canvas.size, _on_canvas(facts.subject, canvas, edits), focus)


def _on_canvas(subject: Box, canvas: Canvas, edits: Edits) -> Box:
    """Tell where the product lies in what the styles are made of."""
    for _ in range(edits.rotate // 90):
        subject = Box(1 - subject.bottom, subject.left, 1 - subject.top, subject.right)
    photo, (width, height) = canvas.picture, canvas.size
    return Box(
        (photo.x + subject.left * photo.width) / width,
        (photo.y + subject.top * photo.height) / height,
        (photo.x + subject.right * photo.width) / width,
        (photo.y + subject.bottom * photo.height) / height,
    )


def cut_by(
    styles: Sequence[Style], size: Size, subject: Box | None, focus: Focus = CENTRE
) -> Cut | None:
    """Give the first style whose crop cuts the product of an upright picture of `size`.

    None also where nobody knows where the product is, or where it goes on beyond the photo to
    both sides, so that no crop could keep it.
    """
    if subject is None:
        return None
    for style in styles:
        geometry = _cropping(style.geometry)
        if geometry is not None and _cuts(geometry, size, subject, focus):
            return Cut(style, _keeping(geometry, size, subject))
    return None


@lru_cache(maxsize=100)
def _cropping(text: str) -> Geometry | None:
    """Read a geometry; None for one that crops nothing or can't be read."""
    try:
        geometry = Geometry.parse(text)
    except GeometryError:
        return None
    return geometry if geometry.modifier is Modifier.FILL else None


def _cuts(geometry: Geometry, size: Size, subject: Box, focus: Focus) -> bool:
    plan = geometry.plan(size, focus)
    if plan.crop is None:
        return False
    x, y, width, height = plan.crop_in_source(size)
    left, right = x / size.width, (x + width) / size.width
    top, bottom = y / size.height, (y + height) / size.height
    across = _loses(subject.left, subject.right, left, right)
    return across or _loses(subject.top, subject.bottom, top, bottom)


def _loses(first: float, last: float, begins: float, ends: float) -> bool:
    """Whether a window along one axis loses a part of what lies from `first` to `last`."""
    cut_before, cut_after = first < AT_THE_EDGE, last > 1 - AT_THE_EDGE
    if cut_before and cut_after:
        return False
    before = not cut_before and first < begins - SLACK
    return before or (not cut_after and last > ends + SLACK)


def _keeping(geometry: Geometry, size: Size, subject: Box) -> Focus | None:
    """Find the focus in whose crop the product is whole, as near its middle as edges allow."""
    x, y = subject.centre
    focus = Focus(round(x, 4), round(y, 4))
    return None if _cuts(geometry, size, subject, focus) else focus
