"""What the outbox holds, in a few numbers: read beside the running program, for diagnostics."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from uploader.domain.states import State
from uploader.outbox.codec import NONSENSE, decode_path, decode_problem
from uploader.outbox.errors import OutboxError, opening_error
from uploader.outbox.schema import refuse_newer

STUCK = 50
"""Photos with a problem that are named at most."""

_ITEMS = """
    SELECT json_extract(item, '$.title'), json_extract(item, '$.sku') FROM photos
        WHERE json_valid(item)
    UNION SELECT json_extract(item, '$.title'), json_extract(item, '$.sku') FROM history
        WHERE json_valid(item)
"""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A photo with a problem, as its row says it."""

    path: Path
    state: str
    problem: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Numbers, and every name that must not be told with them.

    `counts` holds, for each profile, how many photos stand in each state; `paths` the files of
    the list and the history; `words` the titles and SKUs of their items.
    """

    schema: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    paths: frozenset[Path] = frozenset()
    words: frozenset[str] = frozenset()
    stuck: tuple[Stuck, ...] = ()


def survey(path: Path) -> Survey:
    """Look through the outbox at `path`, through a connection that can't write.

    Raises `OutboxTooNewError`, `OutboxError`.
    """
    if not path.exists():
        return Survey()
    try:
        refuse_newer(path)
        address = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as db:
            return _look(db)
    except sqlite3.Error as error:
        raise opening_error(error) from error
    except NONSENSE as error:
        raise OutboxError from error


def _look(db: sqlite3.Connection) -> Survey:
    def rows(query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return db.execute(query, values).fetchall()

    counts: dict[str, dict[str, int]] = {}
    grouped = "SELECT profile, state, count(*) FROM photos WHERE NOT leaving GROUP BY 1, 2"
    for profile, state, count in rows(grouped):
        counts.setdefault(str(profile), {})[str(state)] = count
    # Raw rows: a photo that can't be made out still has a name to be kept back.
    paths = rows("SELECT path FROM photos UNION SELECT path FROM history")
    where = "problem IS NOT NULL OR state = ? ORDER BY id LIMIT ?"
    stuck = f"SELECT path, state, problem, findings FROM photos WHERE {where}"  # noqa: S608
    return Survey(
        schema=rows("PRAGMA user_version")[0][0],
        settings={str(key): str(value) for key, value in rows("SELECT key, value FROM settings")},
        counts=counts,
        paths=frozenset(decode_path(row[0]) for row in paths),
        words=frozenset(str(word) for row in rows(_ITEMS) for word in row if word),
        stuck=tuple(_stuck(*row) for row in rows(stuck, (State.REFUSED, STUCK))),
    )


def _stuck(path: bytes, state: str, problem: str | None, findings: str | None) -> Stuck:
    if problem:
        known = decode_problem(problem)
        return Stuck(decode_path(path), state, f"{known.title}. {known.detail}".strip())
    said = [str(found[2]) for found in json.loads(findings or "[]")]
    return Stuck(decode_path(path), state, " ".join(said))
