"""JPEG (ITU T.81): segments with lengths, then scans up to the end-of-image marker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack

MOST_SCANS = 200
"""Progressive encoders write about ten; thousands over a large picture are an attack.

So are those of other JPEGs, whose components may come in scans of their own.
"""

_EOI, _SOS = 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
# Inside a scan 0xFF is followed by a stuffed zero, a restart marker or a fill byte.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")


@dataclass(slots=True)
class _Frame:
    width: int = 0
    height: int = 0
    progressive: bool = False
    components: int = 0
    scanned: int = 0
    """Components in the first scan."""

    @property
    def is_one_scan(self) -> bool:
        """Whether decoders have all of it after the first scan, whatever follows."""
        return not self.progressive and self.scanned == self.components


def survey(file: BinaryIO, size: int, thorough: bool) -> Survey:
    """Read the frame header; where thorough, look for the end.

    Whatever follows the end is allowed: phones append films and depth maps. An end inside
    an embedded preview doesn't count, as segments are passed by their lengths.
    """
    file.seek(2)
    frame = _Frame()
    if not _reaches_scan(file, size, frame):
        return Survey(frame.width, frame.height, complete=False)
    if not (frame.width and frame.height):
        raise DamagedError("scan without a frame")
    scan = file.tell()
    if frame.is_one_scan and (not thorough or _ends_with_marker(file, size)):
        return Survey(frame.width, frame.height)
    file.seek(scan)
    # Also where it isn't thorough: each scan costs a pass over the whole picture.
    ends = _reaches_end(file.read())
    return Survey(frame.width, frame.height, complete=ends or not thorough)


def _reaches_scan(file: BinaryIO, size: int, frame: _Frame) -> bool:
    """Pass the segments before the first scan, noting the frame's; False where they break off."""
    while (marker := _next_marker(file)) not in (None, _EOI):
        if marker in _BARE:
            continue
        (length,) = unpack(file, ">H")
        following = file.tell() + length - 2
        if marker in _FRAMES:
            frame.height, frame.width, frame.components = unpack(file, ">xHHB")
            frame.progressive = marker in _PROGRESSIVE
        elif marker == _SOS:
            (frame.scanned,) = unpack(file, ">B")
        if following > size:
            return False
        file.seek(following)
        if marker == _SOS:
            return True
    return False


def _next_marker(file: BinaryIO) -> int | None:
    byte = file.read(1)
    if byte and byte != b"\xff":
        raise DamagedError("no marker where one must be")
    while byte == b"\xff":
        byte = file.read(1)
    return byte[0] if byte else None


def _ends_with_marker(file: BinaryIO, size: int) -> bool:
    """Tell whether the last bytes are the end marker, but for the zeros some cameras pad with."""
    file.seek(max(0, size - 4096))
    return file.read().rstrip(b"\0").endswith(b"\xff\xd9")


def _reaches_end(scans: bytes) -> bool:
    position, count = 0, 1
    while found := _MARKER.search(scans, position):
        marker = scans[found.start() + 1]
        if marker == _EOI:
            return True
        count += marker == _SOS
        if count > MOST_SCANS:
            raise DamagedError("too many scans")
        length = int.from_bytes(scans[found.end() : found.end() + 2], "big")
        position = found.end() + max(length, 2)
    return False
