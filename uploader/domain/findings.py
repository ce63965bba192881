"""What inspecting a file found: facts, and findings with a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uploader.domain.subjects import Box


class Format(StrEnum):
    """Kinds of picture the program reads, by content. The value is the MIME type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    AVIF = "image/avif"
    HEIC = "image/heic"

    @property
    def label(self) -> str:
        """The name people use: ``JPEG``, ``WebP``."""
        return "WebP" if self is Format.WEBP else self.name


class FindingKind(StrEnum):
    """What can be found about a file. The value is stored and sent: never rename one."""

    MISSING = "missing"
    """The file is gone."""
    UNREADABLE = "unreadable"
    """The system refuses to open or read it."""
    NOT_A_FILE = "not-a-file"
    """A folder, a device, a pipe."""
    EMPTY = "empty"
    NOT_A_PHOTO = "not-a-photo"
    """Content of no known kind, whatever the name says."""
    TYPE_NOT_TAKEN = "type-not-taken"
    """A picture, but of a kind this store does not take."""
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    TRUNCATED = "truncated"
    """It ends before its content does."""
    DAMAGED = "damaged"
    """It can't be decoded."""
    NAME_DISAGREES = "name-disagrees"
    """The ending says another kind than the content (a warning)."""
    TOO_SMALL = "too-small"
    """A filling style would enlarge it (a warning)."""
    CHANGED = "changed"
    """It is no longer the file that was added."""
    NOT_CLEANED = "not-cleaned"
    """Its private data can't be removed (a warning)."""


class Severity(StrEnum):
    """How much a finding matters."""

    WARNING = "warning"
    """It can be sent; the person should know."""
    REFUSAL = "refusal"
    """It can't be used; nothing is sent."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with one sentence that says what and, where it helps, what to do."""

    kind: FindingKind
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a picture: all from its header, but where the product is.

    `width` and `height` are pixels of the upright picture (after `orientation`);
    `orientation` is EXIF's, 1 to 8; `bytes` is the file's size.
    """

    format: Format
    width: int
    height: int
    bytes: int
    orientation: int = 1
    frames: int = 1
    mode: str = "RGB"
    """Pillow's mode of the stored pixels: RGB, RGBA, L, P, CMYK, I;16 …"""
    profile: str = ""
    """The embedded colour profile's name, empty without one (then it is sRGB)."""
    camera: str = ""
    has_gps: bool = False
    judged: bool = False
    """Whether somebody has looked for the product."""
    subject: Box | None = None
    """Where the product is; None where that can't be told."""

    @property
    def pixels(self) -> int:
        """Width × height of one frame."""
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Limits:
    """What a store takes. Sizes in bytes and pixels; an empty `formats` takes every kind."""

    max_bytes: int = 50_000_000
    max_pixels: int = 200_000_000
    """Width × height × frames, as decoding an animation holds them all."""
    formats: frozenset[Format] = frozenset()


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result of looking at a file: facts where the header could be read, and findings."""

    facts: Facts | None
    findings: tuple[Finding, ...] = ()

    @property
    def refusal(self) -> Finding | None:
        """The finding for which the file can't be used, if there is one."""
        return next((f for f in self.findings if f.severity is Severity.REFUSAL), None)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that don't stop it."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)
