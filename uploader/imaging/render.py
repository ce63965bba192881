"""Render a photo in all styles from one decode: the preview, and the store's derivative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts, Finding, Format, Limits
from uploader.domain.styles import CENTRE, Focus, Style
from uploader.imaging import refusals
from uploader.imaging.canvas import Canvas
from uploader.imaging.colour import resizable, to_srgb
from uploader.imaging.geometry import Geometry, Plan, Size
from uploader.imaging.header import Header, read_header
from uploader.imaging.orientation import Box, stored_box, turned, upright
from uploader.imaging.padding import Padding
from uploader.imaging.pillow import BrokenFileError, translating
from uploader.imaging.refusals import RefusedError
from uploader.imaging.rendered import Encoded, Rendered
from uploader.imaging.resample import reduced, resample
from uploader.imaging.source import opened

__all__ = ["Encoded", "RenderError", "Rendered", "render"]

_OVERSAMPLING = 1.5
"""How many times finer than the finest style JPEG is decoded at least."""
_REDUCING_GAP = 3.0
"""How many times finer block averages are kept, for kinds without such a decoder."""


_LIMITS = Limits()

_LONGEST, _LONGEST_MOVING_WEBP = 65_500, 16_383
"""Pixels in a side that libjpeg and libwebp write at most; GIF and browsers end at 65,535."""

_COLOUR_MAPPED = frozenset({"P", "PA", "1", "L"})
"""Modes which ImageMagick 6 reads into a colour map, grey too (but for TIFF's)."""


class RenderError(RefusedError):
    """The photo can't be rendered; `finding` says why in a sentence."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done alike to every frame. Sizes and boxes are those of the canvas."""

    facts: Facts
    canvas: Canvas
    plans: dict[Style, Plan]
    profile: bytes | None
    soft: bool

    @property
    def size(self) -> Size:
        return self.canvas.size

    @property
    def ratio(self) -> float:
        """How many source pixels, in a line, the finest style has for one of its own."""
        return min(
            min(self.size.width / plan.scaled.width, self.size.height / plan.scaled.height)
            for plan in self.plans.values()
        )

    @property
    def held(self) -> float:
        """Pixels of the canvas that are held at most while a frame is made smaller."""
        side = max(1.0, self.ratio / (2 * _REDUCING_GAP))
        return self.size.pixels / (side * side)


def render(
    source: Path | BinaryIO | bytes,
    styles: Sequence[Style],
    *,
    focus: Focus = CENTRE,
    edits: Edits = UNEDITED,
    limits: Limits = _LIMITS,
) -> dict[str, Rendered]:
    """Render every style, by name. Thread-safe.

    The styles are made of the picture as `edits` make it, and `focus` is a point of that.
    Raises `RenderError` for a file that can't be used, `GeometryError` for a style that can't
    be read.
    """
    geometries = {style: Geometry.parse(style.geometry) for style in styles}
    try:
        with opened(source) as file:
            header = read_header(file, limits, suffix="", thorough=False)
            job = _job(header, geometries, focus, edits, limits)
            return _rendered(header.image, job)
    except RefusedError as error:
        raise RenderError(error.finding, error.facts) from error
    except MemoryError:
        raise RenderError(refusals.NO_MEMORY) from None


def _job(
    header: Header,
    geometries: dict[Style, Geometry],
    focus: Focus,
    edits: Edits,
    limits: Limits,
) -> _Job:
    facts = header.facts
    canvas = Canvas.of(Size(facts.width, facts.height), edits, facts.orientation)
    plans = {style: geometry.plan(canvas.size, focus) for style, geometry in geometries.items()}
    for style, plan in plans.items():
        _check_result(style, plan.result, facts, limits)
    image = header.image
    # Padded, it has no colour map any more.
    mapped = image.mode in _COLOUR_MAPPED and not canvas.is_padded
    if facts.format is Format.TIFF and image.mode == "L":
        mapped = False
    soft = mapped or image.has_transparency_data
    job = _Job(facts, canvas, plans, image.info.get("icc_profile"), soft)
    if plans and canvas.is_padded and job.held > limits.max_pixels:
        raise RefusedError(refusals.too_many_pixels(canvas.size, 1, limits), facts)
    return job


def _check_result(style: Style, size: Size, facts: Facts, limits: Limits) -> None:
    """Refuse what would take too much memory, and what couldn't be written to a file."""
    if size.pixels * facts.frames > limits.max_pixels:
        raise RefusedError(refusals.too_many_pixels(size, facts.frames, limits), facts)
    moving_webp = facts.format is Format.WEBP and facts.frames > 1
    longest = _LONGEST_MOVING_WEBP if moving_webp else _LONGEST
    if max(size.width, size.height) > longest:
        raise RefusedError(refusals.too_long(style.name, size, longest), facts)


def _rendered(image: Image.Image, job: _Job) -> dict[str, Rendered]:
    frames: dict[Style, list[Image.Image]] = {style: [] for style in job.plans}
    durations: list[int] = []
    padding: Padding | None = None
    for stored, scale in _decoded(image, job):
        if not durations:
            padding = Padding.of(job.canvas, stored)
        for style, plan in job.plans.items():
            frames[style].append(_derived(stored, scale, plan, job, padding))
        durations.append(round(image.info.get("duration", 0)))
    animated = len(durations) > 1
    return {
        style.name: Rendered(
            style,
            plan,
            job.facts.format,
            _alike(frames[style]),
            tuple(durations) if animated else (),
            image.info.get("loop") if animated else None,
        )
        for style, plan in job.plans.items()
    }


def _decoded(image: Image.Image, job: _Job) -> Iterator[tuple[Image.Image, float]]:
    """Decode frame by frame; give each with the number of stored pixels that one stands for.

    Only small frames are kept by the caller, so that memory doesn't grow with their number.
    """
    scale = 1
    if job.facts.format is Format.JPEG and job.plans:
        scale = _drafted(image, job.ratio)
    for number in range(job.facts.frames if job.plans else 0):
        try:
            with translating():
                # Where it opens is the picture: a HEIC's primary one need not be its first.
                if number:
                    image.seek(number)
                image.load()
                stored = resizable(image)
        except BrokenFileError as error:
            raise RefusedError(_broken(error, job.facts), job.facts) from error
        factor = max(1, int(job.ratio / scale / _REDUCING_GAP))
        yield reduced(stored, factor), float(scale * factor)


def _drafted(image: Image.Image, ratio: float) -> int:
    """Have JPEG decoded at 1/8, 1/4 or 1/2: its own block averages, at a fraction of the work."""
    for scale in (8, 4, 2):
        if ratio / scale >= _OVERSAMPLING:
            width, height = image.size
            image.draft(None, (max(1, width // scale), max(1, height // scale)))
            return scale
    return 1


def _derived(
    stored: Image.Image, scale: float, plan: Plan, job: _Job, padding: Padding | None
) -> Image.Image:
    orientation = job.canvas.orientation
    x, y, width, height = plan.crop_in_source(job.size)
    whole = upright((job.size.width, job.size.height), orientation)
    box = stored_box((x, y, x + width, y + height), whole, orientation)
    result = upright((plan.result.width, plan.result.height), orientation)
    if padding is None:
        box = _scaled_box(box, scale, stored.size)
    else:
        stored, box = padding.onto(stored, box, scale)
    small = resample(stored, result, box, soft=job.soft)
    derived = _without_idle_alpha(to_srgb(turned(small, orientation), job.profile))
    # Encoders write what they find here: comments, and the profile of colours that were others.
    derived.info = {}
    return derived


def _scaled_box(box: Box, scale: float, size: tuple[int, int]) -> Box:
    """Keep the box exact, though the last block of an averaged picture may be a part of one."""
    left, top, right, bottom = box
    return left / scale, top / scale, min(right / scale, size[0]), min(bottom / scale, size[1])


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _alike(frames: list[Image.Image]) -> tuple[Image.Image, ...]:
    """Give all frames alpha where one has it, none where none needs it."""
    mode = "RGBA" if any(frame.mode == "RGBA" for frame in frames) else "RGB"
    return tuple(frame if frame.mode == mode else frame.convert(mode) for frame in frames)


def _broken(error: BrokenFileError, facts: Facts) -> Finding:
    """Tell apart, where the library does, a file that ends early from one that is wrong."""
    return refusals.TRUNCATED if "truncated" in str(error) else refusals.damaged(facts.format)
