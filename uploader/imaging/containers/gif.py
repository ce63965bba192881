"""GIF 87a and 89a: a screen, then frames and extensions in sub-blocks, then a trailer."""

from __future__ import annotations

import struct
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack

_EXTENSION, _IMAGE, _TRAILER = b"\x21", b"\x2c", b"\x3b"


def survey(file: BinaryIO, _size: int, _thorough: bool) -> Survey:
    """Count the frames and find the canvas that holds them all; this needs the whole walk."""
    file.seek(6)
    width, height, flags = unpack(file, "<HHBxx")
    _skip_colours(file, flags)
    frames = 0
    try:
        while (block := file.read(1)) != _TRAILER:
            if block == _IMAGE:
                left, top, across, down, flags = unpack(file, "<HHHHB")
                width, height = max(width, left + across), max(height, top + down)
                _skip_colours(file, flags)
                frames += 1
            elif block not in (_EXTENSION, b""):
                raise DamagedError("unknown block")
            unpack(file, "x")  # the code size, or the extension's label
            _skip_data(file)
    except struct.error:
        return Survey(width, height, max(frames, 1), complete=False)
    if not frames:
        raise DamagedError("no frame")
    return Survey(width, height, frames)


def _skip_colours(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 << ((flags & 7) + 1), 1)


def _skip_data(file: BinaryIO) -> None:
    (length,) = unpack(file, "B")
    while length:
        file.seek(length, 1)
        (length,) = unpack(file, "B")
