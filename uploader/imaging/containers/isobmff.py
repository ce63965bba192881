"""HEIC and AVIF (ISO/IEC 14496-12, 23008-12): boxes with lengths, sizes in `ispe`."""

from __future__ import annotations

import re
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey

_MOST_META = 16_000_000
_EXTENT = re.compile(rb"\x00\x00\x00\x14ispe.{4}(.{4})(.{4})", re.DOTALL)


def survey(file: BinaryIO, size: int, _thorough: bool) -> Survey:
    """Walk the outermost boxes; without one that holds data the file was cut between two.

    The largest extent is the picture's, others are its tiles'.
    """
    position = width = height = 0
    complete, data = True, False
    while position < size and complete:
        file.seek(position)
        head = file.read(16)
        length = _box_length(head, size - position)
        complete = len(head) >= 8 and position + length <= size
        if head[4:8] == b"meta":
            meta = file.read(min(length, _MOST_META))
            width, height = _largest_extent(meta)
            data = data or b"idat" in meta
        data = data or head[4:8] == b"mdat"
        position += length
    return Survey(width, height, complete=complete and data)


def _box_length(head: bytes, rest: int) -> int:
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        length = int.from_bytes(head[8:16], "big")
    elif length == 0:
        return rest
    if length < 8:
        raise DamagedError("a box shorter than its head")
    return length


def _largest_extent(meta: bytes) -> tuple[int, int]:
    sizes = [
        (int.from_bytes(across, "big"), int.from_bytes(down, "big"))
        for across, down in _EXTENT.findall(meta)
    ]
    return max(sizes, key=lambda sides: sides[0] * sides[1], default=(0, 0))
