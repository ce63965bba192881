"""Photos as rows and back. Small values are JSON, a path is its bytes as the system has them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.photos import Fingerprint, Payload, Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import CENTRE, Focus
from uploader.domain.subjects import Box

COLUMNS = (
    "id, reference, profile, path, state, added_at, state_since, bytes, mtime_ns, sha256, facts, "
    "findings, item, candidates, alt, focus, problem, attempts, not_before, remote_id, "
    "poll_address, sent, matches, sending_bytes, sending_sha256, recipe, orientation, "
    "edits, position, replaces"
)
"""The columns of a photo, in the order that `decode` reads. Of the others, `leaving` is the
list's affair and not the photo's."""

NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a damaged row raises."""

_KNOWN = 1000
"""Values kept that photos have in common, or that are soon read again: a photo is read before it
is changed and after. To read one of them takes longer than all else of a row."""


class Changes(TypedDict, total=False):
    """The fields of a `Photo` that may be changed; the state has methods of its own."""

    reference: str
    path: Path
    fingerprint: Fingerprint | None
    payload: Payload | None
    facts: Facts | None
    findings: tuple[Finding, ...]
    item: Item | None
    candidates: tuple[Item, ...]
    alt: str
    focus: Focus
    edits: Edits
    position: int | None
    replaces: str
    problem: Problem | None
    attempts: int
    not_before: float
    remote_id: str
    poll_address: str
    sent: int
    matches: bool | None
    page: str
    """Where the store shows it; goes to its line in the history alone."""


def encode_path(path: Path) -> bytes:
    """Give a path's bytes; a name that isn't valid UTF-8 comes back as it was."""
    return os.fsencode(path)


def encode(changes: Changes) -> dict[str, Any]:
    """Turn fields of a `Photo` into columns. Raises KeyError for what can't be changed."""
    columns: dict[str, Any] = {}
    for field, value in changes.items():
        if field == "fingerprint":
            columns |= _fingerprint_columns(changes["fingerprint"])
        elif field == "payload":
            columns |= _payload_columns(changes["payload"])
        elif field != "page":
            columns[field] = _ENCODERS[field](value)
    return columns


def decode(row: Sequence[Any]) -> Photo:
    """Read a photo from a row of `COLUMNS`. Raises one of `NONSENSE` for a damaged one."""
    (number, reference, profile, path, state, added_at, since, size, mtime, sha256, facts,
     findings, item, candidates, alt, focus, problem, attempts, not_before, remote_id,
     poll_address, sent, matches, *sending, edits, position, replaces) = row  # fmt: skip
    return Photo(
        id=number,
        reference=reference,
        profile=profile,
        path=decode_path(path),
        state=State(state),
        added_at=added_at,
        state_since=since,
        fingerprint=None if sha256 is None else Fingerprint(size, mtime, sha256),
        facts=_facts(facts) if facts else None,
        findings=_findings(findings) if findings else (),
        item=decode_item(item) if item else None,
        candidates=tuple(Item(**i) for i in json.loads(candidates)) if candidates else (),
        alt=alt,
        focus=Focus(*json.loads(focus)) if focus else CENTRE,
        problem=decode_problem(problem) if problem else None,
        attempts=attempts,
        not_before=not_before,
        remote_id=remote_id,
        poll_address=poll_address,
        sent=sent,
        matches=None if matches is None else bool(matches),
        payload=None if sending[1] is None else Payload(*sending),
        edits=_edits(edits) if edits else UNEDITED,
        position=position,
        replaces=replaces,
    )


@lru_cache(maxsize=_KNOWN)
def decode_path(raw: bytes) -> Path:
    """Read a path. Raises like `decode`."""
    return Path(os.fsdecode(raw))


@lru_cache(maxsize=_KNOWN)
def decode_item(text: str) -> Item:
    """Read an item; thousands of photos may share one. Raises like `decode`."""
    return Item(**json.loads(text))


@lru_cache(maxsize=_KNOWN)
def decode_problem(text: str) -> Problem:
    """Read a problem. Raises like `decode`."""
    return Problem(*json.loads(text))


def clean(text: str) -> str:
    """Text that SQLite takes: halves of surrogate pairs (from odd file names) become ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _fingerprint_columns(value: Fingerprint | None) -> dict[str, Any]:
    if value is None:
        return {"bytes": None, "mtime_ns": None, "sha256": None}
    return asdict(value)


def _payload_columns(value: Payload | None) -> dict[str, Any]:
    names = ("sending_bytes", "sending_sha256", "recipe", "orientation")
    return dict(zip(names, astuple(value) if value else (None,) * len(names), strict=True))


@lru_cache(maxsize=_KNOWN)
def _facts(text: str) -> Facts:
    value = json.loads(text)
    subject = value.get("subject")
    value["subject"] = Box(**subject) if subject else None
    return Facts(**{**value, "format": Format(value["format"])})


@lru_cache(maxsize=_KNOWN)
def _edits(text: str) -> Edits:
    return Edits(*json.loads(text))


@lru_cache(maxsize=_KNOWN)
def _findings(text: str) -> tuple[Finding, ...]:
    return tuple(_finding(found) for found in json.loads(text))


def _finding(value: Sequence[str]) -> Finding:
    kind, severity, sentence = value
    return Finding(FindingKind(kind), Severity(severity), sentence)


def _json_or_none(make: Callable[[Any], Any]) -> Callable[[Any], str | None]:
    @lru_cache(maxsize=_KNOWN)
    def encoded(value: Any) -> str | None:  # noqa: ANN401
        # Empty values are NULL: most photos have none of them, and decoding skips NULLs.
        return json.dumps(make(value)) if value else None

    return encoded


def _same(value: object) -> object:
    return value


_ENCODERS: dict[str, Callable[[Any], Any]] = {
    "reference": _same,
    "path": encode_path,
    "facts": _json_or_none(asdict),
    "findings": _json_or_none(lambda found: [(f.kind, f.severity, f.sentence) for f in found]),
    "item": _json_or_none(asdict),
    "candidates": _json_or_none(lambda items: [asdict(i) for i in items]),
    "alt": clean,
    "focus": _json_or_none(lambda f: [f.x, f.y]),
    "edits": _json_or_none(lambda e: [e.rotate, e.pad]),
    "position": _same,
    "replaces": clean,
    "problem": _json_or_none(lambda p: [p.title, p.detail]),
    "attempts": _same,
    "not_before": _same,
    "remote_id": clean,
    "poll_address": clean,
    "sent": _same,
    "matches": _same,
}
