"""The findings that refuse a file, each with its sentence.

The sentences leave out what happened to the upload: whoever shows them adds that.
"""

from __future__ import annotations

from collections.abc import Iterable

from uploader.domain.findings import Facts, Finding, FindingKind, Format, Limits, Severity
from uploader.imaging.geometry import Size


class RefusedError(Exception):
    """A file can't be used: `finding` says why; `facts` is what was learned before."""

    def __init__(self, finding: Finding, facts: Facts | None = None) -> None:
        super().__init__(finding.sentence)
        self.finding = finding
        self.facts = facts


def _refusal(kind: FindingKind, sentence: str) -> Finding:
    return Finding(kind, Severity.REFUSAL, sentence)


MISSING = _refusal(FindingKind.MISSING, "The file is no longer there.")
NO_PERMISSION = _refusal(FindingKind.UNREADABLE, "You don’t have permission to open this file.")
UNREADABLE = _refusal(FindingKind.UNREADABLE, "The file can’t be read. Its disk may have gone.")
FOLDER = _refusal(FindingKind.NOT_A_FILE, "This is a folder, not a photo.")
NOT_A_FILE = _refusal(FindingKind.NOT_A_FILE, "This is not a file but a device or a pipe.")
EMPTY = _refusal(FindingKind.EMPTY, "The file is empty.")
TRUNCATED = _refusal(FindingKind.TRUNCATED, "The file is damaged: it ends half-way.")
DECODER_DIES = _refusal(
    FindingKind.DAMAGED,
    "The file is damaged: nothing here can decode it. Save it anew in a picture editor.",
)
NO_MEMORY = _refusal(
    FindingKind.TOO_MANY_PIXELS, "The photo is too large for this computer’s memory."
)


def not_a_photo(suffix: str) -> Finding:
    """Refuse unknown content, whatever the name's ending (may be empty) promises."""
    sentence = "This is not a photo."
    if suffix:
        sentence = f"This is not a photo, although its name ends in {suffix}."
    return _refusal(FindingKind.NOT_A_PHOTO, sentence)


def type_not_taken(label: str, formats: Iterable[Format]) -> Finding:
    """Refuse a picture of a kind the store doesn't take; no `formats` stand for all kinds."""
    labels = [kind.label for kind in Format if kind in set(formats)] or [f.label for f in Format]
    taken = " and ".join([", ".join(labels[:-1]), labels[-1]] if labels[1:] else labels)
    return _refusal(
        FindingKind.TYPE_NOT_TAKEN, f"{label} pictures can’t be used here. Use {taken}."
    )


def too_many_bytes(limits: Limits) -> Finding:
    """Refuse more bytes than the store takes."""
    return _refusal(FindingKind.TOO_MANY_BYTES, f"Larger than {_bytes(limits.max_bytes)}.")


def too_many_pixels(size: Size, frames: int, limits: Limits) -> Finding:
    """Refuse more pixels, over all frames, than the store takes."""
    most, width, height = _millions(limits.max_pixels), f"{size.width:,}", f"{size.height:,}"
    sentence = f"Too large: {width} × {height} pixels are more than {most}."
    if frames > 1:
        sentence = f"Too large: {frames} frames of {width} × {height} pixels are more than {most}."
    return _refusal(FindingKind.TOO_MANY_PIXELS, sentence)


def too_many_frames(frames: int, most: int) -> Finding:
    """Refuse an animation of more frames than are worth decoding."""
    return _refusal(
        FindingKind.TOO_MANY_PIXELS, f"Too long: {frames:,} frames are more than {most:,}."
    )


def too_long(style: str, size: Size, most: int) -> Finding:
    """Refuse a photo of which a style would have a side that its kind of file can't hold."""
    width, height = f"{size.width:,}", f"{size.height:,}"
    return _refusal(
        FindingKind.TOO_MANY_PIXELS,
        f"Too long: its {style} would be {width} × {height} pixels, over {most:,} on a side.",
    )


def damaged(kind: Format) -> Finding:
    """Refuse a file that can't be decoded."""
    return _refusal(FindingKind.DAMAGED, f"The file is damaged: it can’t be read as {kind.label}.")


def _bytes(count: int) -> str:
    if count < 1_000_000:
        return f"{count / 1000:.3g} kB"
    return f"{count / 1_000_000:.4g} MB"


def _millions(pixels: int) -> str:
    return f"{pixels / 1_000_000:.3g} million" if pixels >= 1_000_000 else f"{pixels:,}"
