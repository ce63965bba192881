"""What goes through the pipes: a small head of JSON, then bytes as they are.

A frame is ``SUdr``, the head's length (four bytes, big-endian), the head, and its blobs one after
the other; the head's `sizes` tells how long each is. Pictures aren't touched on the way.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, NamedTuple

MOST_HEAD = 1 << 20
MOST_BYTES = 1 << 29
"""Bytes of all blobs of a frame: more than any picture we render, less than would end us."""

_START = struct.Struct(">4sI")
_MAGIC = b"SUdr"


class WireError(Exception):
    """What came isn't a frame, or is cut off."""


class Frame(NamedTuple):
    """One message."""

    head: dict[str, Any]
    blobs: tuple[bytes, ...] = ()


def write(file: BinaryIO, frame: Frame) -> None:
    """Send a frame. Raises OSError where nobody listens any more."""
    sizes = [len(blob) for blob in frame.blobs]
    head = json.dumps({**frame.head, "sizes": sizes}).encode()
    file.write(_START.pack(_MAGIC, len(head)) + head)
    for blob in frame.blobs:
        file.write(blob)
    file.flush()


def read(file: BinaryIO) -> Frame:
    """Wait for a frame. Raises EOFError where there is none any more, `WireError` for nonsense."""
    start = file.read(_START.size)
    if not start:
        raise EOFError
    magic, length = _START.unpack(_whole(start, _START.size))
    if magic != _MAGIC or length > MOST_HEAD:
        raise WireError("no frame")
    try:
        head = json.loads(_whole(file.read(length), length))
        sizes = head.pop("sizes")
        if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) > MOST_BYTES:
            raise WireError("sizes that can't be")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError("no head") from error
    return Frame(head, tuple(_whole(file.read(size), size) for size in sizes))


def _whole(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise WireError("cut off")
    return data
