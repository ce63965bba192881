"""A finished derivative, and its file as the shop stores it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from uploader.domain.findings import Format
from uploader.domain.styles import Style
from uploader.imaging import kinds
from uploader.imaging.geometry import Plan, Size


@dataclass(frozen=True, slots=True)
class Encoded:
    """A derivative's file: its bytes, MIME type and ending (``.jpg``)."""

    data: bytes
    mime: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One style of one photo: upright, sRGB, RGB or RGBA.

    `frames` are all of the same size, one for a still; `durations` are milliseconds, one for
    each frame of an animation; `loop` is how often it plays, 0 for ever, None once.
    """

    style: Style
    plan: Plan
    source: Format
    frames: tuple[Image.Image, ...]
    durations: tuple[int, ...] = ()
    loop: int | None = None

    @property
    def image(self) -> Image.Image:
        """The first frame."""
        return self.frames[0]

    @property
    def size(self) -> Size:
        """Width × height in pixels."""
        return Size(*self.image.size)

    @property
    def animated(self) -> bool:
        """Whether there is more than one frame."""
        return len(self.frames) > 1

    def rgba(self) -> bytes:
        """Give the first frame as width × height × 4 bytes, rows without padding."""
        return self.image.convert("RGBA").tobytes()

    @property
    def format(self) -> Format:
        """The kind of file it is stored as: animations as they were, stills by their alpha."""
        if self.animated:
            return Format.WEBP if self.source is Format.WEBP else Format.GIF
        return Format.PNG if self.image.mode == "RGBA" else Format.JPEG

    def encode(self) -> Encoded:
        """Make the file, without any metadata of the original's."""
        out = io.BytesIO()
        kind = self.format
        self.image.save(out, kind.name, **self._options(kind))
        return Encoded(out.getvalue(), kind.value, kinds.usual_suffix(kind))

    def _options(self, kind: Format) -> dict[str, Any]:
        if kind is Format.JPEG:
            return {"quality": 92, "subsampling": 0, "optimize": True}
        if kind is Format.PNG:
            return {"compress_level": 6}
        options: dict[str, Any] = {
            "save_all": True,
            "append_images": self.frames[1:],
            "duration": list(self.durations),
        }
        if self.loop is not None:
            options["loop"] = self.loop
        return options | ({"quality": 90} if kind is Format.WEBP else {"disposal": 2})
