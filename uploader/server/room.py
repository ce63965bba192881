"""Tells what passes by itself from other failures: nothing is given up because of it.

A full disk, and a storage or a database that is away.
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No room on the disk, in the quota, or (a limit on sizes) for this file."""

_LEAST = 1_000_000
"""Bytes without which SQLite can't even be opened: it makes files of its own to do so."""

_AWAY_CLASSES = ("08", "53", "57")
"""PostgreSQL's connection exceptions, lack of resources, and what its administrator does."""

_IN_EACH_OTHERS_WAY = ("40001", "40P01", "55P03")
"""PostgreSQL's serialization failure, deadlock, and lock not available."""

_CANT_OPEN = ("unable to open", "disk i/o error")


class StorageAwayError(Exception):
    """Where pictures are kept can't be reached now, or lets nobody in."""


def passes(error: BaseException) -> bool:
    """Whether what failed will go once somebody has made room, or they are back."""
    return is_full(error) or isinstance(error, StorageAwayError) or is_database_away(error)


def is_database_away(error: BaseException) -> bool:
    """Whether a database server can't be reached, has gone, or is only just starting."""
    if isinstance(error, InterfaceError):
        return True  # the connection is closed
    if not isinstance(error, OperationalError) or connection.vendor == "sqlite":
        return False
    state = getattr(error.__cause__, "sqlstate", None) or "08"
    return state[:2] in _AWAY_CLASSES


def is_in_anothers_way(error: BaseException) -> bool:
    """Whether the database undid a transaction, all of it, for the sake of another one."""
    return isinstance(error, OperationalError) and (
        "locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in _IN_EACH_OTHERS_WAY
    )


def is_full(error: BaseException) -> bool:
    """Whether the system or SQLite said that there is no room.

    On a very full disk SQLite only says that it can't open or write its files; then the disk
    is asked.
    """
    if isinstance(error, OperationalError):
        said = str(error).lower()
        return "full" in said or (any(s in said for s in _CANT_OPEN) and not _has_room())
    return isinstance(error, OSError) and error.errno in NO_ROOM


def _has_room() -> bool:
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    try:
        return shutil.disk_usage(database.parent).free >= _LEAST
    except OSError:
        return True
