"""What migrations do that SQL can't say. Like them: never changed once released.

So nothing here reads through `codec`, which follows the newest tables.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from uploader.domain.history import ENDED, search_text
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Item

_SENT = (State.UPLOADING, State.UNCERTAIN, State.PROCESSING, State.LIVE, State.ALREADY,
         State.STALLED, State.FAILED, State.REJECTED)  # fmt: skip
_STARTED = "Sending began"


def write_history(db: sqlite3.Connection) -> None:
    """Give every photo whose sending had begun its line, in the order of the sending."""
    marks = ", ".join("?" * len(_SENT))
    query = (
        "SELECT reference, profile, path, item, bytes, sha256, problem, remote_id, state, "  # noqa: S608
        "state_since, (SELECT min(at) FROM events WHERE photo_id = photos.id AND text = ?) "
        f"FROM photos WHERE state IN ({marks})"
    )
    lines = [_line(row) for row in db.execute(query, (_STARTED, *_SENT))]
    lines.sort(key=lambda line: line["sent_at"])
    db.executemany(
        "INSERT OR IGNORE INTO history (reference, profile, path, item, bytes, sha256, problem, "
        "remote_id, outcome, sent_at, ended_at, words, changed) VALUES (:reference, :profile, "
        ":path, :item, :bytes, :sha256, :problem, :remote_id, :outcome, :sent_at, :ended_at, "
        ":words, :changed)",
        [{**line, "changed": number} for number, line in enumerate(lines, 1)],
    )


def _line(row: tuple[Any, ...]) -> dict[str, Any]:
    reference, profile, path, item, size, sha256, problem, remote_id, state, since, began = row
    return {
        "reference": reference,
        "profile": profile,
        "path": path,
        "item": item,
        "bytes": size,
        "sha256": sha256,
        "problem": problem,
        "remote_id": remote_id,
        "outcome": state,
        "sent_at": since if began is None else began,
        "ended_at": since if state in ENDED else None,
        "words": _words(path, item, remote_id, problem),
    }


def _words(path: bytes, item: str | None, remote_id: str, problem: str | None) -> str:
    known, why = None, None
    # A value that can't be read isn't worth an outbox that can't be opened.
    with contextlib.suppress(ValueError, TypeError):
        known = Item(**json.loads(item)) if item else None
    with contextlib.suppress(ValueError, TypeError):
        why = Problem(*json.loads(problem)) if problem else None
    return search_text(Path(os.fsdecode(path)), known, remote_id, why)
