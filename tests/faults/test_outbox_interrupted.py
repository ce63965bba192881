"""Mending and migrating are cut off at each of their steps; the next start does the rest."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from outbox_damage import CLOSED, PROFILE, fill

from uploader.outbox import Outbox
from uploader.outbox.opening import open_file
from uploader.outbox.schema import MIGRATIONS

NAME = "outbox.sqlite3"


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
