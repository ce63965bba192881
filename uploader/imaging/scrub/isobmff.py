"""HEIC and AVIF (ISO/IEC 14496-12, 23008-12), in place: private items lose their content.

Items are found by absolute offsets, so nothing moves: EXIF becomes EXIF that says nothing, XMP
and what no item refers to becomes zeros, boxes of others become free space. How the picture
is turned stands in properties (`irot`, `imir`), which stay.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from uploader.imaging.scrub import exif
from uploader.imaging.scrub.inplace import Changes, Range
from uploader.imaging.scrub.items import Place, items_of, places_of
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_OUTER = frozenset({b"ftyp", b"meta", b"mdat", b"moov"})
_META = frozenset(
    {b"hdlr", b"pitm", b"iinf", b"iloc", b"iref", b"iprp", b"idat", b"dinf", b"grpl", b"ipro"}
)
_PRIVATE_ITEMS = frozenset({b"Exif", b"mime", b"uri "})
_PRIVATE_PROPERTIES = frozenset({b"udes", b"crtt", b"mdft"})
"""Descriptions, and the times of taking and changing."""
_PRIVATE_IN_FILM = frozenset({b"udta", b"meta", b"uuid"})
_FILM = frozenset({b"trak", b"mdia", b"edts", b"minf", b"stbl"})
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_MOST_META, _MOST_BOXES = 16_000_000, 10_000


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    stop: int


@dataclass(slots=True)
class _Walk:
    file: BinaryIO
    size: int
    changes: Changes
    kept: list[Range] = field(default_factory=list)
    count: int = 0

    def boxes(self, start: int, stop: int) -> Iterator[_Box]:
        while start < stop:
            self.count += 1
            box = self._box(start, stop)
            if self.count > _MOST_BOXES:
                raise CannotCleanError("too many boxes")
            yield box
            start = box.stop

    def _box(self, start: int, stop: int) -> _Box:
        head = self.read(start, min(16, stop - start))
        length, body = int.from_bytes(head[:4], "big"), start + 8
        if length == 1:
            length, body = int.from_bytes(head[8:16], "big"), start + 16
        elif length == 0:
            length = stop - start
        if body > start + length or start + length > stop:
            raise CannotCleanError("a box beyond its place")
        return _Box(head[4:8], start, body, start + length)

    def read(self, start: int, count: int) -> bytes:
        self.file.seek(start)
        content = self.file.read(count)
        if len(content) < count:
            raise CannotCleanError("a part beyond the file")
        return content

    def free(self, box: _Box) -> None:
        """Make a box free space."""
        self.changes.write(box.start + 4, b"free")
        self.changes.blank(box.body, box.stop)


def plan(file: BinaryIO, size: int, _orientation: int) -> Splice:
    """Say what is sent of a file; how it is turned stays as it is.

    Raises `CannotCleanError`; OSError where the disk fails.
    """
    walk = _Walk(file, size, Changes(size))
    outer = list(walk.boxes(0, size))
    try:
        private = [part for box in outer if box.kind == b"meta" for part in _meta(walk, box)]
        for box in outer:
            if box.kind == b"moov":
                _film(walk, box)
            elif box.kind not in _OUTER:
                walk.free(box)
    except struct.error:
        raise CannotCleanError("a box that breaks off") from None
    if not any(box.kind == b"moov" for box in outer):
        for box in outer:
            if box.kind == b"mdat":
                walk.changes.blank_all_but([*walk.kept, *private], box.body, box.stop)
    return walk.changes.splice(walk.kept)


def _meta(walk: _Walk, box: _Box) -> list[Range]:
    """Clean the picture's description and its private items; tell where these lie."""
    if box.stop - box.start > _MOST_META:
        raise CannotCleanError("a description without end")
    parts: dict[bytes, _Box] = {}
    for part in walk.boxes(box.body + 4, box.stop):
        if part.kind not in _META:
            walk.free(part)
        parts[part.kind] = part
    if not {b"iinf", b"iloc"} <= parts.keys():
        raise CannotCleanError("no items")
    if b"iprp" in parts:
        _properties(walk, parts[b"iprp"])
    data = parts.get(b"idat")
    kinds = items_of(_body(walk, parts[b"iinf"]))
    private = list[Range]()
    for number, places in places_of(_body(walk, parts[b"iloc"])).items():
        ranges = [_range(place, data) for place in places]
        if kinds.get(number) in _PRIVATE_ITEMS:
            private += ranges
            _silence(walk, kinds[number], ranges)
        else:
            walk.kept += ranges
    return private


def _range(place: Place, data: _Box | None) -> Range:
    if not place.inside:
        return place.start, place.start + place.length
    if data is None or data.body + place.start + place.length > data.stop:
        raise CannotCleanError("content beyond its place")
    return data.body + place.start, data.body + place.start + place.length


def _silence(walk: _Walk, kind: bytes, ranges: list[Range]) -> None:
    """Make an item say nothing."""
    for index, (start, stop) in enumerate(ranges):
        text = b""
        if kind == b"Exif" and index == 0:
            text = bytes(4) + exif.EMPTY  # some decoders refuse a file whose EXIF is none
            if stop - start < len(text):
                raise CannotCleanError("no room")
        walk.changes.write(start, text)
        walk.changes.blank(start + len(text), stop)


def _properties(walk: _Walk, box: _Box) -> None:
    for container in walk.boxes(box.body, box.stop):
        if container.kind == b"ipco":
            for part in walk.boxes(container.body, container.stop):
                if part.kind in _PRIVATE_PROPERTIES:
                    walk.changes.blank(min(part.body + 4, part.stop), part.stop)


def _film(walk: _Walk, box: _Box) -> None:
    """Clean the description of a moving picture: notes, and the times of its making."""
    for part in walk.boxes(box.body, box.stop):
        if part.kind in _PRIVATE_IN_FILM:
            walk.free(part)
        elif part.kind in _TIMED:
            length = 16 if walk.read(part.body, 1) == b"\x01" else 8
            walk.changes.blank(part.body + 4, min(part.body + 4 + length, part.stop))
        elif part.kind in _FILM:
            _film(walk, part)


def _body(walk: _Walk, box: _Box) -> bytes:
    return walk.read(box.body, box.stop - box.body)
