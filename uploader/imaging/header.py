"""Read a picture's header: everything that is known and refused before a pixel is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from uploader.domain.findings import Facts, Format, Limits
from uploader.imaging import kinds, refusals
from uploader.imaging.colour import profile_name
from uploader.imaging.containers import DamagedError, Survey, survey
from uploader.imaging.geometry import Size
from uploader.imaging.orientation import upright
from uploader.imaging.pillow import BrokenFileError, exif_of, open_image, orientation_of
from uploader.imaging.refusals import RefusedError
from uploader.imaging.source import byte_length

_MAKE, _MODEL, _GPS = 0x010F, 0x0110, 0x8825

_MOST_FRAMES = 10_000
"""Seven minutes of film. Each costs work however small, so that pixels alone bound nothing."""


@dataclass(frozen=True, slots=True)
class Header:
    """A picture that is open but not decoded, and what its header says."""

    image: Image.Image
    facts: Facts


def read_header(file: BinaryIO, limits: Limits, *, suffix: str, thorough: bool) -> Header:
    """Check type, bytes, pixels and, where `thorough`, completeness; then ask Pillow.

    `suffix` is the name's ending, for the sentence. Raises `RefusedError`; OSError where the
    disk fails.
    """
    size = byte_length(file)
    if not size:
        raise RefusedError(refusals.EMPTY)
    kind = _taken_kind(file.read(kinds.HEAD), limits, suffix)
    if size > limits.max_bytes:
        raise RefusedError(refusals.too_many_bytes(limits))
    found = _surveyed(kind, file, size, thorough=thorough)
    facts = Facts(kind, found.width, found.height, size, frames=found.frames)
    _check_pixels(facts, limits)
    if not found.complete:
        raise RefusedError(refusals.TRUNCATED, facts if facts.pixels else None)
    try:
        image = open_image(kind, file)
    except BrokenFileError:
        raise RefusedError(refusals.damaged(kind), facts) from None
    facts = _described(image, facts)
    _check_pixels(facts, limits)
    return Header(image, facts)


def _taken_kind(head: bytes, limits: Limits, suffix: str) -> Format:
    kind = kinds.format_of(head)
    if kind is None:
        other = kinds.other_picture(head)
        if other:
            raise RefusedError(refusals.type_not_taken(other, limits.formats))
        raise RefusedError(refusals.not_a_photo(suffix))
    if limits.formats and kind not in limits.formats:
        raise RefusedError(refusals.type_not_taken(kind.label, limits.formats))
    return kind


def _surveyed(kind: Format, file: BinaryIO, size: int, *, thorough: bool) -> Survey:
    try:
        return survey(kind, file, size, thorough=thorough)
    except DamagedError:
        raise RefusedError(refusals.damaged(kind)) from None


def _check_pixels(facts: Facts, limits: Limits) -> None:
    size = Size(facts.width, facts.height)
    if facts.frames > _MOST_FRAMES:
        raise RefusedError(refusals.too_many_frames(facts.frames, _MOST_FRAMES), facts)
    if facts.pixels * facts.frames > limits.max_pixels:
        raise RefusedError(refusals.too_many_pixels(size, facts.frames, limits), facts)


def _described(image: Image.Image, facts: Facts) -> Facts:
    exif = exif_of(image)
    orientation = orientation_of(image, exif)
    width, height = upright(image.size, orientation)
    return Facts(
        format=facts.format,
        width=width,
        height=height,
        bytes=facts.bytes,
        orientation=orientation,
        frames=facts.frames,
        mode=image.mode,
        profile=profile_name(image.info.get("icc_profile")),
        camera=_camera(str(exif.get(_MAKE, "")), str(exif.get(_MODEL, ""))),
        has_gps=_GPS in exif,
    )


def _camera(make: str, model: str) -> str:
    """Join maker and model once each: most models name their maker already."""
    make, model = make.strip(" \0"), model.strip(" \0")
    if model.lower().startswith(make.lower()):
        return model
    return f"{make} {model}".strip()
