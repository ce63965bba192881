"""What counts as a full disk."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError

from uploader.server.room import is_full


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OperationalError("database or disk is full"), True),
        (OSError(errno.EIO, "Input/output error"), False),
        (OperationalError("database is locked"), False),
        (ValueError("full"), False),
    ],
)
def test_a_full_disk_is_told_from_other_failures(error, full):
    assert is_full(error) is full
