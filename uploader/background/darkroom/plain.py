"""What a look at a file told, built from the plain values that came through the pipe.

Each raises one of `jobs.NONSENSE` for what makes no sense.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from uploader.domain.findings import Facts, Finding, FindingKind, Format, Inspection, Severity
from uploader.domain.photos import Fingerprint, Payload
from uploader.engine.payload import Look

_T = TypeVar("_T")
_TYPES = {"int": int, "str": str, "bool": bool}


def inspection(value: dict[str, Any]) -> Inspection:
    """Build an inspection."""
    found = value["facts"]
    return Inspection(
        None if found is None else _facts(found), tuple(_finding(f) for f in value["findings"])
    )


def look(value: dict[str, Any]) -> Look:
    """Build what one read of a file told."""
    payload = value["payload"]
    return Look(
        _checked(Fingerprint, value["fingerprint"]),
        None if payload is None else _checked(Payload, payload),
        bool(value["can_be_cleaned"]),
    )


def _facts(value: dict[str, Any]) -> Facts:
    return _checked(Facts, {**value, "format": Format(value["format"])})


def _finding(value: dict[str, Any]) -> Finding:
    return Finding(FindingKind(value["kind"]), Severity(value["severity"]), str(value["sentence"]))


def _checked(kind: type[_T], value: dict[str, Any]) -> _T:
    """Build a dataclass of numbers, texts and truths, each of the type that it says."""
    made = kind(**value)
    for field in fields(kind):  # type: ignore[arg-type]
        wanted = _TYPES.get(str(field.type))
        if wanted is not None and type(getattr(made, field.name)) is not wanted:
            raise TypeError(f"{field.name} of a wrong type")
    return made
