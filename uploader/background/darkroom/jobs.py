"""What is done in the darkroom. A job goes there whole; only plain values and pixels come back.

`do` runs where the pictures are decoded and imports what it needs there; `read` runs in the
program and believes nothing: what comes back went through decoders of files that anybody made.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from uploader.background.darkroom.wire import Frame, WireError
from uploader.background.values import Bitmap
from uploader.domain.findings import Limits
from uploader.domain.photos import Photo
from uploader.domain.styles import Style
from uploader.domain.subjects import Box

if TYPE_CHECKING:
    from uploader.background.darkroom.shelf import Shelf
    from uploader.engine.examine import Examined

# ruff: noqa: PLC0415 - Pillow is imported where it works, and never before the first paint.

log = logging.getLogger(__name__)

T_co = TypeVar("T_co", covariant=True)

NONSENSE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading an answer raises that isn't one."""


class Job(Protocol[T_co]):
    """One thing to do."""

    def do(self, shelf: Shelf | None) -> Frame:
        """Do it, where pictures are decoded."""

    def read(self, frame: Frame) -> T_co:
        """Understand the answer. Raises one of `NONSENSE` or `WireError` for what isn't one."""


@dataclass(frozen=True, slots=True)
class Develop:
    """Render a photo. Gives bitmaps by style, none for a photo that can't be rendered."""

    photo: Photo
    styles: tuple[Style, ...]
    limits: Limits
    kept: bool = True
    """Whether the result is worth a place on the shelf."""

    def do(self, shelf: Shelf | None) -> Frame:
        """Take it from the shelf, else render it."""
        from uploader.engine.fingerprint import stands
        from uploader.imaging.render import render

        photo = self.photo
        # The shelf knows previews by the content that was looked at: not what lies there now.
        kept = self.kept and stands(photo.path, photo.fingerprint)
        if shelf is not None and self.kept and (found := shelf.get(photo, self.styles)):
            return found
        try:
            made = render(
                photo.path,
                self.styles,
                focus=photo.focus,
                edits=photo.edits,
                limits=self.limits,
            )
        except Exception as error:  # the file may vanish or change at any time; the check says so
            return Frame({"bitmaps": [], "why": repr(error)})
        if shelf is not None and kept and stands(photo.path, photo.fingerprint):
            shelf.put(photo, self.styles, made)
        shapes = [(name, one.size.width, one.size.height) for name, one in made.items()]
        return Frame({"bitmaps": shapes}, tuple(one.rgba() for one in made.values()))

    def read(self, frame: Frame) -> dict[str, Bitmap]:
        """Put shapes and pixels together."""
        if "why" in frame.head:
            log.info("no preview of photo %d: %s", self.photo.id, frame.head["why"])
        shapes = frame.head["bitmaps"]
        made = {
            str(name): Bitmap(int(width), int(height), rgba)
            for (name, width, height), rgba in zip(shapes, frame.blobs, strict=True)
        }
        if any(len(one.rgba) != one.width * one.height * 4 for one in made.values()):
            raise WireError("pixels that don't fit their shape")
        return made


@dataclass(frozen=True, slots=True)
class Shrink:
    """Make a picture that a store sent small enough for a list; None for what is no picture."""

    data: bytes
    style: Style

    def do(self, _shelf: Shelf | None) -> Frame:
        """Render it."""
        from uploader.imaging.render import render

        try:
            made = render(self.data, [self.style])[self.style.name]
        except Exception as error:  # whatever a store calls a picture
            return Frame({"shape": None, "why": repr(error)})
        return Frame({"shape": [made.size.width, made.size.height]}, (made.rgba(),))

    def read(self, frame: Frame) -> Bitmap | None:
        """Put shape and pixels together."""
        if frame.head["shape"] is None:
            log.info("no picture of an item: %s", frame.head["why"])
            return None
        (width, height), (rgba,) = frame.head["shape"], frame.blobs
        if len(rgba) != int(width) * int(height) * 4:
            raise WireError("pixels that don't fit their shape")
        return Bitmap(int(width), int(height), rgba)


@dataclass(frozen=True, slots=True)
class Examine:
    """Take the first look at a file (`uploader.engine.examine`)."""

    path: Path
    limits: Limits
    clean: bool

    def do(self, _shelf: Shelf | None) -> Frame:
        """Inspect it and read it once."""
        from uploader.engine.examine import examine
        from uploader.engine.source import FileTroubleError

        try:
            found, look = examine(self.path, self.limits, clean=self.clean)
        except FileTroubleError as trouble:
            return Frame({"trouble": trouble.kind})
        return Frame({"inspection": asdict(found), "look": None if look is None else _look(look)})

    def read(self, frame: Frame) -> Examined:
        """Build the values. Raises `FileTroubleError` where the look did."""
        from uploader.background.darkroom import plain
        from uploader.domain.findings import FindingKind
        from uploader.engine.examine import Examined
        from uploader.engine.source import FileTroubleError

        if "trouble" in frame.head:
            raise FileTroubleError(FindingKind(frame.head["trouble"]))
        found, look = plain.inspection(frame.head["inspection"]), frame.head["look"]
        if look is None and found.refusal is None:
            raise WireError("neither used nor refused")
        return Examined(found, None if look is None else plain.look(look))


@dataclass(frozen=True, slots=True)
class Seek:
    """Look for the product (`uploader.imaging.subject`)."""

    path: Path
    limits: Limits

    def do(self, _shelf: Shelf | None) -> Frame:
        """Decode it coarsely and look."""
        from uploader.imaging.render import RenderError
        from uploader.imaging.subject import find_subject

        try:
            found = find_subject(self.path, self.limits)
        except RenderError as error:
            return Frame({"subject": None, "why": repr(error)})
        return Frame({"subject": None if found is None else astuple(found)})

    def read(self, frame: Frame) -> Box | None:
        """Give the box."""
        if "why" in frame.head:
            log.info("no look for the product: %s", frame.head["why"])
        found = frame.head["subject"]
        if found is None:
            return None
        left, top, right, bottom = (float(edge) for edge in found)
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise WireError("a box outside of its picture")
        return Box(left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class Compare:
    """Compare what the store made with the preview (`uploader.engine.compare`)."""

    photo: Photo
    fetched: Mapping[Style, bytes]

    def do(self, _shelf: Shelf | None) -> Frame:
        """Decode and compare."""
        from uploader.engine.compare import compare_with_preview
        from uploader.engine.verify import NotAPictureError

        try:
            return Frame({"matches": compare_with_preview(self.photo, self.fetched)})
        except NotAPictureError as broken:
            return Frame({"broken": broken.style})

    def read(self, frame: Frame) -> bool | None:
        """Give the verdict. Raises `NotAPictureError`."""
        from uploader.engine.verify import NotAPictureError

        if "broken" in frame.head:
            raise NotAPictureError(str(frame.head["broken"]))
        matches = frame.head["matches"]
        return None if matches is None else bool(matches)


def _look(look: Any) -> dict[str, Any]:  # noqa: ANN401 - its type needs imports that come late
    payload = None if look.payload is None else asdict(look.payload)
    return {
        "fingerprint": asdict(look.fingerprint),
        "payload": payload,
        "can_be_cleaned": look.can_be_cleaned,
    }
