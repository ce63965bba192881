"""Whether what was read makes sense: stored values against the types that they should have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from uploader.domain.history import HistoryLine
from uploader.domain.photos import LAST_POSITION, Payload, Photo
from uploader.outbox.codec import NONSENSE, decode
from uploader.outbox.history import decode_line

_REFERENCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")

LARGEST_ID = 2**31 - 1
"""Ids travel as C integers in the window's signals."""

LATEST = 32e9
"""Seconds since the epoch, all that is REAL in an outbox: later, in the year 2984, no system can
tell the date of all that the program runs on."""

_STORED: Mapping[str, tuple[type, ...]] = {
    "INTEGER": (int,), "REAL": (float, int), "TEXT": (str,), "BLOB": (bytes,),
}  # fmt: skip
_STORED_AS = {int: "integer", float: "real", str: "text", bytes: "blob"}


def photo_of(row: Sequence[Any]) -> Photo | None:
    """Read a photo; None where any part of it makes no sense."""
    try:
        photo = decode(row)
    except NONSENSE:
        return None
    return photo if _conforms(photo, Photo) and _is_possible(photo) else None


def is_line(row: Sequence[Any]) -> bool:
    """Whether a row of the history can be read."""
    try:
        return _conforms(decode_line(row), HistoryLine)
    except NONSENSE:
        return False


def fits(value: object, declared: str, *, required: bool) -> bool:
    """Whether a stored value is of its column's declared type."""
    if value is None:
        return not required
    kinds = _STORED.get(declared.upper())
    if kinds is None:
        return True
    return type(value) in kinds and (float not in kinds or 0 <= value <= LATEST)  # type: ignore[operator]


def misfit(name: str, declared: str, *, required: bool) -> str:
    """Say in SQL what `fits` doesn't let pass in this column."""
    kinds = _STORED.get(declared.upper())
    if kinds is None:
        return f'"{name}" IS NULL' if required else "0"
    known = [_STORED_AS[kind] for kind in kinds] + ([] if required else ["null"])
    wrong = f"""typeof("{name}") NOT IN ({", ".join(f"'{kind}'" for kind in known)})"""
    return wrong if float not in kinds else f'{wrong} OR "{name}" NOT BETWEEN 0 AND {LATEST}'


def _is_possible(photo: Photo) -> bool:
    prints, content = photo.fingerprint, photo.payload
    path = str(photo.path)
    return (
        _REFERENCE.fullmatch(photo.reference) is not None
        and 0 < photo.id <= LARGEST_ID
        and "\0" not in path
        and path != "."
        and min(photo.added_at, photo.state_since, photo.not_before) >= 0
        and min(photo.attempts, photo.sent) >= 0
        and (photo.position is None or 1 <= photo.position <= LAST_POSITION)
        and (prints is None or (prints.bytes >= 0 and _SHA256.fullmatch(prints.sha256) is not None))
        and (content is None or (prints is not None and _is_possible_content(content)))
    )


def _is_possible_content(content: Payload) -> bool:
    return (
        content.bytes >= 0
        and _SHA256.fullmatch(content.sha256) is not None
        and content.recipe >= 0
        and content.orientation in range(1, 9)
    )


def _is_number_of_use(value: object) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _conforms(value: object, kind: type) -> bool:
    """Whether a value, and all within it, is what its type says. Bool isn't taken for a number."""
    return _check_of(kind)(value)


Check = Callable[[object], bool]


@cache
def _check_of(hint: Any) -> Check:  # noqa: ANN401
    """Make a check from a type once: thousands of rows are held to it."""
    if isinstance(hint, UnionType):
        one, other = map(_check_of, get_args(hint))
        return lambda value: one(value) or other(value)
    if get_origin(hint) is tuple:
        each = _check_of(get_args(hint)[0])
        return lambda value: isinstance(value, tuple) and all(map(each, value))
    if hint is float:
        return lambda value: type(value) in (float, int) and _is_number_of_use(value)
    if is_dataclass(hint):
        assert isinstance(hint, type)
        return _check_of_fields(hint)
    if hint in (int, bool, str, type(None)):
        return lambda value: type(value) is hint
    assert issubclass(hint, Enum | Path), hint
    return lambda value: isinstance(value, hint)


def _check_of_fields(kind: type) -> Check:
    checks = [(attrgetter(name), _check_of(hint)) for name, hint in _hints(kind).items()]

    def check(value: object) -> bool:
        if type(value) is not kind:
            return False
        # No `all`: this is asked 200,000 times at a start.
        for get, is_right in checks:  # noqa: SIM110
            if not is_right(get(value)):
                return False
        return True

    return check


def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
