"""The little EXIF of our own: the orientation, without which a photo would lie on its side."""

from __future__ import annotations

import struct

_ORIENTATION, _SHORT = 0x0112, 3

EMPTY = struct.pack("<2sHIHI", b"II", 42, 8, 0, 0)
"""EXIF that says nothing, for where it has to be something."""


def oriented(orientation: int) -> bytes:
    """Give EXIF (a TIFF structure) that tells `orientation`, 1 to 8, and nothing else."""
    entry = struct.pack("<HHIHxx", _ORIENTATION, _SHORT, 1, orientation)
    return struct.pack("<2sHIH", b"II", 42, 8, 1) + entry + bytes(4)
