"""The history, read beside the running outbox: a connection of its own that can't write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from uploader.domain.history import HistoryLine, HistoryQuery, Outcome, outcome_of
from uploader.domain.states import State
from uploader.outbox.codec import NONSENSE, decode_item, decode_path, decode_problem
from uploader.outbox.errors import OutboxDamagedError, OutboxError, is_damage, opening_error
from uploader.outbox.schema import refuse_newer

COLUMNS = (
    "id, reference, profile, path, outcome, sent_at, ended_at, item, bytes, sha256, problem, "
    "remote_id, page, changed"
)
PAGE = 200
"""Lines read at once: a few screens."""

_MANY = 1000
_TOO_OLD = "Open Store Uploader once, so that it brings the list up to date."


class History:
    """Sees what was committed and holds up nobody who writes. For one thread at a time.

    A context manager. `profile` of None asks for all profiles. What can't be read raises
    `OutboxDamagedError`, what the system refuses another `OutboxError`.
    """

    def __init__(self, path: Path) -> None:
        """Open the outbox at `path`. Raises `OutboxTooNewError`, `OutboxError`."""
        try:
            refuse_newer(path)
            address = f"{path.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=10)
        except sqlite3.Error as error:
            raise _trouble(error) from error
        try:
            if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'history'", []):
                raise OutboxError(_TOO_OLD)
        except OutboxError:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def page(
        self,
        profile: str | None,
        query: HistoryQuery,
        before: int | None = None,
        limit: int = PAGE,
    ) -> list[HistoryLine]:
        """Give the newest lines that answer a query, older than line number `before`."""
        where, values = _where(profile, query)
        if before is not None:
            where, values = f"{where} AND id < ?", [*values, before]
        return self._lines(f"{where} ORDER BY id DESC LIMIT ?", [*values, limit])

    def all(self, profile: str | None, query: HistoryQuery) -> Iterator[HistoryLine]:
        """Give every line that answers a query, newest first, a few at a time in memory."""
        before: int | None = None
        while lines := self.page(profile, query, before, _MANY):
            yield from lines
            before = lines[-1].number

    def changed(self, profile: str | None, since: int, limit: int = PAGE) -> list[HistoryLine]:
        """Give the lines, of any outcome, that changed after revision `since`, oldest first."""
        where, values = _where(profile, HistoryQuery())
        where = f"{where} AND changed > ? ORDER BY changed LIMIT ?"
        return self._lines(where, [*values, since, limit])

    def counts(self, profile: str | None, text: str) -> dict[Outcome, int]:
        """How many lines with these words there are of each outcome."""
        where, values = _where(profile, HistoryQuery(text))
        query = f"SELECT outcome, count(*) FROM history WHERE {where} GROUP BY outcome"  # noqa: S608
        counts = dict.fromkeys(Outcome, 0)
        rows = self._rows(query, values)
        try:
            for state, count in rows:
                counts[outcome_of(State(state))] += count
                counts[Outcome.ALL] += count
        except NONSENSE as error:
            raise OutboxDamagedError from error
        return counts

    def revision(self) -> int:
        """Give the number of the latest change of any line."""
        return int(self._rows("SELECT coalesce(max(changed), 0) FROM history", [])[0][0])

    def setting(self, key: str) -> str:
        """Give a setting of the outbox, empty where it was never set."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", [key])
        return str(rows[0][0]) if rows else ""

    def _lines(self, where: str, values: Sequence[Any]) -> list[HistoryLine]:
        query = f"SELECT {COLUMNS} FROM history WHERE {where}"  # noqa: S608 - written above
        rows = self._rows(query, values)
        try:
            return [decode_line(row) for row in rows]
        except NONSENSE as error:
            raise OutboxDamagedError from error

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            raise _trouble(error) from error


def _trouble(error: sqlite3.Error) -> OutboxError:
    return OutboxDamagedError() if is_damage(error) else opening_error(error)


def decode_line(row: Sequence[Any]) -> HistoryLine:
    """Read a line from a row of `COLUMNS`. Raises ValueError or TypeError for a damaged one."""
    (number, reference, profile, path, outcome, sent_at, ended_at, item, size, sha256, problem,
     remote_id, page, revision) = row  # fmt: skip
    return HistoryLine(
        number=number,
        reference=reference,
        profile=profile,
        path=decode_path(path),
        outcome=State(outcome),
        sent_at=sent_at,
        ended_at=ended_at,
        item=decode_item(item) if item else None,
        bytes=size,
        sha256=sha256 or "",
        problem=decode_problem(problem) if problem else None,
        remote_id=remote_id,
        page=page,
        revision=revision,
    )


def _where(profile: str | None, query: HistoryQuery) -> tuple[str, list[Any]]:
    """Put a query in SQL. Words are looked for as they are: nothing in them is a wildcard."""
    parts: list[str] = ["1"]
    values: list[Any] = []
    if profile is not None:
        parts, values = ["profile = ?"], [profile]
    if states := sorted(query.outcome.states):
        parts.append(f"outcome IN ({', '.join('?' * len(states))})")
        values += states
    for word in query.words:
        parts.append("instr(words, ?) > 0")
        values.append(word)
    return " AND ".join(parts), values
