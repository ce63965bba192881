"""GIF 89a: frames, and of the extensions those that tell how they are shown."""

from __future__ import annotations

from typing import BinaryIO

from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_APPLICATION, _COMMENT = 0xFF, 0xFE
_KEPT = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
"""Applications whose extensions tell of loops and colours."""


def plan(file: BinaryIO, _size: int, orientation: int) -> Splice:
    """Say what is sent of a file. Raises `CannotCleanError`; OSError where the disk fails."""
    if orientation != 1:
        raise CannotCleanError("it has no place for an orientation")
    out = Splice()
    file.seek(10)
    _skip_colours(file, _byte(file), also=2)
    out.copy(0, file.tell())
    while True:
        start = file.tell()
        block = _byte(file)
        if block == _TRAILER:
            out.copy(start, start + 1)
            return out
        keep = block == _IMAGE or _shows(file)
        if block == _IMAGE:
            file.seek(8, 1)
            _skip_colours(file, _byte(file), also=1)
        elif block != _EXTENSION:
            raise CannotCleanError("unknown block")
        _skip_data(file)
        if keep:
            out.copy(start, file.tell())


def _shows(file: BinaryIO) -> bool:
    """Read an extension's label, and whether it matters for what is seen."""
    label = _byte(file)
    if label != _APPLICATION:
        return label != _COMMENT
    here = file.tell()
    head = file.read(12)
    file.seek(here)
    return head[1:] in _KEPT


def _skip_colours(file: BinaryIO, flags: int, *, also: int) -> None:
    colours = 3 << ((flags & 7) + 1) if flags & 0x80 else 0
    file.seek(also + colours, 1)


def _skip_data(file: BinaryIO) -> None:
    while length := _byte(file):
        file.seek(length, 1)


def _byte(file: BinaryIO) -> int:
    byte = file.read(1)
    if not byte:
        raise CannotCleanError("no end")
    return byte[0]
