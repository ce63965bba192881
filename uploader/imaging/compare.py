"""Compare two pictures: does the shop show what the preview showed."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat

from uploader.domain.styles import Style
from uploader.imaging.render import RenderError, render
from uploader.imaging.rendered import Rendered

MOST_DIFFERENT = 3.0
"""Of 255: the mean difference up to which two renderings count as the same picture."""

# JPEG's noise changes sign from pixel to pixel; a crop that is two pixels off doesn't.
_NOISE = ImageFilter.BoxBlur(1)


def mean_difference(a: Image.Image, b: Image.Image) -> float:
    """Give the mean absolute difference per channel, of 255; alpha is seen over white.

    Raises ValueError for pictures of different sizes.
    """
    if a.size != b.size:
        raise ValueError(f"sizes differ: {a.size} and {b.size}")
    means = ImageStat.Stat(ImageChops.difference(_over_white(a), _over_white(b))).mean
    return sum(means) / len(means)


def matches(rendered: Rendered, data: bytes) -> bool:
    """Compare a preview with the store's derivative: equal size, hardly any difference.

    The derivative is read as a browser shows it (orientation, profile); of an animation the
    first frame counts. A file that can't be read doesn't match.
    """
    try:
        stored = render(data, (Style("stored", "100%"),))["stored"]
    except RenderError:
        return False
    if stored.size != rendered.size:
        return False
    ours, theirs = (_over_white(image).filter(_NOISE) for image in (rendered.image, stored.image))
    return mean_difference(ours, theirs) <= MOST_DIFFERENT


def _over_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")
