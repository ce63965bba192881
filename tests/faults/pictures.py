"""Photos for drills: tiny pictures in files of any size, all different, made in no time."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path

from PIL import Image

_SEGMENT = 65_000
"""Bytes of one comment segment; a JPEG's segments end at 65,533."""


def picture(chance: random.Random, size: int) -> bytes:
    """Make a JPEG of at least `size` bytes: noise, and comments that nobody can compress."""
    width, height = chance.randint(40, 300), chance.randint(40, 300)
    noise = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    file = io.BytesIO()
    noise.convert("RGB").save(file, "JPEG", quality=80)
    data = file.getvalue()
    comments = []
    left = size - len(data)
    while left > 0:
        length = min(left, _SEGMENT)
        comments.append(b"\xff\xfe" + (length + 2).to_bytes(2, "big") + chance.randbytes(length))
        left -= length
    # After the two bytes that begin every JPEG.
    return data[:2] + b"".join(comments) + data[2:]


def some_size(chance: random.Random) -> int:
    """Draw a size: most are small, one in sixteen is longer than a piece of an upload."""
    kind = chance.random()
    if kind < 1 / 16:
        return chance.randint(4_300_000, 9_500_000)
    return chance.randint(200_000, 900_000) if kind < 0.3 else chance.randint(5_000, 150_000)


def make(path: Path, chance: random.Random, size: int = 0) -> str:
    """Write one; return its SHA-256 as hex."""
    data = picture(chance, size or some_size(chance))
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
