"""Pillow, opened lazily and without its own idea of what is too large.

The one place that knows plugins. Nothing is decoded here: `Image.open` reads headers.
"""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image

from uploader.domain.findings import Format

# Limits are the store's and are checked beforehand, also where Pillow would only warn.
Image.MAX_IMAGE_PIXELS = None

_PLUGINS = {
    Format.JPEG: ("JPEG", "PIL.JpegImagePlugin"),
    Format.PNG: ("PNG", "PIL.PngImagePlugin"),
    Format.WEBP: ("WEBP", "PIL.WebPImagePlugin"),
    Format.GIF: ("GIF", "PIL.GifImagePlugin"),
    Format.TIFF: ("TIFF", "PIL.TiffImagePlugin"),
    Format.BMP: ("BMP", "PIL.BmpImagePlugin"),
    Format.AVIF: ("AVIF", "PIL.AvifImagePlugin"),
    Format.HEIC: ("HEIF", "pillow_heif"),
}

_LONGEST_TEXT = 8 * 1024 * 1024
"""Bytes that a PNG's profile or text may unfold to; Pillow takes more than one MiB for damage."""

_KEY_SCALES: dict[object, int] = {"L;2": 85, "L;4": 17}
"""Grey of fewer bits: what its pixels are multiplied by."""

_heif_lock = threading.Lock()
_ORIENTATION = 0x0112
_TURNED_BY_PLUGIN = frozenset({"HEIF", "TIFF"})


class BrokenFileError(Exception):
    """A library can't make sense of the file."""


@contextlib.contextmanager
def translating() -> Iterator[None]:
    """Turn whatever Pillow and its plugins raise over a damaged file into `BrokenFileError`.

    They raise nearly every type there is. Running out of memory isn't the file's fault, and an
    OSError with a number comes from the disk.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BrokenFileError(str(error)) from error


def open_image(kind: Format, file: BinaryIO) -> Image.Image:
    """Read the headers of a file whose kind is known. Raises `BrokenFileError`."""
    name, module = _PLUGINS[kind]
    plugin = importlib.import_module(module)  # only what is needed: start-up time counts
    if kind is Format.HEIC:
        with _heif_lock:
            if name not in Image.OPEN:
                plugin.register_heif_opener()
    if kind is Format.PNG:
        plugin.MAX_TEXT_CHUNK = _LONGEST_TEXT  # type: ignore[attr-defined]
    with translating():
        file.seek(0)
        image = Image.open(file, formats=[name])
    if kind is Format.PNG:
        _scale_key(image)
    if kind is Format.TIFF:
        # Its plugin turns a picture also for this: see `exif_of`.
        image.info.pop("xmp", None)
    return image


def _scale_key(image: Image.Image) -> None:
    """Bring the transparent colour to the eight bits that the plugin's pixels have.

    It leaves it as it stands in the file. Of sixteen bits the low ones are gone by then; for
    grey of sixteen, which stays as it is, see `colour`.
    """
    key = image.info.get("transparency")
    tile = getattr(image, "tile", [])
    raw = tile[0].args if tile else ""
    if isinstance(key, int) and raw in _KEY_SCALES:
        image.info["transparency"] = key * _KEY_SCALES[raw]
    elif isinstance(key, tuple) and raw == "RGB;16B":
        image.info["transparency"] = tuple(part >> 8 for part in key)


def exif_of(image: Image.Image) -> Image.Exif:
    """Give what the camera wrote, empty where there is nothing readable.

    XMP is left alone: neither ImageMagick nor browsers turn a picture for it.
    """
    exif = Image.Exif()
    with contextlib.suppress(BrokenFileError), translating():
        if image.format == "TIFF":  # its own directory is what others embed
            return image.getexif()
        if raw := image.info.get("exif"):
            exif.load(raw)
        return exif
    return Image.Exif()


def orientation_of(image: Image.Image, exif: Image.Exif) -> int:
    """Give EXIF's orientation, 1 to 8; 1 where it is missing or nonsense.

    1 also for HEIC and TIFF, which their plugins turn by themselves.
    """
    value = exif.get(_ORIENTATION, 1)
    if image.format in _TURNED_BY_PLUGIN or value not in range(1, 9):
        return 1
    return int(value)
