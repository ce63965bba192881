"""Kinds of file told by their first bytes, never by a name; and what names promise."""

from __future__ import annotations

from pathlib import PurePath

from uploader.domain.endings import OF_FORMATS
from uploader.domain.findings import Format

HEAD = 512
"""As many bytes from the start of a file are enough to tell."""

_PREFIXES = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"II*\0", Format.TIFF),
    (b"MM\0*", Format.TIFF),
    (b"II+\0", Format.TIFF),
    (b"MM\0+", Format.TIFF),
)

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_ANY_BRANDS = frozenset({b"mif1", b"msf1"})

_OTHER_PICTURES = (
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "icon"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xffO\xffQ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"%PDF", "PDF"),
    (b"qoif", "QOI"),
    (b"FUJIFILMCCD-RAW", "camera raw"),
)

_BY_SUFFIX = {ending: kind for kind, endings in OF_FORMATS.items() for ending in endings}


def format_of(head: bytes) -> Format | None:
    """Tell the format from a file's first bytes (`HEAD` of them)."""
    for prefix, kind in _PREFIXES:
        if head.startswith(prefix):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[15:18] == b"\0\0\0":
        return Format.BMP
    return _by_brand(head) if head[4:8] == b"ftyp" else None


def _by_brand(head: bytes) -> Format | None:
    """ISO base media: the major brand decides, and where it is general the compatible ones."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = [major] if major not in _ANY_BRANDS else []
    brands += [head[at : at + 4] for at in range(16, end, 4)] if major in _ANY_BRANDS else []
    for brand in brands:
        if brand in _AVIF_BRANDS:
            return Format.AVIF
        if brand in _HEIC_BRANDS:
            return Format.HEIC
    return Format.HEIC if major in _ANY_BRANDS else None


def other_picture(head: bytes) -> str:
    """Name a kind of picture that the program doesn't read, or nothing."""
    for prefix, label in _OTHER_PICTURES:
        if head.startswith(prefix):
            return label
    if head[4:12] in (b"ftypcrx ", b"ftypjxl "):
        return "camera raw" if head[8:9] == b"c" else "JPEG XL"
    return "SVG" if b"<svg" in head else ""


def promised_by(name: str) -> Format | None:
    """Tell which format a file name's ending promises, if any."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def usual_suffix(kind: Format) -> str:
    """Give the ending that files of this kind have: ``.jpg``."""
    return OF_FORMATS[kind][0]
