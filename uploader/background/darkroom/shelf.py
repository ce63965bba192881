"""Finished previews on disk, so that a list opened anew shows them without decoding its photos.

A file for each photo, named by a hash of all that its previews depend on: a CRC-32, then a frame
with a lossless WebP for each style. What can't be read is thrown away; what can't be written
isn't there next time. Nothing is said of either: the photo itself is still there to render.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import shutil
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, WebPImagePlugin  # noqa: F401 - the plugin that reads what is kept

from uploader.background.darkroom import wire
from uploader.background.darkroom.wire import Frame, WireError
from uploader.domain.photos import Photo
from uploader.domain.styles import Style
from uploader.imaging.geometry import RENDERING
from uploader.imaging.rendered import Rendered

log = logging.getLogger(__name__)

MOST_BYTES = 200_000_000
"""About 6,000 photos with both styles."""
ROOM_LEFT = 500_000_000
"""Bytes of the disk that are left to others: the list of photos needs some to go on."""
_CRC = 4
_KEPT = ".preview"
_NEW = ".new"

_DAMAGED = (OSError, EOFError, WireError, ValueError, TypeError, KeyError, SyntaxError)
"""What reading a damaged file raises; SyntaxError is Pillow's."""


class Shelf:
    """A folder of previews, at most `limit` bytes; the longest unused go first. One thread."""

    def __init__(self, folder: Path, limit: int = MOST_BYTES) -> None:
        self._folder, self._limit = folder, limit
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._known = False
        self.bytes = 0

    def get(self, photo: Photo, styles: Sequence[Style]) -> Frame | None:
        """Give shapes and pixels as `Develop` does; None where they aren't there."""
        name = _name(photo, styles)
        if name is None:
            return None
        path = self._folder / name
        try:
            frame = _unpacked(path.read_bytes())
            os.utime(path)
        except FileNotFoundError:
            return None
        except PermissionError:
            return None
        except _DAMAGED as error:
            log.info("a kept preview can't be used: %s", type(error).__name__)
            self._drop(name)
            return None
        if name in self._sizes:
            self._sizes.move_to_end(name)
        return frame

    def put(self, photo: Photo, styles: Sequence[Style], made: Mapping[str, Rendered]) -> None:
        """Keep what was rendered, as long as there is room."""
        name = _name(photo, styles)
        if name is None:
            return
        self._look_around()
        new = self._folder / (name + _NEW)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(self._folder).free < ROOM_LEFT:
                return
            data = _packed(made)
            new.write_bytes(data)
            new.replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            return
        self._count(name, len(data))
        self._make_room()

    def _look_around(self) -> None:
        """Learn once what is there, the longest unused first."""
        if self._known:
            return
        self._known = True
        found: list[tuple[float, str, int]] = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    said = entry.stat(follow_symlinks=False)
                    found.append((said.st_mtime, entry.name, said.st_size))
        for _, name, size in sorted(found):
            if name.endswith(_NEW):  # left by an end in mid-write
                self._drop(name)
            elif name.endswith(_KEPT):
                self._count(name, size)
        self._make_room()

    def _count(self, name: str, size: int) -> None:
        self.bytes += size - self._sizes.pop(name, 0)
        self._sizes[name] = size

    def _make_room(self) -> None:
        while self.bytes > self._limit and self._sizes:
            self._drop(next(iter(self._sizes)))

    def _drop(self, name: str) -> None:
        self.bytes -= self._sizes.pop(name, 0)
        with contextlib.suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)


def _name(photo: Photo, styles: Sequence[Style]) -> str | None:
    """Name the file by content, styles and all that the person chose; None for unknown content."""
    if photo.fingerprint is None:
        return None
    wanted = [(style.name, style.geometry) for style in styles]
    said = repr((photo.fingerprint.sha256, wanted, photo.focus, photo.edits, RENDERING))
    return hashlib.sha256(said.encode()).hexdigest()[:40] + _KEPT


def _packed(made: Mapping[str, Rendered]) -> bytes:
    out = io.BytesIO()
    blobs = tuple(_encoded(one.image) for one in made.values())
    wire.write(out, Frame({"names": list(made)}, blobs))
    data = out.getvalue()
    return zlib.crc32(data).to_bytes(_CRC, "big") + data


def _encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    # The quickest of the lossless ways: a third larger files would be the price of PNG.
    image.save(out, "WEBP", lossless=True, method=0, quality=0, exact=True)
    return out.getvalue()


def _unpacked(data: bytes) -> Frame:
    if zlib.crc32(data[_CRC:]) != int.from_bytes(data[:_CRC], "big"):
        raise WireError("damaged")
    head, blobs = wire.read(io.BytesIO(data[_CRC:]))
    shapes, pixels = [], []
    for name, blob in zip(head["names"], blobs, strict=True):
        with Image.open(io.BytesIO(blob), formats=["WEBP"]) as image:
            shapes.append((name, *image.size))
            pixels.append(image.convert("RGBA").tobytes())
    return Frame({"bitmaps": shapes}, tuple(pixels))
