"""Tells a full disk from other failures: it passes, so nothing is given up because of it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No room on the disk, in the quota, or (a limit on sizes) for this file."""

_LEAST = 1_000_000
"""Bytes without which SQLite can't even be opened: it makes files of its own to do so."""

_CANT_OPEN = ("unable to open", "disk i/o error")


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
