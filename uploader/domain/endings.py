"""What names a picture. The content decides; a name only decides whether to look."""

from __future__ import annotations

from uploader.domain.findings import Format

OF_FORMATS = {
    # Browsers on Windows save JPEGs as .jfif.
    Format.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    Format.PNG: (".png", ".apng"),
    Format.WEBP: (".webp",),
    Format.GIF: (".gif",),
    Format.TIFF: (".tif", ".tiff"),
    Format.BMP: (".bmp", ".dib"),
    Format.AVIF: (".avif", ".avifs"),
    # Cameras call it .HIF.
    Format.HEIC: (".heic", ".heif", ".hif"),
}
"""The usual one first."""

ENDINGS = frozenset(ending for endings in OF_FORMATS.values() for ending in endings)
"""In small letters, with the dot."""
