"""The file format of Windows' icons: several sizes of one drawing ([MS-ICO], ICONDIR)."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping

from PIL import Image

_PNG_FROM = 64
"""Pixels from which an image is stored as PNG; below, as a bitmap, which every reader takes."""


def icon(pictures: Mapping[int, bytes]) -> bytes:
    """Put square PNGs together, by their side in pixels, 256 at most."""
    images = {
        size: png if size >= _PNG_FROM else _bitmap(size, png) for size, png in pictures.items()
    }
    head = struct.pack("<HHH", 0, 1, len(images))
    place, entries = len(head) + 16 * len(images), b""
    for size, data in images.items():
        # 256 is told as 0: there is one byte for it.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(images.values())


def _bitmap(size: int, png: bytes) -> bytes:
    """Give it as a bitmap: BGRA, upside down, and a mask that says nothing."""
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    with Image.open(io.BytesIO(png)) as image:
        body = image.convert("RGBA").tobytes("raw", "BGRA", 0, -1)
    return head + body + bytes((size + 31) // 32 * 4 * size)
