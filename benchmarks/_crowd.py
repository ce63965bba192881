"""Thousands of photos of mixed kinds and sizes, each another content, made of a few dozen.

Most are of 200 to 500 kB, as they come from a shop's editor; one in a hundred is as large as a
camera makes it, up to 12 MB. What tells them apart also goes to the store: in a JPEG a table that
no channel uses. In the others it is a comment, so of these the store may have one already.
"""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from _photos import photo

Original = tuple[str, bytes]
"""The name's ending and the file's bytes."""


def originals() -> dict[str, list[Original]]:
    """Draw them: small, middle and large ones, most of them JPEG."""
    small = [("jpg", _file(n, (1000, 750), "JPEG", quality=88)) for n in range(18)]
    small += [("png", _file(20 + n, (420, 340), "PNG")) for n in range(3)]
    small += [("webp", _file(30 + n, (1000, 750), "WEBP", quality=88)) for n in range(3)]
    small += [("tif", _file(40, (360, 280), "TIFF")), ("bmp", _file(41, (360, 280), "BMP"))]
    small += [("heic", _heic(42, (1000, 750)))]
    middle = [("jpg", _file(50 + n, (2400, 1800), "JPEG", quality=85)) for n in range(4)]
    large = [("jpg", _file(60, (4000, 3000), "JPEG", quality=88, progressive=True))]
    large += [("jpg", _file(61, (5600, 4200), "JPEG", quality=90))]
    large += [("jpg", _file(62, (5600, 4200), "JPEG", quality=94))]
    return {"small": small, "middle": middle, "large": large}


def write_crowd(folder: Path, names: list[str]) -> int:
    """Write a photo for each name (without its ending); give the bytes of all."""
    made, dice, total = originals(), random.Random(7), 0
    for number, name in enumerate(names):
        chance = dice.random()
        kind = "large" if chance < 0.01 else "middle" if chance < 0.06 else "small"
        ending, blob = dice.choice(made[kind])
        data = stamped(ending, blob, number)
        (folder / f"{name}.{ending}").write_bytes(data)
        total += len(data)
    return total


def stamped(ending: str, blob: bytes, number: int) -> bytes:
    """Give the same picture as another file."""
    mark = random.Random(number).randbytes(64)
    if ending == "jpg":
        return blob[:2] + b"\xff\xdb\0\x43\x03" + mark + blob[2:]
    if ending == "png":
        text = b"tEXtComment\0" + mark.hex().encode()
        chunk = (len(text) - 4).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
        return blob[:33] + chunk + blob[33:]
    if ending == "webp":
        chunk = b"NOTE" + (64).to_bytes(4, "little") + mark
        return blob[:4] + (len(blob) + len(chunk) - 8).to_bytes(4, "little") + blob[8:] + chunk
    if ending == "heic":
        return blob + (72).to_bytes(4, "big") + b"free" + mark
    return blob + mark


def names(count: int, items: int) -> Iterator[str]:
    """Give file names: nine in ten begin with the SKU of an item, the others fit none."""
    for number in range(count):
        if number % 10 == 9:
            yield f"IMG_{number:05d}"
        else:
            yield f"BN-{number % items:05d}_{number // items + 1}"


def _file(seed: int, size: tuple[int, int], kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    photo(seed, size).save(out, kind, **options)
    return out.getvalue()


def _heic(seed: int, size: tuple[int, int]) -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(photo(seed, size)).save(out, quality=80)
    return out.getvalue()
