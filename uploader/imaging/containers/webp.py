"""WebP (RFC 9649): RIFF chunks; the size stands in VP8X, VP8 or VP8L."""

from __future__ import annotations

import struct
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack


def survey(file: BinaryIO, size: int, _thorough: bool) -> Survey:
    """Walk the chunks: there are few, each with its length."""
    file.seek(4)
    (riff,) = unpack(file, "<I4x")
    end = min(size, 8 + riff)
    width = height = frames = 0
    position = 12
    whole = 8 + riff <= size
    while position + 8 <= end:
        file.seek(position)
        kind, length = unpack(file, "<4sI")
        if not width:
            width, height = _dimensions(kind, file.read(10))
        frames += kind == b"ANMF"
        position += 8 + length + (length & 1)
    if whole and not width:
        raise DamagedError("no picture chunk")
    # The last chunk's padding byte is sometimes missing; nothing is lost with it.
    return Survey(width, height, max(frames, 1), complete=whole and position <= end + 1)


def _dimensions(kind: bytes, head: bytes) -> tuple[int, int]:
    if len(head) < 10:
        return 0, 0
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
