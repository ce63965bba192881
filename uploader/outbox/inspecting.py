"""Whether an outbox may be opened as it is. Reads only: what is damaged stays as it was found."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from uploader.outbox import history
from uploader.outbox.codec import COLUMNS
from uploader.outbox.errors import OutboxError, OutboxTooNewError, is_damage
from uploader.outbox.files import WAL, has_header, is_intact, lost_commits, side, size_of, untouched
from uploader.outbox.mark import Mark
from uploader.outbox.schema import Migrations, Step, apply
from uploader.outbox.sense import is_line, misfit, photo_of

NEWEST = 1000
"""A schema version beyond this isn't a newer program's, but damage."""

NOT_THERE = "It is a link to a place that isn’t there. Connect its drive, then try again."

_DIGITS = 15
"""Of a session's number at most."""

Column = tuple[str, str, str, int, int]
"""Table, column, declared type, whether it must have a value, place in the primary key."""


class Verdict(Enum):
    """What was found."""

    NEW = "new"
    """There is none: it is to be made."""
    SOUND = "sound"
    ALTERED = "altered"
    """Sound, but not as it was left: restored from a backup, rolled back or edited."""
    DAMAGED = "damaged"


def inspect(path: Path, migrations: Migrations, mark: Mark | None) -> Verdict:
    """Look at the file.

    Raises `OutboxTooNewError`, `OutboxError`, OSError, or sqlite3.Error where the environment
    and not the content is to blame.
    """
    found = _kind(path)
    logged = size_of(side(path, WAL)) > 0
    if found is None:
        return Verdict.DAMAGED if logged else Verdict.NEW
    if not stat.S_ISREG(found.st_mode):
        return Verdict.DAMAGED
    if found.st_size == 0:
        return Verdict.DAMAGED if logged or mark is not None else Verdict.NEW
    if not has_header(path):
        return Verdict.DAMAGED
    as_closed = mark is not None and mark.vouches_for(path)
    try:
        # Left last: to close a file takes all this process's locks on it, SQLite's too.
        with contextlib.ExitStack() as looked_at, untouched(path) as db:
            return _look_inside(db, path, migrations, mark, looked_at, as_closed=as_closed)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
    except (ValueError, OverflowError, MemoryError):
        pass
    return Verdict.DAMAGED


def _kind(path: Path) -> os.stat_result | None:
    """Tell what lies there; None for nothing. Raises OutboxError for a link that leads nowhere."""
    if not os.path.lexists(path):
        return None
    try:
        return path.stat()
    except FileNotFoundError:
        raise OutboxError(NOT_THERE) from None
    except OSError:
        # A link that leads back to itself.
        return path.lstat()


def _look_inside(
    db: sqlite3.Connection,
    path: Path,
    migrations: Migrations,
    mark: Mark | None,
    looked_at: contextlib.ExitStack,
    *,
    as_closed: bool,
) -> Verdict:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if len(migrations) < version <= NEWEST:
        raise OutboxTooNewError
    if not 0 <= version <= len(migrations):
        return Verdict.DAMAGED
    logged = size_of(side(path, WAL)) > 0
    if as_closed and not logged:
        return Verdict.SOUND
    if (logged and lost_commits(path, looked_at)) or not _is_sound(db, migrations[:version]):
        return Verdict.DAMAGED
    if mark is None or _is_next(db, mark, as_closed=as_closed):
        return Verdict.SOUND
    # Where the file itself is as it was closed, the log beside it is another outbox's.
    return Verdict.DAMAGED if as_closed else Verdict.ALTERED


def _is_sound(db: sqlite3.Connection, migrations: Migrations) -> bool:
    wanted = shape_of(tuple(map(tuple, migrations)))
    if not wanted <= _shape(db):
        return False
    return is_intact(db) and _makes_sense(db, wanted)


def _makes_sense(db: sqlite3.Connection, shape: frozenset[Column]) -> bool:
    for table in {column[0] for column in shape}:
        wrong = " OR ".join(
            misfit(name, declared, required=bool(required))
            for of, name, declared, required, _ in shape
            if of == table
        )
        if db.execute(f'SELECT 1 FROM "{table}" WHERE {wrong} LIMIT 1').fetchone():  # noqa: S608
            return False
    photos = _rows(db, shape, "photos", COLUMNS)
    # The rest of a line are plain values, which fit: one of each kind stands for thousands.
    lines = _rows(db, shape, "history", history.COLUMNS, "GROUP BY outcome, item, problem")
    return all(map(photo_of, photos)) and all(map(is_line, lines))


def _rows(
    db: sqlite3.Connection, shape: frozenset[Column], table: str, columns: str, each: str = ""
) -> Iterable[Sequence[Any]]:
    """Give a table's rows; none of an older table, which is looked at once it is migrated."""
    if not set(columns.split(", ")) <= {column[1] for column in shape if column[0] == table}:
        return ()
    return db.execute(f"SELECT {columns} FROM {table} {each}")  # noqa: S608


def _shape(db: sqlite3.Connection) -> frozenset[Column]:
    rows = db.execute(
        'SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master t, '
        "pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
    )
    return frozenset(rows)


@cache
def shape_of(migrations: tuple[tuple[Step, ...], ...]) -> frozenset[Column]:
    """Give the columns of the tables that these migrations make."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for steps in migrations:
            apply(db, steps)
        return _shape(db)


def _is_next(db: sqlite3.Connection, mark: Mark, *, as_closed: bool) -> bool:
    """Whether this is the outbox of the mark, and no earlier state of it.

    A session that was killed while it began may have left no mark of its own.
    """
    told = dict(db.execute("SELECT key, value FROM settings WHERE key IN ('outbox', 'session')"))
    if told.get("outbox") != mark.outbox:
        return False
    # Closed well and not as it was closed: only a session since then may have changed it.
    changed = mark.size >= 0 and not as_closed
    return session_of(told) >= mark.session + changed


def session_of(settings: Mapping[str, object]) -> int:
    """Give the number of the last session; 0 where none that makes sense is told."""
    told = str(settings.get("session", ""))
    return int(told) if told.isdecimal() and len(told) <= _DIGITS else 0
