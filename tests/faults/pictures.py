"""Photos for drills: tiny pictures in files of any size, all different, made in no time.

Each has a comment, which is private: what the store gets is never just the file.
"""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path

from PIL import Image

_TABLE = 64
_TABLES = 1000
"""Tables in one segment; a JPEG's segments end at 65,533 bytes."""
_DQT, _COM, _SOS, _EOI = b"\xff\xdb", b"\xff\xfe", b"\xff\xda", b"\xff\xd9"


def picture(chance: random.Random, size: int) -> bytes:
    """Make a JPEG of at least `size` bytes: noise, and tables of noise that it doesn't use."""
    width, height = chance.randint(40, 300), chance.randint(40, 300)
    noise = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    file = io.BytesIO()
    noise.convert("RGB").save(file, "JPEG", quality=80)
    data = file.getvalue()
    padding = [_segment(_COM, chance.randbytes(40))]
    left = size - len(data)
    while left > 0:
        count = min(-(-left // _TABLE), _TABLES)
        tables = (b"\3" + chance.randbytes(_TABLE) for _ in range(count))
        padding.append(_segment(_DQT, b"".join(tables)))
        left -= len(padding[-1])
    # After JFIF's segment, with which these begin.
    return data[:20] + b"".join(padding) + data[20:]


def sent(data: bytes) -> str:
    """Tell the SHA-256, as hex, of what a store gets of such a file, in a way of its own."""
    position, kept = 2, [data[:2]]
    while data[:3] == b"\xff\xd8\xff" and position < len(data):
        marker = data[position : position + 2]
        if marker == _SOS:
            end = data.find(_EOI, position)
            kept.append(data[position : end + 2])
            return hashlib.sha256(b"".join(kept)).hexdigest()
        following = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker != _COM:
            kept.append(data[position:following])
        position = following
    return hashlib.sha256(data).hexdigest()


def _segment(marker: bytes, content: bytes) -> bytes:
    return marker + (len(content) + 2).to_bytes(2, "big") + content


def some_size(chance: random.Random) -> int:
    """Draw a size: most are small, one in sixteen is longer than a piece of an upload."""
    kind = chance.random()
    if kind < 1 / 16:
        return chance.randint(4_300_000, 9_500_000)
    return chance.randint(200_000, 900_000) if kind < 0.3 else chance.randint(5_000, 150_000)


def make(path: Path, chance: random.Random, size: int = 0) -> str:
    """Write one; return the SHA-256, as hex, of what a store gets of it."""
    data = picture(chance, size or some_size(chance))
    path.write_bytes(data)
    return sent(data)
