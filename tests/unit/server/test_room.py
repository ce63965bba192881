"""What counts as a full disk."""

from __future__ import annotations

import errno
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from uploader.server import room
from uploader.server.room import is_full


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OperationalError("database or disk is full"), True),
        (OSError(errno.EFBIG, "File too large"), True),
        (OSError(errno.EIO, "Input/output error"), False),
        (OperationalError("database is locked"), False),
        (ValueError("full"), False),
    ],
)
def test_a_full_disk_is_told_from_other_failures(error, full):
    assert is_full(error) is full


@pytest.mark.parametrize("said", ["unable to open database file", "disk I/O error"])
@pytest.mark.parametrize(("free", "full"), [(4096, True), (50_000_000, False)])
def test_a_database_that_cannot_be_opened_is_a_matter_of_room(monkeypatch, said, free, full):
    # Its own files, of which it can't make one: all that SQLite says then.
    monkeypatch.setattr(room, "settings", SimpleNamespace(DATABASES={"default": {"NAME": "/x/y"}}))
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    assert is_full(OperationalError(said)) is full
