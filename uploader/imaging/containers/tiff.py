"""TIFF 6.0 and BigTIFF: the first directory tells the size and where the strips lie."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack

_WIDTH, _HEIGHT, _TILE_WIDTH, _TILE_HEIGHT = _SIDES = 256, 257, 322, 323
_PLACES = {273: 279, 324: 325}
"""Tags of the strips' (tiles') offsets, and of their lengths."""
_LETTERS = {1: "B", 3: "H", 4: "I", 16: "Q"}
_MOST_ENTRIES = 4096
_MOST_VALUES = 1_000_000
"""Of one tag: more strips and tiles than any picture within the limits has."""
_LARGE_TILE = 1 << 24
"""Pixels of a tile that may be larger than its picture: decoders take memory for all of it."""


@dataclass(frozen=True, slots=True)
class _Layout:
    order: str
    offset: str
    count: str

    @property
    def inline(self) -> int:
        return struct.calcsize(self.offset)


def survey(file: BinaryIO, size: int, _thorough: bool) -> Survey:
    """Read the first page's directory: later pages aren't shown."""
    order = "<" if file.read(2) == b"II" else ">"
    (version,) = unpack(file, order + "H")
    if version == 43:
        layout = _Layout(order, "Q", "Q")
        (directory,) = unpack(file, order + "xxxxQ")
    else:
        layout = _Layout(order, "I", "H")
        (directory,) = unpack(file, order + "I")
    tags = _directory(file, size, layout, directory)
    try:
        width, height = tags[_WIDTH][0], tags[_HEIGHT][0]
    except (KeyError, IndexError):
        raise DamagedError("no size") from None
    tile = math.prod(tags.get(_TILE_WIDTH, ())) * math.prod(tags.get(_TILE_HEIGHT, ()))
    if tile > max(width * height, _LARGE_TILE):
        raise DamagedError("a tile larger than the picture")
    return Survey(width, height, complete=_strips_are_there(tags, size))


def _directory(
    file: BinaryIO, size: int, layout: _Layout, position: int
) -> dict[int, tuple[int, ...]]:
    if position >= size:
        raise struct.error
    file.seek(position)
    (count,) = unpack(file, layout.order + layout.count)
    if count > _MOST_ENTRIES:
        raise DamagedError("too many entries")
    entry = layout.order + "HH" + layout.offset + f"{layout.inline}s"
    entries = [unpack(file, entry) for _ in range(count)]
    wanted = {*_SIDES, *_PLACES, *_PLACES.values()}
    values: dict[int, tuple[int, ...]] = {}
    for tag, kind, number, raw in entries:
        # Of a tag that is repeated the first counts, as for Pillow; the others cost nothing.
        if tag in wanted and tag not in values and kind in _LETTERS:
            most = 1 if tag in _SIDES else number
            values[tag] = _values(file, size, layout, (kind, min(number, most), raw))
    return values


def _values(
    file: BinaryIO, size: int, layout: _Layout, entry: tuple[int, int, bytes]
) -> tuple[int, ...]:
    kind, number, raw = entry
    length = struct.calcsize(_LETTERS[kind]) * number
    if length > size:  # before any memory is taken for it
        raise struct.error
    if number > _MOST_VALUES:
        raise DamagedError("too many values")
    if length > layout.inline:
        (position,) = struct.unpack(layout.order + layout.offset, raw)
        if position + length > size:
            raise struct.error
        file.seek(position)
        raw = file.read(length)
    return struct.unpack(f"{layout.order}{number}{_LETTERS[kind]}", raw[:length])


def _strips_are_there(tags: dict[int, tuple[int, ...]], size: int) -> bool:
    return all(
        offset + length <= size
        for offsets, lengths in _PLACES.items()
        for offset, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False)
    )
