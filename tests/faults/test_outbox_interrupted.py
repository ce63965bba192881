"""Mending and migrating are cut off at each of their steps; the next start does the rest."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from outbox_damage import CLOSED, PROFILE, fill

from uploader.domain.states import State
from uploader.outbox import Outbox
from uploader.outbox.opening import open_file
from uploader.outbox.schema import MIGRATIONS, connect, migrate

NAME = "outbox.sqlite3"

KILLS = int(os.environ.get("OUTBOX_SEEDS", "6"))
"""Kills in the midst of an upgrade from each older version."""


class Kill(BaseException):
    """The program ends here."""


@pytest.fixture
def killing(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[int], contextlib.AbstractContextManager[Any]]:
    """Give the means to end the program before its n-th step that others could see."""

    @contextlib.contextmanager
    def at(step: int) -> Iterator[list[str]]:
        steps: list[str] = []

        def counted(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **options: Any) -> Any:
                steps.append(name)
                if len(steps) > step:
                    raise Kill
                return do(*args, **options)

            return call

        class Connection(sqlite3.Connection):
            def execute(self, *args: Any) -> Any:
                return counted("execute", super().execute)(*args)

            def backup(self, *args: Any) -> Any:  # type: ignore[override]
                return counted("backup", super().backup)(*args)

        connect = sqlite3.connect
        with monkeypatch.context() as patched:
            for name in ("rename", "replace", "unlink", "touch"):
                patched.setattr(Path, name, counted(name, getattr(Path, name)))
            patched.setattr(
                sqlite3, "connect", lambda *a, **o: connect(*a, **{"factory": Connection, **o})
            )
            yield steps

    return at


def _made(folder: Path) -> Path:
    folder.mkdir()
    with contextlib.closing(Outbox.open(folder / NAME).outbox) as outbox:
        fill(outbox, 0, 14)
    return folder / NAME


def test_mending_may_be_cut_off_anywhere(tmp_path: Path, killing: Any) -> None:
    base = _made(tmp_path / "base")
    CLOSED["zero header"](base, random.Random(1))
    damaged = base.read_bytes()
    step = done = 0
    while not done:
        folder = tmp_path / str(step)
        shutil.copytree(base.parent, folder)
        with killing(step) as steps, contextlib.suppress(Kill):
            Outbox.open(folder / NAME).outbox.close()
            done = step
        assert not done or "rename" in steps
        opened = Outbox.open(folder / NAME)
        with contextlib.closing(opened.outbox) as outbox:
            assert len(outbox.photos(PROFILE)) == 14, step
        kept = list(folder.glob("*damaged*"))
        assert [file.read_bytes() for file in kept] == [damaged], step
        step += 1
        shutil.rmtree(folder)


LATER = (
    *MIGRATIONS,
    ("ALTER TABLE photos ADD COLUMN rating INTEGER NOT NULL DEFAULT 5", "CREATE TABLE a (x)"),
    ("CREATE TABLE b (y)", "INSERT INTO b VALUES (1)"),
)


def test_migrating_may_be_cut_off_anywhere(tmp_path: Path, killing: Any) -> None:
    base = _made(tmp_path / "base")
    step = done = 0
    while not done:
        folder = tmp_path / str(step)
        shutil.copytree(base.parent, folder)
        with killing(step), contextlib.suppress(Kill):
            db, hold, _ = open_file(folder / NAME, LATER)
            db.close()
            hold.release()
            done = step
        db, hold, notice = open_file(folder / NAME, LATER)
        with contextlib.closing(db):
            assert notice == "", step
            assert db.execute("SELECT count(*), sum(rating) FROM photos").fetchone() == (14, 70)
            assert db.execute("SELECT count(*) FROM b").fetchone() == (1,)
        hold.release()
        copy = folder / f"outbox.before-{len(LATER)}.sqlite3"
        with contextlib.closing(sqlite3.connect(copy)) as old:
            assert old.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),), step
        assert list(folder.glob("*damaged*")) == []
        step += 1
        shutil.rmtree(folder)


UPGRADE = """
import itertools, os, signal, sqlite3, sys
from pathlib import Path
from uploader.outbox import Outbox

last, passed, connect = int(sys.argv[2]), itertools.count(), sqlite3.connect

def step():
    if next(passed) == last:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(*args, **options):
    db = connect(*args, **options)
    db.set_progress_handler(step, 100)
    return db

sqlite3.connect = watched
Outbox.open(Path(sys.argv[1])).outbox.close()
print(next(passed))
"""
"""Opens an outbox, and is killed after so many hundred steps of SQLite’s machine."""


def _older(file: Path, version: int) -> Path:
    """Make an outbox as the program kept it with fewer migrations, left by a kill or closed."""
    file.parent.mkdir()
    with contextlib.closing(connect(file)) as db:
        migrate(db, file, MIGRATIONS[:version])
        db.execute("BEGIN")
        for n in range(1, 401):
            state = list(State)[n % len(State)]
            db.execute(
                "INSERT INTO photos (reference, profile, path, state, added_at, state_since, item) "
                "VALUES (?, ?, ?, ?, 1000.0, 1001.0, ?)",
                (str(uuid.UUID(int=n)), PROFILE, f"/photos/{n}.jpg".encode(), state,
                 '{"id": "1", "title": "Lamp"}'),
            )  # fmt: skip
            db.execute("INSERT INTO events (photo_id, at, text) VALUES (?, 1000.5, 'Added')", (n,))
        db.execute("COMMIT")
    return file


def _content(file: Path) -> dict[str, list[Any]]:
    """Give what stands in every table but for what each session writes anew."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
                for name in names if name != "settings"}  # fmt: skip


def _upgraded(file: Path, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", UPGRADE, str(file), str(last)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_upgrade_that_is_killed_goes_on(version: int, tmp_path: Path) -> None:
    base = _older(tmp_path / "base" / NAME, version)
    before = _content(base)
    whole = tmp_path / "whole"
    shutil.copytree(base.parent, whole)
    steps = int(_upgraded(whole / NAME, -1).stdout)
    wanted = _content(whole / NAME)
    assert len(wanted["photos"]) == 400
    assert len(wanted["history"]) >= (200 if version == 1 else 0)
    chance = random.Random(version)
    for last in sorted(chance.sample(range(steps), KILLS)):
        folder = tmp_path / str(last)
        shutil.copytree(base.parent, folder)
        assert _upgraded(folder / NAME, last).returncode == -signal.SIGKILL, last
        opened = Outbox.open(folder / NAME)
        opened.outbox.close()
        assert opened.notice == "", last
        assert _content(folder / NAME) == wanted, last
        names = {entry.name for entry in folder.iterdir()}
        copy = f"outbox.before-{len(MIGRATIONS)}.sqlite3"
        assert names == {NAME, f"{NAME}.lock", f"{NAME}.mark", copy}, last
        assert _content(folder / copy) == before, last
        shutil.rmtree(folder)
