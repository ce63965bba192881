"""Everything becomes sRGB, eight bits a channel, with or without alpha."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PIL import Image, ImageChops, ImageCms

_OUTPUT = {"RGB": "RGB", "RGBA": "RGBA", "L": "RGB", "CMYK": "RGB"}
_BITS, _PHOTOMETRIC, _SAMPLE_FORMAT = 258, 262, 339
"""Tags of a TIFF."""
_RESIZABLE = frozenset(_OUTPUT)


def profile_name(profile: bytes | None) -> str:
    """Give an embedded profile's own name, empty where there is none or it is broken."""
    if not profile:
        return ""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.getProfileDescription(opened).strip()
    return ""


def resizable(image: Image.Image) -> Image.Image:
    """Bring stored pixels into RGB, RGBA, L or CMYK, in which averages mean something.

    Sixteen bits are scaled, not clipped; palettes and colour keys become colours and alpha.
    """
    mode = image.mode
    if mode in ("I", "F") or mode.startswith("I;16"):
        return _wide_grey(image)
    if mode == "LAB":
        return _from_lab(image)
    if image.has_transparency_data:
        return image if mode == "RGBA" else image.convert("RGBA")
    if mode == "1":
        return image.convert("L")
    return image if mode in _RESIZABLE else image.convert("RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert RGB, RGBA, L or CMYK pixels to sRGB, as RGB or RGBA.

    A profile that is broken or belongs to other channels is ignored, as browsers do.
    """
    transform = _transform(profile, image.mode) if profile else None
    if transform is not None:
        converted = ImageCms.applyTransform(image, transform)
        assert converted is not None
        return converted
    return image.convert(_OUTPUT[image.mode])


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Build a transform once per profile: a batch comes from one camera, mostly."""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        return ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
            mode,
            _OUTPUT[mode],
            ImageCms.Intent.PERCEPTUAL,
        )
    return None


def _wide_grey(image: Image.Image) -> Image.Image:
    """Scale twelve bits, sixteen, thirty-two, or 0 to 1, to eight; a colour key becomes alpha.

    A TIFF's tags tell what Pillow leaves to its readers: how many bits, and whether 0 is white.
    """
    tags = getattr(image, "tag_v2", {})
    grey = _eight_bits(image, tags)
    if tags.get(_PHOTOMETRIC) == 0:
        grey = ImageChops.invert(grey)
    key = image.info.get("transparency")
    if not isinstance(key, int):
        return grey
    clear = [255] * 0x10000
    clear[key & 0xFFFF] = 0
    alpha = image.convert("I").point(clear, "L")
    return Image.merge("RGBA", (grey, grey, grey, alpha))


def _eight_bits(image: Image.Image, tags: Mapping[int, Any]) -> Image.Image:
    if image.mode == "F":
        return image.point(lambda value: value * 255 + 0.5).convert("L")
    image = image.convert("I")
    low, high = _bounds(image)
    if tags.get(_BITS) == (12,):
        factor = 255 / 4095
    elif low >= 0 and high <= 0xFFFF:
        # Also of thirty-two bits, of which most writers fill sixteen.
        factor = 1 / 257
    elif low < 0 and tags.get(_SAMPLE_FORMAT, (1,)) == (1,):
        # Pillow has no unsigned ones: their highest byte is what counts.
        parts = Image.frombytes("RGBA", image.size, image.tobytes())
        return parts.getchannel(3 if sys.byteorder == "little" else 0)
    else:
        factor = 1 / 16_843_009
    return image.point(lambda value: value * factor + 0.5).convert("L")


def _bounds(image: Image.Image) -> tuple[float, float]:
    low, high = image.getextrema()
    assert not isinstance(low, tuple) and not isinstance(high, tuple)
    return low, high


def _from_lab(image: Image.Image) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert converted is not None
    return converted
