"""Tells a full disk from other failures: it passes, so nothing is given up because of it."""

from __future__ import annotations

import errno

from django.db import OperationalError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: BaseException) -> bool:
    """Whether the system or SQLite (`SQLITE_FULL`) said that there is no room."""
    if isinstance(error, OperationalError):
        return "full" in str(error)
    return isinstance(error, OSError) and error.errno in NO_ROOM
