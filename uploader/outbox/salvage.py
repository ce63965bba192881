"""A damaged outbox: moved aside, and what can be read of it carried over."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from uploader.outbox import history
from uploader.outbox.codec import COLUMNS, decode
from uploader.outbox.upgrades import write_history

_SIDE_FILES = ("", "-wal", "-shm")
_LINES = f"{history.COLUMNS}, words"


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with the file (its quick check)."""
    return [row[0] for row in db.execute("PRAGMA quick_check(1)")] == ["ok"]


def move_aside(path: Path) -> Path:
    """Rename the file and its write-ahead log to the first free ``outbox.damaged-1.db``."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    for side in _SIDE_FILES:
        source = path.with_name(path.name + side)
        if source.exists():
            source.rename(aside.with_name(aside.name + side))
    return aside


def carry_over(damaged: Path, target: sqlite3.Connection) -> int:
    """Copy every photo that can still be read, with its events; return how many."""
    with contextlib.closing(sqlite3.connect(damaged)) as source:
        photos = {row[0]: row for row in _readable(source, COLUMNS, "photos") if _is_photo(row)}
        events = [row for row in _readable(source, "id, photo_id, at, text", "events")
                  if row[1] in photos]  # fmt: skip
        settings = list(_readable(source, "key, value", "settings"))
        lines = [row for row in _readable(source, _LINES, "history") if _is_line(row)]
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    target.execute("BEGIN IMMEDIATE")
    target.executemany(
        f"INSERT OR IGNORE INTO photos ({COLUMNS}) VALUES ({marks})",  # noqa: S608
        (photos[number] for number in sorted(photos)),
    )
    target.executemany("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?)", events)
    target.executemany("INSERT OR IGNORE INTO settings VALUES (?, ?)", settings)
    slots = ", ".join("?" * len(_LINES.split(",")))
    target.executemany(
        f"INSERT OR IGNORE INTO history ({_LINES}) VALUES ({slots})",  # noqa: S608
        lines,
    )
    # What could not be read of it is made from the photos, as far as they know.
    write_history(target)
    target.execute("COMMIT")
    return int(target.execute("SELECT count(*) FROM photos").fetchone()[0])


def _readable(db: sqlite3.Connection, columns: str, table: str) -> Iterator[tuple[Any, ...]]:
    """Read from both ends towards the damage: each pass goes on until it hits it."""
    seen: set[object] = set()
    for direction in ("ASC", "DESC"):
        try:
            query = f"SELECT {columns} FROM {table} ORDER BY 1 {direction}"  # noqa: S608
            for row in db.execute(query):
                if row[0] in seen:
                    return
                yield row
                seen.add(row[0])
        except sqlite3.Error:
            continue
        else:
            return


def _is_photo(row: tuple[Any, ...]) -> bool:
    try:
        decode(row)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _is_line(row: tuple[Any, ...]) -> bool:
    *known, words = row
    try:
        history.decode_line(known)
    except (ValueError, TypeError, KeyError):
        return False
    return isinstance(words, str)
