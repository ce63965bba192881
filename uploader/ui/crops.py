"""Where a style's crop lies on a photo, and where a drag moves it. Pure, in photo pixels."""

from __future__ import annotations

from dataclasses import dataclass

from uploader.domain.photos import Photo
from uploader.domain.styles import CENTRE, Focus, Style
from uploader.imaging.canvas import Canvas
from uploader.imaging.geometry import Geometry, GeometryError, Size


@dataclass(frozen=True, slots=True)
class CropView:
    """A crop on a photo of `size`, as it is turned and padded: `x`, `y`, `width`, `height`."""

    size: Size
    x: float
    y: float
    width: float
    height: float

    @property
    def across(self) -> bool:
        """Whether it can move to the left and right."""
        return self.size.width - self.width > 0.5

    @property
    def down(self) -> bool:
        """Whether it can move up and down."""
        return self.size.height - self.height > 0.5

    def moved(self, right: float, down: float) -> Focus:
        """Give the focus that moves the crop by photo pixels, as far as the edges allow."""
        x = min(max(0.0, self.x + right), self.size.width - self.width)
        y = min(max(0.0, self.y + down), self.size.height - self.height)
        return Focus(
            _share(x + self.width / 2, self.size.width),
            _share(y + self.height / 2, self.size.height),
        )


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole))


def canvas_size(photo: Photo) -> Size | None:
    """Give the size of what the styles are made of: the photo, turned and padded."""
    if photo.facts is None:
        return None
    return Canvas.of(Size(photo.facts.width, photo.facts.height), photo.edits).size


def crop_of(style: Style, size: Size, focus: Focus = CENTRE) -> CropView | None:
    """Give what `style` keeps of a photo; None where it crops nothing or can't be read."""
    try:
        plan = Geometry.parse(style.geometry).plan(size, focus)
    except GeometryError:
        return None
    if plan.crop is None:
        return None
    return CropView(size, *plan.crop_in_source(size))


def result_size(style: Style, size: Size) -> Size | None:
    """Give a style's size in pixels, for a label that is true."""
    try:
        return Geometry.parse(style.geometry).plan(size).result
    except GeometryError:
        return None
