"""Look at a file before anything else is done with it: what it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts, Finding, FindingKind, Inspection, Limits, Severity
from uploader.domain.styles import Style
from uploader.imaging import kinds
from uploader.imaging.canvas import Canvas
from uploader.imaging.geometry import Geometry, Modifier, Size
from uploader.imaging.header import read_header
from uploader.imaging.refusals import RefusedError
from uploader.imaging.source import opened

_LIMITS = Limits()


def inspect(
    source: Path | BinaryIO,
    limits: Limits = _LIMITS,
    *,
    name: str = "",
    thorough: bool = True,
) -> Inspection:
    """Tell facts and findings without decoding a pixel. Raises nothing.

    `name` is the file's, where `source` doesn't know it. `thorough` also walks through the
    container to see that it is whole, reading at most the file once.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        with opened(source) as file:
            suffix = PurePath(name).suffix if kinds.promised_by(name) else ""
            facts = read_header(file, limits, suffix=suffix, thorough=thorough).facts
    except RefusedError as error:
        return Inspection(error.facts, (error.finding,))
    return Inspection(facts, _name_disagrees(name, facts))


def enlarged(facts: Facts, styles: Sequence[Style], edits: Edits = UNEDITED) -> Finding | None:
    """Warn of a filling style for which the photo is too small; None where it suffices."""
    canvas = Canvas.of(Size(facts.width, facts.height), edits)
    size, own = canvas.size, canvas.picture
    for style in styles:
        geometry = Geometry.parse(style.geometry)
        scaled = geometry.plan(size).scaled
        if geometry.modifier is Modifier.FILL and scaled.width > size.width:
            return Finding(
                FindingKind.TOO_SMALL,
                Severity.WARNING,
                f"Only {own.width} × {own.height} pixels: “{style.name}” will look blurred.",
            )
    return None


def _name_disagrees(name: str, facts: Facts) -> tuple[Finding, ...]:
    promised = kinds.promised_by(name)
    if promised in (None, facts.format):
        return ()
    suffix = PurePath(name).suffix
    sentence = f"The name ends in {suffix}, but this is {facts.format.label}. It will do."
    return (Finding(FindingKind.NAME_DISAGREES, Severity.WARNING, sentence),)
