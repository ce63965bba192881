"""Small pictures that nobody has yet: soft colours, which survive JPEG, in no symmetry."""

from __future__ import annotations

import io
import secrets

from PIL import Image

_ORIENTATION = 0x0112
"""EXIF's tag."""


def picture(
    width: int = 320,
    height: int = 240,
    *,
    kind: str = "JPEG",
    orientation: int = 1,
    transparent: bool = False,
) -> bytes:
    """Make a picture of `width` × `height` stored pixels, seen through EXIF's `orientation`."""
    mode = "RGBA" if transparent else "RGB"
    corners = Image.new(mode, (4, 3))
    corners.putdata([_colour(transparent) for _ in range(12)])
    image = corners.resize((width, height), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    if orientation != 1:
        exif[_ORIENTATION] = orientation
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue()


def _colour(transparent: bool) -> tuple[int, ...]:
    red, green, blue, alpha = secrets.token_bytes(4)
    return (red, green, blue, alpha) if transparent else (red, green, blue)
