"""How big a picture is and whether its file is whole, told from the container alone.

No pixel is decoded and no memory is taken that grows with what a header promises.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

from uploader.domain.findings import Format
from uploader.imaging.containers import bmp, gif, isobmff, jpeg, png, tiff, webp
from uploader.imaging.containers.survey import DamagedError, Survey

__all__ = ["DamagedError", "Survey", "survey"]

_WALKERS: dict[Format, Callable[[BinaryIO, int, bool], Survey]] = {
    Format.JPEG: jpeg.survey,
    Format.PNG: png.survey,
    Format.WEBP: webp.survey,
    Format.GIF: gif.survey,
    Format.TIFF: tiff.survey,
    Format.BMP: bmp.survey,
    Format.AVIF: isobmff.survey,
    Format.HEIC: isobmff.survey,
}


def survey(kind: Format, file: BinaryIO, size: int, *, thorough: bool = True) -> Survey:
    """Walk through a file of `size` bytes; to its end where `thorough`, else its header.

    Raises `DamagedError` for what can't be a file of this kind.
    """
    file.seek(0)
    try:
        return _WALKERS[kind](file, size, thorough)
    except struct.error:  # a structure reaches beyond the last byte
        return Survey(0, 0, complete=False)
