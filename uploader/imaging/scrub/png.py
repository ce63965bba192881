"""PNG (W3C's third edition): critical chunks, and of the others those that tell how it looks."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from uploader.imaging.scrub import exif
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_KEPT = frozenset(
    {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs"}
    | {b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"}
)
_CRITICAL = range(ord("A"), ord("Z") + 1)
_START = 8


def plan(file: BinaryIO, size: int, orientation: int) -> Splice:
    """Say what is sent of a file. Raises `CannotCleanError`; OSError where the disk fails."""
    out = Splice()
    out.copy(0, _START)
    position, kind = _START, b""
    while kind != b"IEND":
        file.seek(position)
        head = file.read(8)
        kind = head[4:]
        following = position + 12 + int.from_bytes(head[:4], "big")
        if len(head) < 8 or following > size or (position == _START) != (kind == b"IHDR"):
            raise CannotCleanError("chunks that make no sense")
        if kind in _KEPT or kind[0] in _CRITICAL:
            out.copy(position, following)
        if kind == b"IHDR" and orientation != 1:
            out.put(_chunk(b"eXIf", exif.oriented(orientation)))
        position = following
    return out


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
