"""What a walk through a container tells."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO


class DamagedError(Exception):
    """The structure contradicts itself: no decoder can read it."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Stored width × height in pixels (0 where unknown), and whether all bytes are there.

    `frames` is 1 for all that isn't animated. The size is that of the canvas which holds
    every frame, so that a small screen with a huge frame can't deceive.
    """

    width: int
    height: int
    frames: int = 1
    complete: bool = True


def unpack(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    """Read and unpack the next bytes; raises `struct.error` where the file ends before."""
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
