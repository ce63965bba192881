"""The styles that a shop declares, and by which it is told that a picture's are up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.styles import DEFAULT_STYLES, Style
from uploader.imaging.geometry import RENDERING, Geometry, GeometryError

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_TAKEN = "original"
_MOST = 20
_MODEL = '{"thumb": "100x100>", "square": "200x200#"}'


def read_styles(text: str, variable: str = "STORE_STYLES") -> tuple[Style, ...]:
    """Read a JSON object of names and geometries, in its order; empty means the default two.

    Raises ValueError with a sentence that names the variable.
    """
    if not text:
        return DEFAULT_STYLES
    try:
        said = json.loads(text, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, tuple):
        raise ValueError(  # noqa: TRY004 - all that is wrong with it is one kind of error
            f"{variable} must be a JSON object such as {_MODEL}."
        )
    if not 0 < len(said) <= _MOST or len(dict(said)) < len(said):
        raise ValueError(f"{variable} must name 1 to {_MOST} styles, each once.")
    return tuple(_style(name, geometry, variable) for name, geometry in said)


def _style(name: str, geometry: object, variable: str) -> Style:
    if not _NAME.fullmatch(name) or name == _TAKEN:
        raise ValueError(
            f"{variable}: a style's name has small letters, digits, - and _, at most 32, and"
            f" isn't {_TAKEN!r}; not {name!r}."
        )
    if not isinstance(geometry, str):
        raise ValueError(  # noqa: TRY004 - so is this
            f"{variable}: the geometry of {name} must be text such as 100x100>."
        )
    try:
        Geometry.parse(geometry)
    except GeometryError as error:
        raise ValueError(f"{variable}: the geometry of {name}: {error}") from None
    return Style(name, geometry)


def recipes(styles: Sequence[Style], edits: Edits = UNEDITED) -> dict[str, str]:
    """Give, for every style, the text that differs where its picture might.

    What is done to the picture is part of it: a worker of the version before, which knows of no
    such thing, leaves styles that count as made by another recipe.
    """
    done = (f" turned {edits.rotate}" if edits.rotate else "") + (" padded" if edits.pad else "")
    return {style.name: f"{style.geometry} {RENDERING}{done}" for style in styles}
