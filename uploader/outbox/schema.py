"""The outbox's tables, as numbered migrations. Never change one that was released: add one.

`PRAGMA user_version` holds the number of the last migration that was applied.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from uploader.outbox import files
from uploader.outbox.errors import OutboxTooNewError
from uploader.outbox.upgrades import write_history

Step = str | Callable[[sqlite3.Connection], None]
"""A statement, or a function for what SQL can't say."""

Migrations = Sequence[Sequence[Step]]

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        # AUTOINCREMENT: an id is never used twice, so that ids give the order of adding
        # and a late signal about a removed photo can't hit a new one.
        """
        CREATE TABLE photos (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            reference TEXT NOT NULL UNIQUE,
            profile TEXT NOT NULL,
            path BLOB NOT NULL,
            state TEXT NOT NULL,
            added_at REAL NOT NULL,
            state_since REAL NOT NULL,
            bytes INTEGER,
            mtime_ns INTEGER,
            sha256 TEXT,
            facts TEXT,
            findings TEXT,
            item TEXT,
            candidates TEXT,
            alt TEXT NOT NULL DEFAULT '',
            focus TEXT,
            problem TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            remote_id TEXT NOT NULL DEFAULT '',
            poll_address TEXT NOT NULL DEFAULT '',
            sent INTEGER NOT NULL DEFAULT 0,
            matches INTEGER
        )
        """,
        "CREATE INDEX photos_by_state ON photos (profile, state, id)",
        """
        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
            at REAL NOT NULL,
            text TEXT NOT NULL
        )
        """,
        "CREATE INDEX events_by_photo ON events (photo_id, id)",
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        # Refers to no photo: it stays when the photo leaves the list. `words` is what a
        # search looks in; `changed` grows with every change of any line.
        """
        CREATE TABLE history (
            id INTEGER PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            profile TEXT NOT NULL,
            path BLOB NOT NULL,
            item TEXT,
            bytes INTEGER,
            sha256 TEXT,
            sent_at REAL NOT NULL,
            ended_at REAL,
            outcome TEXT NOT NULL,
            problem TEXT,
            remote_id TEXT NOT NULL DEFAULT '',
            page TEXT NOT NULL DEFAULT '',
            words TEXT NOT NULL,
            changed INTEGER NOT NULL
        )
        """,
        "CREATE INDEX history_by_profile ON history (profile, id)",
        "CREATE INDEX history_by_change ON history (changed)",
        write_history,
    ),
    (
        # Photos whose rows may be older than the truth, as the file was damaged or rolled
        # back: the store is asked before they are sent.
        """
        CREATE TABLE doubts (
            photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE
        )
        """,
    ),
    (
        # Taken off the list while it was on its way: stays until it has stopped, and until the
        # store has dropped what it has of it. Nobody sees it meanwhile, also after a restart.
        "ALTER TABLE photos ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX photos_leaving ON photos (id) WHERE leaving",
        "CREATE INDEX photos_later ON photos (profile, state, not_before)",
    ),
    (
        # What is sent of the file, where that isn't the file as it is.
        "ALTER TABLE photos ADD COLUMN sending_bytes INTEGER",
        "ALTER TABLE photos ADD COLUMN sending_sha256 TEXT",
        "ALTER TABLE photos ADD COLUMN recipe INTEGER",
        "ALTER TABLE photos ADD COLUMN orientation INTEGER",
    ),
    (
        # What the store is told to do with the picture, where that is anything.
        "ALTER TABLE photos ADD COLUMN edits TEXT",
        "ALTER TABLE photos ADD COLUMN position INTEGER",
        "ALTER TABLE photos ADD COLUMN replaces TEXT NOT NULL DEFAULT ''",
    ),
)


def connect(path: Path) -> sqlite3.Connection:
    """Open the file for the one process that uses it; transactions are begun by hand."""
    db = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=files.PATIENCE
    )
    try:
        db.execute("PRAGMA journal_mode = WAL")
        # FULL: what was committed is still there after a power cut, not only after a crash.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        # What was removed is gone: it can't be found in the remains of a damaged file either.
        db.execute("PRAGMA secure_delete = ON")
    except BaseException:
        db.close()
        raise
    return db


def version_of(path: Path) -> int:
    """Read a file's schema version without the least change to it; 0 for one not there."""
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(path: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Raise `OutboxTooNewError` for a file of a later schema than this program's."""
    if version_of(path) > len(migrations):
        raise OutboxTooNewError


def migrate(db: sqlite3.Connection, path: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Bring the tables up to date, in one transaction.

    A file that holds something is copied first, to ``outbox.before-2.db`` beside it.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version == len(migrations):
        return
    if version:
        _back_up(db, path.with_name(f"{path.stem}.before-{len(migrations)}{path.suffix}"))
    db.execute("BEGIN IMMEDIATE")
    try:
        for steps in migrations[version:]:
            apply(db, steps)
        db.execute(f"PRAGMA user_version = {len(migrations)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def apply(db: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Do one migration's steps."""
    for step in steps:
        if callable(step):
            step(db)
        else:
            db.execute(step)


def _back_up(db: sqlite3.Connection, copy: Path) -> None:
    # Under another name until it is whole: a kill on the way must not leave half a copy.
    fresh = copy.with_name(f"{copy.name}.new")
    for left in (fresh, fresh.with_name(f"{fresh.name}-journal")):
        left.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(fresh)) as target:
        db.backup(target)
    fresh.replace(copy)
