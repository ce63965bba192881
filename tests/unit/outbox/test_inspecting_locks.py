"""Looking at an outbox takes none of SQLite’s locks away; closing a handle of the file would."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest

from uploader.outbox.files import lost_commits, untouched

SOMEBODY_IS_HERE = 128
"""The byte of the log's index that everybody who has it open holds (SQLite's os_unix.c, DMS)."""

TRY = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="locks belong to the handle there")
def test_the_log_s_index_stays_locked_while_it_is_looked_at(tmp_path):
    path = tmp_path / "outbox.sqlite3"
    killed = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
        "db.execute('PRAGMA journal_mode = WAL'); db.execute('CREATE TABLE t (x)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", killed, path], check=True)
    with contextlib.ExitStack() as looked_at, untouched(path) as db:
        assert db.execute("SELECT count(*) FROM t").fetchone() == (0,)
        assert not lost_commits(path, looked_at)
        taken = subprocess.run(
            [sys.executable, "-c", TRY, f"{path}-shm", str(SOMEBODY_IS_HERE)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "BlockingIOError" in taken.stderr
