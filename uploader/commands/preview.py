"""``store-uploader preview``: one photo as the app previews it and the store makes it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from uploader.domain.edits import Edits
from uploader.domain.findings import Inspection
from uploader.domain.styles import Style
from uploader.imaging.geometry import Geometry, GeometryError
from uploader.imaging.inspect import inspect
from uploader.imaging.render import RenderError, render

USAGE = 2
REFUSED = 3


def preview(
    file: Path, geometry: str, output: Path | None, *, edits: Edits, inspect_only: bool
) -> int:
    """Render `file`, edited so, in a geometry to a PNG; print the findings where asked for.

    Returns 0, 2 (a geometry or an output that can't be used) or 3 (the file is refused; the
    sentence is on stderr).
    """
    try:
        Geometry.parse(geometry)
    except GeometryError as error:
        return _fail(str(error), USAGE)
    inspection = inspect(file)
    if inspect_only:
        sys.stdout.write(json.dumps(_findings(inspection), ensure_ascii=False) + "\n")
    if inspection.refusal is not None:
        return _fail(inspection.refusal.sentence, REFUSED)
    if output is None:
        return 0 if inspect_only else _fail("Say where to write with -o FILE.png.", USAGE)
    try:
        rendered = render(file, [Style("preview", geometry)], edits=edits)["preview"]
    except RenderError as error:
        return _fail(error.finding.sentence, REFUSED)
    try:
        rendered.image.save(output, format="PNG")
    except OSError as error:
        return _fail(f"{output} can't be written: {error.strerror or error}.", USAGE)
    return 0


def _findings(inspection: Inspection) -> dict[str, Any]:
    refusal = inspection.refusal
    return {
        "usable": refusal is None,
        "facts": asdict(inspection.facts) if inspection.facts else None,
        "findings": [asdict(finding) for finding in inspection.findings],
    }


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code
