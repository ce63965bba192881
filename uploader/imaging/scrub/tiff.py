"""TIFF 6.0 and BigTIFF, in place: directories keep what a decoder needs, all else becomes zeros.

Offsets in a TIFF are absolute, so nothing moves. Only the header, the directories, the values
of the tags that are kept and the strips (tiles) stay: also what no tag leads to any more, and
the pictures of sub-directories, is gone.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO

from uploader.imaging.scrub.inplace import Changes, Range
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice

_KEPT = frozenset(
    {*range(254, 260), *range(262, 267), 273, 274, *range(277, 285), *range(290, 294), 296, 297}
    | {301, *range(317, 326), 332, 334, *range(338, 343), 347, *range(529, 533), 34675}
)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
          16: 8, 17: 8, 18: 8}  # fmt: skip
_LETTERS = {1: "B", 3: "H", 4: "I", 16: "Q"}
_MOST_ENTRIES, _MOST_PAGES, _MOST_VALUES = 4096, 1000, 1_000_000
_NONE, _OLD_JPEG = 1, 6
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _SAMPLES, _ROWS = 256, 257, 258, 259, 277, 278
_STRIPS, _TILES, _TILE_SIDES = (273, 279), (324, 325), (322, 323)


@dataclass(frozen=True, slots=True)
class _Layout:
    order: str
    offset: str
    count: str

    @property
    def inline(self) -> int:
        return struct.calcsize(self.offset)

    @property
    def entry(self) -> int:
        return 4 + 2 * self.inline


@dataclass(slots=True)
class _Walk:
    """One file: what must stay, and what is written over."""

    file: BinaryIO
    size: int
    layout: _Layout
    changes: Changes
    kept: list[Range] = field(default_factory=list)
    tags: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def read(self, start: int, count: int) -> bytes:
        self.file.seek(start)
        content = self.file.read(count)
        if len(content) < count:
            raise CannotCleanError("a part beyond the file")
        return content

    def number(self, letter: str, raw: bytes) -> int:
        return int(struct.unpack(self.layout.order + letter, raw)[0])


def plan(file: BinaryIO, size: int, _orientation: int) -> Splice:
    """Say what is sent of a file; its own tag of orientation stays.

    Raises `CannotCleanError`; OSError where the disk fails.
    """
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    big = head[2:4] in (b"+\0", b"\0+")
    layout = _Layout(order, "Q", "Q") if big else _Layout(order, "I", "H")
    walk = _Walk(file, size, layout, Changes(size))
    start = 16 if big else 8
    walk.kept.append((0, start))
    position = walk.number(layout.offset, walk.read(start - layout.inline, layout.inline))
    seen = set[int]()
    while position:
        if position in seen or len(seen) == _MOST_PAGES:
            raise CannotCleanError("pages without end")
        seen.add(position)
        position = _page(walk, position)
    walk.changes.blank_all_but(walk.kept, 0, size)
    return walk.changes.splice(walk.kept)


def _page(walk: _Walk, position: int) -> int:
    """Clean one directory, note what its picture needs; tell where the next one is."""
    layout = walk.layout
    lead = struct.calcsize(layout.count)
    count = walk.number(layout.count, walk.read(position, lead))
    if count > _MOST_ENTRIES:
        raise CannotCleanError("too many entries")
    raw = walk.read(position + lead, count * layout.entry + layout.inline)
    entries = [raw[at : at + layout.entry] for at in range(0, count * layout.entry, layout.entry)]
    following = raw[count * layout.entry :]
    walk.tags = {}
    stays = [entry for entry in entries if _stays(walk, entry)]
    text = struct.pack(layout.order + layout.count, len(stays)) + b"".join(stays) + following
    walk.changes.write(position, text + bytes(lead + len(raw) - len(text)))
    _picture(walk)
    return walk.number(layout.offset, following)


def _stays(walk: _Walk, entry: bytes) -> bool:
    """Whether a tag is the picture's; notes where its values lie, and those that are numbers."""
    order, inline = walk.layout.order, walk.layout.inline
    tag, kind, count = struct.unpack(f"{order}HH{walk.layout.offset}", entry[: 4 + inline])
    if tag not in _KEPT or kind not in _SIZES:
        return False
    length, raw = _SIZES[kind] * count, entry[4 + inline :]
    if length > walk.size or count > _MOST_VALUES * 50:
        raise CannotCleanError("values beyond the file")
    if length > inline:
        start = walk.number(walk.layout.offset, raw)
        walk.kept.append((start, start + length))
        if kind not in _LETTERS or count > _MOST_VALUES:
            return True
        raw = walk.read(start, length)
    if kind in _LETTERS:
        walk.tags[tag] = struct.unpack(f"{order}{count}{_LETTERS[kind]}", raw[:length])
    return True


def _picture(walk: _Walk) -> None:
    """Note where the strips or tiles lie."""
    tags = walk.tags
    if _first(tags, _COMPRESSION, _NONE) == _OLD_JPEG:
        raise CannotCleanError("JPEG in the old way, with offsets of its own")
    least = _least(tags) if _first(tags, _COMPRESSION, _NONE) == _NONE else 1
    found = False
    for offsets, lengths in (_STRIPS, _TILES):
        if len(tags.get(offsets, ())) != len(tags.get(lengths, ())):
            raise CannotCleanError("strips of unknown length")
        for start, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=True):
            found = True
            if length < 1:
                raise CannotCleanError("a strip without bytes")
            # Of what isn't packed, decoders read what they need, whatever length is told.
            walk.kept.append((start, max(start + length, min(start + least, walk.size))))
    if not found:
        raise CannotCleanError("no picture")


def _least(tags: dict[int, tuple[int, ...]]) -> int:
    """Tell how many bytes of a strip (tile) that isn't packed are read at most."""
    width, height = _first(tags, _WIDTH, 0), _first(tags, _HEIGHT, 0)
    rows = min(height, _first(tags, _ROWS, height))
    if _TILES[0] in tags:
        width, rows = (_first(tags, side, 0) for side in _TILE_SIDES)
    depths = tags.get(_BITS) or (1,)
    bits = max(sum(depths), depths[0] * _first(tags, _SAMPLES, 1))
    return (width * bits + 7) // 8 * rows


def _first(tags: dict[int, tuple[int, ...]], tag: int, default: int) -> int:
    values = tags.get(tag)
    return values[0] if values else default
