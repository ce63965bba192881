"""Whether what was read makes sense: stored values against the types that they should have."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from uploader.domain.history import HistoryLine
from uploader.domain.photos import Photo
from uploader.outbox.codec import decode
from uploader.outbox.history import decode_line

_REFERENCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")

_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)

LARGEST_ID = 2**31 - 1
"""Ids travel as C integers in the window's signals."""

_STORED: Mapping[str, tuple[type, ...]] = {
    "INTEGER": (int,), "REAL": (float, int), "TEXT": (str,), "BLOB": (bytes,),
}  # fmt: skip


def photo_of(row: Sequence[Any]) -> Photo | None:
    """Read a photo; None where any part of it makes no sense."""
    try:
        photo = decode(row)
    except _NONSENSE:
        return None
    return photo if _conforms(photo, Photo) and _is_possible(photo) else None


def is_line(row: Sequence[Any]) -> bool:
    """Whether a row of the history can be read."""
    try:
        return _conforms(decode_line(row), HistoryLine)
    except _NONSENSE:
        return False


def fits(value: object, declared: str, *, required: bool) -> bool:
    """Whether a stored value is of its column's declared type."""
    if value is None:
        return not required
    kinds = _STORED.get(declared.upper())
    return kinds is None or (type(value) in kinds and _is_number_of_use(value))


def _is_possible(photo: Photo) -> bool:
    prints = photo.fingerprint
    path = str(photo.path)
    return (
        _REFERENCE.fullmatch(photo.reference) is not None
        and 0 < photo.id <= LARGEST_ID
        and "\0" not in path
        and path != "."
        and min(photo.added_at, photo.state_since, photo.not_before) >= 0
        and min(photo.attempts, photo.sent) >= 0
        and (prints is None or (prints.bytes >= 0 and _SHA256.fullmatch(prints.sha256) is not None))
    )


def _is_number_of_use(value: object) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _conforms(value: object, hint: Any) -> bool:  # noqa: ANN401
    """Whether a value, and all within it, is what its type says. Bool isn't taken for a number."""
    if isinstance(hint, UnionType):
        return any(_conforms(value, option) for option in get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return isinstance(value, tuple) and all(_conforms(each, inner) for each in value)
    if hint is float:
        return type(value) in (float, int) and _is_number_of_use(value)
    if is_dataclass(hint):
        return type(value) is hint and all(
            _conforms(getattr(value, name), kind) for name, kind in _hints(type(value)).items()
        )
    if hint in (int, bool, str, type(None)):
        return type(value) is hint
    assert issubclass(hint, Enum | Path), hint
    return isinstance(value, hint)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
