"""A damaged outbox: what can be read of it in a new file, and the old one kept beside that.

In this order, so that it may be interrupted anywhere: the new file is made under another name
and, when it is whole, renamed to ``….mended``; the damaged files are moved aside; the new one
takes their place. A start that finds a mended file does the rest.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from uploader.domain.states import State
from uploader.outbox.codec import COLUMNS
from uploader.outbox.files import side, take_out
from uploader.outbox.history import COLUMNS as LINE
from uploader.outbox.mark import Mark
from uploader.outbox.remains import Remains, Row, Table, copy_of, drop, tables_of
from uploader.outbox.schema import Migrations, migrate
from uploader.outbox.sense import LARGEST_ID, is_line, photo_of
from uploader.outbox.words import DAMAGED, DAMAGED_ALL, DAMAGED_ONE

GAP = 1000
"""Ids left out where nobody knows any more which was the last."""

_IN_STORE = (State.LIVE, State.ALREADY)
_WITH_STORE = (*_IN_STORE, State.PROCESSING, State.STALLED, State.FAILED)
_OPTIONAL = ("facts", "findings", "item", "candidates", "focus", "edits", "position", "replaces",
             "problem", "attempts", "not_before", "sent")  # fmt: skip
_PRINT = ("bytes", "mtime_ns", "sha256")
_SENDING = ("sending_bytes", "sending_sha256", "recipe", "orientation")
_LOSABLE = frozenset({*_OPTIONAL, *_PRINT, *_SENDING})
_TOLD = ("item", "problem")


def mend(path: Path, migrations: Migrations, mark: Mark | None) -> None:
    """Put a new outbox in a damaged one's place. Raises OSError, sqlite3.Error: nothing moved."""
    copy, fresh = side(path, ".salvage"), side(path, ".mending")
    drop(fresh)
    # A file that is as it was closed has no log: the one beside it is another outbox's.
    with_log = mark is None or not path.is_file() or not mark.vouches_for(path)
    copy_of(path, copy, migrations, with_log=with_log)
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as db:
        migrate(db, fresh, migrations)
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        tables = tables_of(db)
        remains = Remains(copy, tables)
        db.execute("BEGIN IMMEDIATE")
        _carry_over(remains, tables, db)
        _keep_ids(db, remains.last_id, mark)
        doubt(db)
        _leave_word(db, _aside(path).name)
        db.execute("COMMIT")
    drop(copy)
    fresh.replace(_mended(path))
    finish(path)


def finish(path: Path) -> None:
    """Put a mended outbox in its place, if one waits for that. Raises OSError."""
    mended = _mended(path)
    if mended.exists():
        take_out(path, _aside(path))
        mended.rename(path)


def doubt(db: sqlite3.Connection) -> None:
    """Have the store asked before anything is sent that it may have, within a transaction."""
    db.execute(
        "INSERT OR IGNORE INTO doubts SELECT id FROM photos WHERE state NOT IN (?, ?)", _IN_STORE
    )


def _mended(path: Path) -> Path:
    return side(path, ".mended")


def _aside(path: Path) -> Path:
    """Give the first free name such as ``outbox.damaged-1.db``."""
    number = 1
    while os.path.lexists(
        aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
    ):  # fmt: skip
        number += 1
    return aside


def _carry_over(remains: Remains, tables: Iterable[Table], db: sqlite3.Connection) -> None:
    for table in tables:
        rows = remains.rows(table.name)
        if table.name == "photos":
            rows = [sane for row in rows if (sane := _sane(row))]
            # Where two have one reference, the one that the store has is right.
            rows.sort(key=lambda row: (row["state"] not in _WITH_STORE, row["id"]))
        elif table.name == "history":
            rows = [sane for row in rows if (sane := _sane_line(row))]
        for row in rows:
            _insert(db, table.name, row)


def _insert(db: sqlite3.Connection, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    # A repeated key, or a row about a photo that is lost, is left behind.
    with contextlib.suppress(sqlite3.IntegrityError):
        db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))  # noqa: S608


def _sane(row: Row) -> Row | None:
    """Give a photo's row without what makes no sense; None where too little does.

    One that lost something and isn't in the store begins anew: its file is looked at again.
    """
    if _reads(row):
        return row
    bare = {name: value for name, value in row.items() if name not in _LOSABLE}
    if not _reads(bare):
        return None
    for together in (_PRINT, _SENDING):
        values = {name: row[name] for name in together if name in row}
        if len(values) == len(together) and _reads(bare | values):
            bare |= values
    for name in _OPTIONAL:
        if name in row and _reads(bare | {name: row[name]}):
            bare[name] = row[name]
    if bare["state"] not in _WITH_STORE:
        bare["state"] = State.ADDED
    return bare


def _sane_line(row: Row) -> Row | None:
    """Give a line of the history without what makes no sense; None where too little does."""
    if _is_line(row):
        return row
    bare = {name: value for name, value in row.items() if name not in _TOLD}
    for name in _TOLD:
        if name in row and _is_line(bare | {name: row[name]}):
            bare[name] = row[name]
    return bare if _is_line(bare) else None


def _is_line(row: Row) -> bool:
    full = {"remote_id": "", "page": ""} | row
    return is_line([full.get(name) for name in LINE.split(", ")])


_DEFAULTS: Row = {"alt": "", "attempts": 0, "not_before": 0.0, "remote_id": "",
                  "poll_address": "", "sent": 0, "replaces": ""}  # fmt: skip


def _reads(row: Row) -> bool:
    full = _DEFAULTS | row
    return photo_of([full.get(name) for name in COLUMNS.split(", ")]) is not None


def _keep_ids(db: sqlite3.Connection, last: int | None, mark: Mark | None) -> None:
    """See to it that no id is given twice, not even a lost photo's."""
    known = mark.last_id if mark is not None else 0
    if last is None or not 0 <= last <= LARGEST_ID // 2:
        last = GAP + max(
            known, *(db.execute(f"SELECT coalesce(max({of}), 0) FROM {table}").fetchone()[0]  # noqa: S608
                     for table, of in (("photos", "id"), ("events", "photo_id")))
        )  # fmt: skip
    set_last_id(db, max(last, known))


def set_last_id(db: sqlite3.Connection, least: int) -> int:
    """Raise the last id ever given to `least` and to those in use; return it."""
    row = db.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'photos'").fetchone()
    used = db.execute("SELECT coalesce(max(id), 0) FROM photos").fetchone()[0]
    known = row[0] if type(row[0]) is int else -1
    last = int(max(known, used, least))
    if last != known:
        db.execute("DELETE FROM sqlite_sequence WHERE name = 'photos'")
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('photos', ?)", (last,))
    return last


def _leave_word(db: sqlite3.Connection, name: str) -> None:
    """Keep what the person is to be told, in case that the program ends before it is."""
    count = db.execute("SELECT count(*) FROM photos WHERE NOT leaving").fetchone()[0]
    text = DAMAGED_ALL if count == 0 else DAMAGED_ONE if count == 1 else DAMAGED
    db.execute(
        "INSERT OR REPLACE INTO settings VALUES ('notice', ?)",
        (text.format(count=count, name=name),),
    )
