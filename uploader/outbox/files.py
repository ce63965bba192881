"""The files that an outbox is made of, and opening them without the least change."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

WAL = "-wal"
SIDES = (WAL, "-shm", "-journal")
"""What SQLite keeps beside a database: its log, the log's index, or an older kind of log."""

PATIENCE = 10.0
"""Seconds to wait for another program that holds a lock on the file."""

_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_JOURNAL = bytes.fromhex("d9d505f920a163d7")


def side(path: Path, suffix: str) -> Path:
    """Give the name of a file beside the outbox."""
    return path.with_name(path.name + suffix)


def size_of(path: Path) -> int:
    """Give a file's bytes; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextlib.contextmanager
def untouched(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to read it as it is; nothing of it is written, not even its log's end."""
    # A log has to be read with it; without one nothing at all needs to be made beside it.
    how = "mode=ro" if size_of(side(path, WAL)) else "immutable=1"
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE)
    try:
        yield db
    finally:
        db.close()


def has_header(path: Path) -> bool:
    """Whether the first bytes are those of a database such as ours."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        return False
    page = int.from_bytes(head[16:18], "big")
    schema_format, encoding = (int.from_bytes(head[at : at + 4], "big") for at in (44, 56))
    return (
        (page == 1 or (512 <= page <= 32768 and page & (page - 1) == 0))
        and head[18] in (1, 2)
        and head[19] in (1, 2)
        and head[20] == 0
        and head[21:24] == b"\x40\x20\x20"
        and schema_format <= 4
        and encoding <= 1
    )


def is_intact(db: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong; it compares tables and indexes too."""
    return [row[0] for row in db.execute("PRAGMA integrity_check(1)")] == ["ok"]


def lost_commits(path: Path, looked_at: contextlib.ExitStack) -> bool:
    """Whether the log holds more transactions than SQLite, which has it open, could read of it.

    They lie behind a damaged place. SQLite's log index says how far it came (its file format,
    "WAL-index header", mxFrame). What an earlier use of the log left behind has another salt.
    The index stays open in `looked_at`: closed while SQLite has it, it would lose its locks, and
    another program that opens the outbox would cut it short under SQLite's eyes (SIGBUS).
    """
    try:
        index = looked_at.enter_context(side(path, "-shm").open("rb")).read(20)[16:]
        log = side(path, WAL).read_bytes()
    except OSError:
        return False
    page = int.from_bytes(log[8:12], "big")
    if len(index) < 4 or not 512 <= page <= 65536:
        return len(log) > 32
    known = int.from_bytes(index, sys.byteorder)
    salt, earlier = log[16:24], int.from_bytes(log[16:20], "big") - 1
    for at in range(32 + known * (24 + page), len(log) - 23 - page, 24 + page):
        commits, theirs = any(log[at + 4 : at + 8]), log[at + 8 : at + 16]
        if commits and theirs == salt:
            return True
        if commits and known == 0 and int.from_bytes(theirs[:4], "big") != earlier:
            return True
    return False


def take_out(path: Path, aside: Path) -> None:
    """Rename the outbox and what lies beside it; the outbox last, so that it can be repeated."""
    for suffix in (*SIDES, ""):
        source = side(path, suffix)
        if os.path.lexists(source):
            source.rename(side(aside, suffix))


def recover_journal(path: Path) -> None:
    """Let SQLite take back what was half written where it keeps no log but a journal."""
    with contextlib.suppress(OSError):
        if side(path, "-journal").read_bytes()[:8] != _JOURNAL:
            return
        with (
            contextlib.suppress(sqlite3.DatabaseError),
            contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as db,
        ):
            db.execute("PRAGMA user_version").fetchone()
