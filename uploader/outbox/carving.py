"""Rows read from a database's pages themselves, where SQLite finds no way to them.

A page that holds rows is readable by itself: its rows are lost only to SQLite when the pages
above it are damaged. After SQLite's file format: "B-tree Pages", "Record Format".
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Value = int | float | str | bytes | None

_TABLE_LEAF = 0x0D
_INDEX_LEAF = 0x0A
_HEADER = 100
_LARGEST = 1_000_000
"""Bytes of a row at most; a larger one is damage."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it is stored; `rowid` is None in tables without and in indexes."""

    rowid: int | None
    values: tuple[Value, ...]


def carve(path: Path, page_size: int) -> Iterator[Record]:
    """Give every row that stands in a page of the file, whole. Raises OSError."""
    if path.stat().st_size < page_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pages = _Pages(data, page_size)
        for number in range(1, len(data) // page_size + 1):
            yield from pages.records(number)


@dataclass(frozen=True, slots=True)
class _Pages:
    data: mmap.mmap
    size: int

    def page(self, number: int) -> bytes:
        """Give a page, counted from 1. Raises ValueError where there is none."""
        if not 1 <= number <= len(self.data) // self.size:
            raise ValueError(number)
        return self.data[(number - 1) * self.size : number * self.size]

    def records(self, number: int) -> Iterator[Record]:
        page = self.page(number)
        start = _HEADER if number == 1 else 0
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF):
            return
        for index in range(int.from_bytes(page[start + 3 : start + 5], "big")):
            at = start + 8 + 2 * index
            cell = int.from_bytes(page[at : at + 2], "big")
            try:
                yield self._record(page, cell, in_table=kind == _TABLE_LEAF)
            except (IndexError, ValueError, struct.error):
                continue

    def _record(self, page: bytes, at: int, *, in_table: bool) -> Record:
        length, at = _varint(page, at)
        rowid = None
        if in_table:
            rowid, at = _varint(page, at)
        if not 0 < length <= _LARGEST:
            raise ValueError(length)
        return Record(rowid, _values(self._payload(page, at, length, in_table=in_table)))

    def _payload(self, page: bytes, at: int, length: int, *, in_table: bool) -> bytes:
        """Put a row together that may go on in overflow pages."""
        most = self.size - 35 if in_table else (self.size - 12) * 64 // 255 - 23
        if length <= most:
            return _exactly(page[at : at + length], length)
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        parts = [page[at : at + local]]
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        left = length - local
        while left > 0:
            overflow = self.page(following)
            following = int.from_bytes(overflow[:4], "big")
            parts.append(overflow[4 : 4 + min(left, self.size - 4)])
            left -= self.size - 4
        return _exactly(b"".join(parts), length)


def _values(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != end:
        raise ValueError(at)
    values = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """Read one value of a serial type, and where the next one begins."""
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    size = {5: 6, 6: 8, 7: 8}.get(kind, kind) if kind < 10 else (kind - 12) // 2
    if kind in (10, 11):
        raise ValueError(kind)
    raw, after = _exactly(payload[at : at + size], size), at + size
    if kind == 7:
        return struct.unpack(">d", raw)[0], after
    if kind < 10:
        return int.from_bytes(raw, "big", signed=True), after
    return (raw.decode() if kind % 2 else raw), after


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; give it and where the next one begins."""
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return (value - (1 << 64) if value >= 1 << 63 else value), at + count + 1


def _exactly(part: bytes, length: int) -> bytes:
    if len(part) != length:
        raise ValueError(length)
    return part
