"""The system refuses: locks, rights, room and places. Each has its sentence, and a way on."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from uploader import locking
from uploader.domain.states import State
from uploader.outbox import (
    Outbox,
    OutboxBusyError,
    OutboxDamagedError,
    OutboxError,
    OutboxForbiddenError,
    OutboxFullError,
    OutboxPlaceError,
    OutboxWriteError,
    files,
)

NAME = "outbox.sqlite3"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with contextlib.closing(Outbox.open(tmp_path / NAME).outbox) as outbox:
        outbox.add("shop", [Path("/a.jpg"), Path("/b.jpg")], 1.0)
    return tmp_path / NAME


@contextlib.contextmanager
def _locked(file: Path, *statements: str) -> Iterator[None]:
    """Hold the file as another program does."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)
        yield
        if other.in_transaction:
            other.execute("ROLLBACK")


# ---- another program
@pytest.mark.parametrize(
    "statements",
    [
        ("BEGIN EXCLUSIVE",),
        ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"),
        ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"),
    ],
)
def test_another_program_holds_it_at_the_start(file: Path, statements: tuple[str, ...]) -> None:
    with _locked(file, *statements), pytest.raises(OutboxBusyError) as refused:
        Outbox.open(file)
    assert "backup" in refused.value.detail
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert len(outbox.photos("shop")) == 2
    assert list(file.parent.glob("*damaged*")) == []


def test_another_program_holds_it_in_mid_work(file: Path) -> None:
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        with _locked(file, "BEGIN IMMEDIATE"):
            with pytest.raises(OutboxWriteError) as refused:
                outbox.move(1, State.CHECKING)
            assert "Another program" in refused.value.detail
            assert outbox.photo(1).state is State.ADDED
        assert outbox.move(1, State.CHECKING).state is State.CHECKING


# ---- places
def test_a_place_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as patched:
        patched.setattr(locking, "_take", refuse)
        with pytest.raises(OutboxPlaceError):
            Outbox.open(tmp_path / NAME)
    Outbox.open(tmp_path / NAME).outbox.close()


def test_a_place_without_shared_memory(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some drives can't do what the log needs; SQLite then keeps an older kind of journal."""
    connect = sqlite3.connect

    def plain(path: Any, **options: Any) -> sqlite3.Connection:
        address = path if str(path).startswith(("file:", ":")) else f"file:{path}"
        address += ("&" if "?" in address else "?") + "vfs=unix-none"
        return connect(address, **{**options, "uri": True})

    with contextlib.closing(connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    monkeypatch.setattr(sqlite3, "connect", plain)
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert outbox._rows("PRAGMA journal_mode") == [("delete",)]
        outbox.move(1, State.CHECKING)
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert outbox.photo(1).state is State.CHECKING


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Give the means to mount a small drive of one's own."""
    place = tmp_path / "medium"
    place.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root may mount a drive")
        return place

    yield mount
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def test_a_drive_that_is_read_only(medium: Callable[[str], Path]) -> None:
    file = medium("size=4m") / NAME
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        outbox.add("shop", [Path("/a.jpg")], 1.0)
    before = {entry.name: entry.read_bytes() for entry in file.parent.iterdir()}
    medium("remount,ro,size=4m")
    with pytest.raises(OutboxForbiddenError) as refused:
        Outbox.open(file)
    assert "read-only" in refused.value.detail
    assert {entry.name: entry.read_bytes() for entry in file.parent.iterdir()} == before
    medium("remount,rw,size=4m")
    Outbox.open(file).outbox.close()


def test_a_full_drive_at_the_start_and_later(medium: Callable[[str], Path]) -> None:
    folder = medium("size=400k")
    with contextlib.closing(Outbox.open(folder / NAME).outbox) as outbox:
        outbox.add("shop", [Path("/a.jpg")], 1.0)
    ballast = folder / "ballast"
    _fill_up(ballast)
    with pytest.raises(OutboxFullError):
        Outbox.open(folder / NAME)
    ballast.unlink()
    opened = Outbox.open(folder / NAME)
    assert opened.notice == ""
    with contextlib.closing(opened.outbox) as outbox:
        _fill_up(ballast)
        with pytest.raises(OutboxWriteError) as refused:
            for _ in range(1000):
                outbox.add("shop", [Path(f"/{'b' * 200}.jpg")], 1.0)
        assert "disk may be full" in refused.value.detail
        known = outbox.photos("shop")
        ballast.unlink()
        outbox.move(known[0].id, State.CHECKING)
    with contextlib.closing(Outbox.open(folder / NAME).outbox) as outbox:
        assert [photo.id for photo in outbox.photos("shop")] == [photo.id for photo in known]


def _fill_up(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))


def test_no_room_to_mend_leaves_the_damaged_file_in_its_place(
    medium: Callable[[str], Path],
) -> None:
    file = medium("size=1m") / NAME
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        outbox.add("shop", [Path(f"/{n}-{'x' * 200}.jpg") for n in range(600)], 1.0)
    content = file.read_bytes()
    damaged = content[:40960] + bytes(4096) + content[45056:]
    file.write_bytes(damaged)
    ballast = file.with_name("ballast")
    _fill_up(ballast)
    with pytest.raises(OutboxFullError):
        Outbox.open(file)
    assert file.read_bytes() == damaged
    ballast.unlink()
    opened = Outbox.open(file)
    opened.outbox.close()
    assert "damaged-1" in opened.notice


# ---- every change, refused at every statement
CHANGES: dict[str, Callable[[Outbox], object]] = {
    "add": lambda outbox: outbox.add("shop", [Path("/c.jpg")], 2.0),
    "move": lambda outbox: outbox.move(1, State.CHECKING, "Looked at"),
    "advance": lambda outbox: outbox.advance(outbox.photo(1), State.CHECKING, "Looked at"),
    "change": lambda outbox: outbox.change(1, "Words", alt="A lamp"),
    "move many": lambda outbox: outbox.move_many([1, 2], State.CHECKING, "Looked at"),
    "claim": lambda outbox: outbox.claim("shop", 9.0),
    "recover": lambda outbox: outbox.recover(9.0),
    "back-off": lambda outbox: outbox.reset_backoff(),
    "adopt": lambda outbox: outbox.adopt("shop"),
    "remove": lambda outbox: outbox.remove([1]),
    "setting": lambda outbox: outbox.set_setting("theme", "dark"),
}


class Failing:
    """A connection that fails at one statement, as on a disk that does."""

    def __init__(self, db: sqlite3.Connection, at: int, code: int) -> None:
        self._db, self._left, self._code = db, at, code

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def execute(self, *args: Any) -> Any:
        self._count()
        return self._db.execute(*args)

    def executemany(self, *args: Any) -> Any:
        self._count()
        return self._db.executemany(*args)

    @property
    def spent(self) -> bool:
        return self._left < 0

    def _count(self) -> None:
        self._left -= 1
        if self._left == -1:
            error = sqlite3.OperationalError("made up")
            error.sqlite_errorcode = self._code
            raise error


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE,
                                  sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT])  # fmt: skip
@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_that_fails_anywhere_changes_nothing(file: Path, kind: str, code: int) -> None:
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        for photo in outbox.add("", [Path("/w.jpg"), Path("/u.jpg")], 1.0):
            for state in (State.CHECKING, State.READY, State.WAITING):
                outbox.move(photo.id, state)
        outbox.adopt("shop")
        outbox.change(3, attempts=2)
        outbox.claim("shop", 5.0)
        db, before, told = outbox._db, _all(outbox), []
        outbox.listener = told.append
        for at in range(100):
            outbox._db = failing = Failing(db, at, code)  # type: ignore[assignment]
            try:
                CHANGES[kind](outbox)
            except OutboxError:
                outbox._db = db
                assert _all(outbox) == before, at
                assert told == []
            if not failing.spent:
                break
        assert not failing.spent
        outbox._db = db
        assert outbox.damaged is (code == sqlite3.SQLITE_CORRUPT)
        # What could not be read may well be damaged: the next start looks closely.
    assert Outbox.open(file).outbox.close() is None


def _all(outbox: Outbox) -> object:
    tables = ("photos", "events", "settings", "history", "doubts", "sqlite_sequence")
    return {table: outbox._rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}


def test_damage_that_shows_while_it_runs_is_mended_by_the_next_start(file: Path) -> None:
    outbox = Outbox.open(file).outbox
    outbox._db.execute("UPDATE photos SET item = '{broken' WHERE id = 2")
    with pytest.raises(OutboxDamagedError) as told:
        outbox.photos("shop")
    assert "open it again" in told.value.detail
    outbox.close()
    opened = Outbox.open(file)
    with contextlib.closing(opened.outbox) as mended:
        assert [photo.id for photo in mended.photos("shop")] == [1, 2]
    assert "damaged" in opened.notice
