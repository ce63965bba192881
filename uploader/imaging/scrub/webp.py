"""WebP (RFC 9649): the chunks of the picture; VP8X's flags say what else there is."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from uploader.imaging.scrub import exif
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_ALPHA, _EXIF, _XMP = 0x10, 0x08, 0x04
_EXTENDED_SIZE = 10


class _Chunk(NamedTuple):
    kind: bytes
    start: int
    length: int

    @property
    def padded(self) -> int:
        return 8 + self.length + (self.length & 1)


def plan(file: BinaryIO, size: int, orientation: int) -> Splice:
    """Say what is sent of a file. Raises `CannotCleanError`; OSError where the disk fails."""
    chunks = [chunk for chunk in _chunks(file, size) if chunk.kind in _KEPT]
    extended = _extended(file, chunks, orientation)
    note = _chunk(b"EXIF", exif.oriented(orientation)) if orientation != 1 else b""
    parts = [chunk for chunk in chunks if chunk.kind != b"VP8X"]
    length = 4 + len(extended) + sum(chunk.padded for chunk in parts) + len(note)
    out = Splice()
    _keep_or_put(file, out, 0, b"RIFF" + length.to_bytes(4, "little") + b"WEBP")
    if extended:
        _keep_or_put(file, out, 12, extended)
    for chunk in parts:
        stop = chunk.start + chunk.padded
        out.copy(chunk.start, min(stop, size))
        out.put(bytes(stop - min(stop, size)))  # the last padding byte is sometimes missing
    out.put(note)
    return out


def _keep_or_put(file: BinaryIO, out: Splice, start: int, text: bytes) -> None:
    """Put in a text; the file's own bytes where they are the same."""
    file.seek(start)
    if file.read(len(text)) == text:
        out.copy(start, start + len(text))
    else:
        out.put(text)


def _chunks(file: BinaryIO, size: int) -> list[_Chunk]:
    file.seek(4)
    end = 8 + int.from_bytes(file.read(4), "little")
    found, position = list[_Chunk](), 12
    while position + 8 <= min(size, end):
        file.seek(position)
        head = file.read(8)
        chunk = _Chunk(head[:4], position, int.from_bytes(head[4:], "little"))
        if position + 8 + chunk.length > size:
            raise CannotCleanError("a chunk beyond the file")
        found.append(chunk)
        position += chunk.padded
    return found


def _extended(file: BinaryIO, chunks: list[_Chunk], orientation: int) -> bytes:
    """Give the chunk that tells what the file has; empty for a plain one without EXIF."""
    if not chunks:
        raise CannotCleanError("no picture")
    first = chunks[0]
    file.seek(first.start + 8)
    head = file.read(_EXTENDED_SIZE)
    if first.kind == b"VP8X":
        if first.length != _EXTENDED_SIZE or any(c.kind == b"VP8X" for c in chunks[1:]):
            raise CannotCleanError("a strange header")
        flags = head[0] & ~(_EXIF | _XMP)
        return _chunk(b"VP8X", _flagged(flags, orientation) + head[1:])
    if orientation == 1:
        return b""
    if first.kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        across, down, flags = bits & 0x3FFF, bits >> 14 & 0x3FFF, _ALPHA * (bits >> 28 & 1)
    elif first.kind == b"VP8 ":
        across = (int.from_bytes(head[6:8], "little") & 0x3FFF) - 1
        down = (int.from_bytes(head[8:10], "little") & 0x3FFF) - 1
        flags = 0
    else:
        raise CannotCleanError("no picture")
    sides = across.to_bytes(3, "little") + down.to_bytes(3, "little")
    return _chunk(b"VP8X", _flagged(flags, orientation) + bytes(3) + sides)


def _flagged(flags: int, orientation: int) -> bytes:
    return bytes([flags | (_EXIF if orientation != 1 else 0)])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content
