"""The items of a HEIF file: what each is (`iinf`) and where its content lies (`iloc`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from uploader.imaging.scrub.trouble import CannotCleanError

_MOST_ITEMS = 100_000
_IN_FILE, _IN_DATA = 0, 1


class Place(NamedTuple):
    """Where a part of an item lies, in bytes; `inside`: counted within the `idat` box."""

    start: int
    length: int
    inside: bool


def items_of(body: bytes) -> dict[int, bytes]:
    """Read `iinf`: the type of each item. Raises `CannotCleanError`."""
    file = io.BytesIO(body)
    version = _number(file, 4) >> 24
    count = _number(file, 2 if version == 0 else 4)
    return dict(_item(entry) for entry in _entries(file, count))


def _entries(file: BinaryIO, count: int) -> Iterator[BinaryIO]:
    if count > _MOST_ITEMS:
        raise CannotCleanError("too many items")
    for _ in range(count):
        length = _number(file, 4)
        if file.read(4) != b"infe" or length < 8:
            raise CannotCleanError("an item that is none")
        yield io.BytesIO(file.read(length - 8))


def _item(entry: BinaryIO) -> tuple[int, bytes]:
    version = _number(entry, 4) >> 24
    if version not in (2, 3):
        raise CannotCleanError("an item of an unknown kind")
    number = _number(entry, 2 if version == 2 else 4)
    entry.seek(2, 1)
    return number, entry.read(4)


def places_of(body: bytes) -> dict[int, list[Place]]:
    """Read `iloc`: where each item's content lies. Raises `CannotCleanError`."""
    file = io.BytesIO(body)
    version = _number(file, 4) >> 24
    sizes = _number(file, 2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if version > 2 or not {offset, length, base} <= {0, 4, 8}:
        raise CannotCleanError("places that can’t be read")
    count = _number(file, 2 if version < 2 else 4)
    if count > _MOST_ITEMS:
        raise CannotCleanError("too many items")
    found: dict[int, list[Place]] = {}
    for _ in range(count):
        number = _number(file, 2 if version < 2 else 4)
        method = _number(file, 2) & 15 if version else _IN_FILE
        if _number(file, 2) or method not in (_IN_FILE, _IN_DATA) or number in found:
            raise CannotCleanError("content that lies elsewhere")
        start = _number(file, base)
        places = found[number] = []
        for _ in range(_number(file, 2)):
            file.seek(index if version else 0, 1)
            at = start + _number(file, offset)
            places.append(Place(at, _number(file, length), method == _IN_DATA))
            if not places[-1].length:
                raise CannotCleanError("content of unknown length")
    return found


def _number(file: BinaryIO, size: int) -> int:
    raw = file.read(size)
    if len(raw) < size:
        raise CannotCleanError("a list that breaks off")
    return int.from_bytes(raw, "big")
