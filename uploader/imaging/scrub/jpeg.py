"""JPEG (ITU T.81): the segments that a decoder needs, and the scans up to the first end.

Dropped are all APPn but JFIF, the colour profile and Adobe's colour transform, comments, the
pictures within JFIF, and what follows the end: second pictures, films, depth maps.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from uploader.imaging.scrub import exif
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP2, _APP14, _APP15 = 0xE0, 0xE2, 0xEE, 0xEF
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_BLOCK = 1 << 20
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_SIZE, _ADOBE_SIZE = 14, 12
# Inside a scan 0xFF is followed by a stuffed zero, a restart marker or a fill byte.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")


def plan(file: BinaryIO, size: int, orientation: int) -> Splice:
    """Say what is sent of a file. Raises `CannotCleanError`; OSError where the disk fails."""
    out = Splice()
    out.copy(0, 2)
    scan = _header(file, size, orientation, out)
    _scans(file, size, scan, out)
    return out


def _header(file: BinaryIO, size: int, orientation: int, out: Splice) -> int:
    """Pass the segments as far as the first scan; tell where its data begins."""
    position, told = 2, orientation == 1
    while True:
        position, marker = _marker_at(file, position)
        if marker in _BARE:
            out.copy(position, position + 2)
            position += 2
            continue
        following = _end_of(file, position, size)
        head = file.read(_JFIF_SIZE)
        # JFIF wants to come first, EXIF next.
        if not told and not (marker == _APP0 and head.startswith(_JFIF)):
            segment = b"Exif\0\0" + exif.oriented(orientation)
            out.put(b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment)
            told = True
        _segment(out, marker, head, position, following)
        position = following
        if marker == _SOS:
            return position


def _segment(out: Splice, marker: int, head: bytes, start: int, stop: int) -> None:
    """Keep a segment, keep what a decoder needs of it, or drop it."""
    length = stop - start - 4
    if marker == _APP0:
        if head.startswith(_JFIF) and length >= _JFIF_SIZE:
            kept = head[: _JFIF_SIZE - 2] + b"\0\0"  # no picture of its own
            _shortened(out, start, stop, kept, whole=kept == head and length == _JFIF_SIZE)
    elif marker == _APP14:
        if head.startswith(_ADOBE) and length >= _ADOBE_SIZE:
            _shortened(out, start, stop, head[:_ADOBE_SIZE], whole=length == _ADOBE_SIZE)
    elif not _is_note(marker) or (marker == _APP2 and head.startswith(_ICC)):
        out.copy(start, stop)


def _is_note(marker: int) -> bool:
    return marker == _COM or _APP0 <= marker <= _APP15


def _shortened(out: Splice, start: int, stop: int, kept: bytes, *, whole: bool) -> None:
    if whole:
        out.copy(start, stop)
    else:
        out.copy(start, start + 2)
        out.put((len(kept) + 2).to_bytes(2, "big") + kept)


def _scans(file: BinaryIO, size: int, position: int, out: Splice) -> None:
    """Keep the scans, and of the segments between them those that are needed."""
    kept = position
    while True:
        position, marker = _next_in_scan(file, position)
        if marker == _EOI:
            out.copy(kept, position + 2)
            return
        if marker == _SOI:
            raise CannotCleanError("a second picture begins within the first")
        following = _end_of(file, position, size)
        if _is_note(marker):
            out.copy(kept, position)
            kept = following
        position = following


def _marker_at(file: BinaryIO, position: int) -> tuple[int, int]:
    """Read a marker; fill bytes before it are passed. Tell where it stands and what it is."""
    file.seek(position)
    if file.read(1) != b"\xff":
        raise CannotCleanError("no marker where one must be")
    while (byte := file.read(1)) == b"\xff":
        position += 1
    if not byte or byte[0] in (0, _SOI, _EOI):
        raise CannotCleanError("no picture")
    return position, byte[0]


def _end_of(file: BinaryIO, position: int, size: int) -> int:
    """Read a segment's length, and leave the file at its content."""
    file.seek(position + 2)
    length = int.from_bytes(file.read(2), "big")
    following = position + 2 + length
    if length < 2 or following > size:
        raise CannotCleanError("a segment beyond the file")
    return following


def _next_in_scan(file: BinaryIO, position: int) -> tuple[int, int]:
    """Find the next marker that ends a scan's data."""
    file.seek(position)
    block = file.read(_BLOCK)
    while block:
        if found := _MARKER.search(block):
            return position + found.start(), found[1][0]
        more = file.read(_BLOCK)
        if not more:
            break
        # A marker may lie on the border.
        position += len(block) - 1
        block = block[-1:] + more
    raise CannotCleanError("no end")
