"""Brings the tables up to date, once, however many processes and hosts begin together."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

_NUMBER = 0x53746F7265
"""Of PostgreSQL's advisory lock: any, but always this."""
_PATIENCE = 0.2
_LOCK_MS = 3000
"""What a change of a table waits for, everybody else who wants the table waits for, too."""
_LOCK_NOT_AVAILABLE = "55P03"


def prepare() -> None:
    """Set Django up and migrate where that is needed; end the process where it can't be done."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    try:
        _begin()
        if missing():
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        sys.exit(f"The store's database can't be opened: {error}. Is there room on its disk?")
    finally:
        connections.close_all()


def _begin() -> None:
    """Open a new SQLite file in one process at a time.

    Going over to its log (WAL) takes the whole file, and of two processes that want that at the
    same moment SQLite refuses one at once, whatever the time-out.
    """
    if connection.vendor == "sqlite" and not _has_log(Path(connection.settings_dict["NAME"])):
        with alone():
            connection.ensure_connection()


def _has_log(path: Path) -> bool:
    """Whether an SQLite file is in WAL mode, as its header says (bytes 18 and 19 are 2)."""
    try:
        with path.open("rb") as file:
            return file.read(20)[18:] == b"\2\2"
    except OSError:
        return False


def missing() -> bool:
    """Whether there are migrations that the database hasn't seen."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the store's lock for changes of tables; wait for whoever has it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_NUMBER])
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{_LOCK_MS}ms"])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])
        return
    with _locked(settings.STORE_DATA / ".migrating"):
        yield


def is_in_use(error: OperationalError) -> bool:
    """Whether a table couldn't be locked in time: nothing has changed, so it may be tried again."""
    return getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file's lock, which the system lets go when the process dies."""
    with path.open("a+b") as file:
        while not _taken(file.fileno()):
            time.sleep(_PATIENCE)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
