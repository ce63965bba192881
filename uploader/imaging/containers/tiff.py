"""TIFF 6.0 and BigTIFF: the first directory tells the size and where the strips lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from uploader.imaging.containers.survey import DamagedError, Survey, unpack

_WIDTH, _HEIGHT = 256, 257
_PLACES = {273: 279, 324: 325}
"""Tags of the strips' (tiles') offsets, and of their lengths."""
_LETTERS = {1: "B", 3: "H", 4: "I", 16: "Q"}
_MOST_ENTRIES = 4096


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
    return Survey(width, height, complete=_strips_are_there(tags, size))


def _directory(
    file: BinaryIO, size: int, layout: _Layout, position: int
) -> dict[int, tuple[int, ...]]:
    file.seek(position)
    (count,) = unpack(file, layout.order + layout.count)
    if count > _MOST_ENTRIES:
        raise DamagedError("too many entries")
    entry = layout.order + "HH" + layout.offset + f"{layout.inline}s"
    entries = [unpack(file, entry) for _ in range(count)]
    wanted = {_WIDTH, _HEIGHT, *_PLACES, *_PLACES.values()}
    return {
        tag: _values(file, size, layout, (kind, number, raw))
        for tag, kind, number, raw in entries
        if tag in wanted and kind in _LETTERS
    }


def _values(
    file: BinaryIO, size: int, layout: _Layout, entry: tuple[int, int, bytes]
) -> tuple[int, ...]:
    kind, number, raw = entry
    length = struct.calcsize(_LETTERS[kind]) * number
    if length > size:  # before any memory is taken for it
        raise struct.error
    if length > layout.inline:
        file.seek(struct.unpack(layout.order + layout.offset, raw)[0])
        raw = file.read(length)
    return struct.unpack(f"{layout.order}{number}{_LETTERS[kind]}", raw[:length])


def _strips_are_there(tags: dict[int, tuple[int, ...]], size: int) -> bool:
    return all(
        offset + length <= size
        for offsets, lengths in _PLACES.items()
        for offset, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False)
    )
