"""Opening an outbox so that the app starts whatever happened to the file."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from uploader.outbox import salvage
from uploader.outbox.errors import opening_error
from uploader.outbox.files import recover_journal
from uploader.outbox.inspecting import Verdict, inspect, session_of
from uploader.outbox.lock import FileLock
from uploader.outbox.mark import Hold, Mark, read_mark, write_mark
from uploader.outbox.schema import MIGRATIONS, Migrations, connect, migrate
from uploader.outbox.words import ALTERED


def open_file(
    path: Path, migrations: Migrations = MIGRATIONS
) -> tuple[sqlite3.Connection, Hold, str]:
    """Lock, check, migrate and open the file; the text is what the person should know.

    Raises `OutboxInUseError`, `OutboxTooNewError`, or another `OutboxError` where the system
    refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite keeps its log beside the file that a link leads to.
        path = path.resolve() if path.is_symlink() and path.is_file() else path
        lock = FileLock(path.with_name(path.name + ".lock"))
    except OSError as error:
        raise opening_error(error) from error
    try:
        return _open_locked(path, lock, migrations)
    except BaseException as error:
        lock.release()
        if isinstance(error, sqlite3.Error | OSError):
            raise opening_error(error) from error
        raise


def _open_locked(
    path: Path, lock: FileLock, migrations: Migrations
) -> tuple[sqlite3.Connection, Hold, str]:
    salvage.finish(path)
    recover_journal(path)
    mark = read_mark(path)
    verdict = inspect(path, migrations, mark)
    if verdict is Verdict.DAMAGED:
        salvage.mend(path, migrations, mark)
    if verdict is Verdict.NEW:
        # Somebody took the file away: what comes is another one.
        mark = None
    if mark is not None:
        # Before the first change: should the rest fail, nobody but us has changed it.
        write_mark(path, replace(mark, size=-1))
    db = connect(path)
    try:
        migrate(db, path, migrations)
        mark, notice = _begin(db, mark, altered=verdict is Verdict.ALTERED)
        return db, Hold(path, lock, mark), notice
    except BaseException:
        db.close()
        raise


def _begin(db: sqlite3.Connection, mark: Mark | None, *, altered: bool) -> tuple[Mark, str]:
    """Begin a session: number it, and give what the person is to be told."""
    with _transaction(db):
        told = dict(db.execute("SELECT key, value FROM settings"))
        if altered:
            salvage.doubt(db)
        last = salvage.set_last_id(db, mark.last_id if mark else 0)
        session = max(session_of(told), mark.session if mark else 0) + 1
        outbox = told.get("outbox") or (mark.outbox if mark else str(uuid.uuid4()))
        for key, value in (("outbox", outbox), ("session", str(session))):
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))
        db.execute("DELETE FROM settings WHERE key = 'notice'")
    return Mark(outbox, session, last), told.get("notice") or (ALTERED if altered else "")


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
