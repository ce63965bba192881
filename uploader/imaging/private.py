"""What of a file is sent, so that where and with what a photo was taken stays at home.

Nothing is decoded: the picture's own bytes are the file's. Kept are pixels, colours and how the
picture is turned; gone are EXIF, XMP, IPTC, makers' notes, comments, previews within the file,
and whatever follows the picture.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

from uploader.domain.findings import Finding, FindingKind, Format, Severity
from uploader.imaging.scrub import gif, isobmff, jpeg, png, tiff, webp
from uploader.imaging.scrub.trouble import CannotCleanError
from uploader.imaging.splice import Splice, TooManyPiecesError

__all__ = ["VERSION", "CannotCleanError", "cleaned", "not_cleaned"]

VERSION = 1
"""The recipe's number. Another one for whatever makes other bytes of any file: a photo that is
half sent must go on with just the bytes with which it began."""

_PLANS: dict[Format, Callable[[BinaryIO, int, int], Splice]] = {
    Format.JPEG: jpeg.plan,
    Format.PNG: png.plan,
    Format.WEBP: webp.plan,
    Format.GIF: gif.plan,
    Format.TIFF: tiff.plan,
    Format.AVIF: isobmff.plan,
    Format.HEIC: isobmff.plan,
}


def cleaned(kind: Format, file: BinaryIO, size: int, orientation: int = 1) -> Splice:
    """Say what is sent of a file of `size` bytes; the same file gives the same bytes, always.

    `orientation` is EXIF's, 1 to 8, as our decoder reads it (`Facts.orientation`); TIFF, HEIC
    and AVIF keep it by themselves. Raises `CannotCleanError` where it isn't certain what of the
    file is the picture; OSError where the disk fails.
    """
    if kind not in _PLANS:  # BMP has no place for any of it
        splice = Splice()
        splice.copy(0, size)
        return splice
    file.seek(0)
    try:
        return _PLANS[kind](file, size, orientation)
    except (TooManyPiecesError, ValueError, IndexError, OverflowError, struct.error) as error:
        raise CannotCleanError(str(error)) from error


def not_cleaned(kind: Format) -> Finding:
    """Warn that a file is sent with all that it tells."""
    return Finding(
        FindingKind.NOT_CLEANED,
        Severity.WARNING,
        f"What this {kind.label} tells of place and camera can’t be removed; it is sent as it is.",
    )
