"""BMP: a file header, one of several bitmap headers, rows of a fixed length."""

from __future__ import annotations

from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack

_UNPACKED = frozenset({0, 3, 6})


def survey(file: BinaryIO, size: int, _thorough: bool) -> Survey:
    """Read the headers; the rows' length tells where the file must end."""
    file.seek(10)
    start, header = unpack(file, "<II")
    compression = packed = 0
    if header == 12:
        width, height, bits = unpack(file, "<HHxxH")
    else:
        width, height, bits, compression, packed = unpack(file, "<iixxHII")
        height = abs(height)  # negative: rows from top to bottom
    if width <= 0 or height == 0:
        raise DamagedError("no size")
    rows = (width * bits + 31) // 32 * 4 * height if compression in _UNPACKED else packed
    return Survey(width, height, complete=start + rows <= size)
