"""Opening an outbox so that the app starts whatever happened to the file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from uploader.outbox import salvage
from uploader.outbox.errors import OutboxError
from uploader.outbox.lock import FileLock
from uploader.outbox.schema import MIGRATIONS, Migrations, connect, migrate, refuse_newer
from uploader.outbox.words import DAMAGED


def open_file(
    path: Path, migrations: Migrations = MIGRATIONS
) -> tuple[sqlite3.Connection, FileLock, str]:
    """Lock, check, migrate and open the file; the text is what the person should know.

    Raises `OutboxInUseError`, `OutboxTooNewError`, or `OutboxError` where the system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(path.name + ".lock"))
    except OSError as error:
        raise OutboxError from error
    try:
        db, notice = _open_locked(path, migrations)
    except BaseException as error:
        lock.release()
        if isinstance(error, sqlite3.Error | OSError):
            raise OutboxError from error
        raise
    return db, lock, notice


def _open_locked(path: Path, migrations: Migrations) -> tuple[sqlite3.Connection, str]:
    try:
        refuse_newer(path, migrations)
        return _open_sound(path, migrations), ""
    except sqlite3.OperationalError:
        # Locked, read-only, no such folder: nothing is wrong with the content.
        raise
    except sqlite3.DatabaseError:
        return _replace_damaged(path, migrations)


def _open_sound(path: Path, migrations: Migrations) -> sqlite3.Connection:
    db = connect(path)
    try:
        if not salvage.is_sound(db):
            raise sqlite3.DatabaseError("the quick check found damage")
        migrate(db, path, migrations)
    except BaseException:
        db.close()
        raise
    return db


def _replace_damaged(
    path: Path, migrations: Migrations
) -> tuple[sqlite3.Connection, str]:
    aside = salvage.move_aside(path)
    db = connect(path)
    migrate(db, path, migrations)
    count = 0
    with contextlib.suppress(sqlite3.Error):
        count = salvage.carry_over(aside, db)
    if db.in_transaction:
        db.execute("ROLLBACK")
    return db, DAMAGED.format(count=count, name=aside.name)
