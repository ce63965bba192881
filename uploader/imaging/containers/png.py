"""PNG (RFC 2083): chunks with lengths, from IHDR to IEND."""

from __future__ import annotations

from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack


def survey(file: BinaryIO, size: int, thorough: bool) -> Survey:
    """Read IHDR; where thorough, go from chunk to chunk as far as IEND."""
    file.seek(8)
    length, kind, width, height = unpack(file, ">I4sII")
    if kind != b"IHDR" or length != 13 or not (width and height):
        raise DamagedError("no header chunk")
    position = 8 + 12 + length
    while thorough and kind != b"IEND":
        file.seek(position)
        head = file.read(8)
        position += 12 + int.from_bytes(head[:4], "big")
        if len(head) < 8 or position > size:
            return Survey(width, height, complete=False)
        kind = head[4:]
    return Survey(width, height)
