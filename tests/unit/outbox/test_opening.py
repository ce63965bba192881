from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from uploader.domain.states import State
from uploader.outbox import (
    Outbox,
    OutboxError,
    OutboxInUseError,
    OutboxTooNewError,
    OutboxWriteError,
)
from uploader.outbox.opening import open_file
from uploader.outbox.schema import MIGRATIONS, connect, migrate, version_of


def _filled(file: Path, count: int = 300) -> list[str]:
    outbox = Outbox.open(file).outbox
    photos = outbox.add("shop", [Path(f"/photos/{n:04}-{'x' * 60}.jpg") for n in range(count)], 1.0)
    outbox.move_many([p.id for p in photos], State.CHECKING, "Looking at it")
    outbox.set_setting("theme", "dark")
    outbox.close()
    return [photo.reference for photo in photos]


def test_the_disk_is_asked_for_what_was_promised(file: Path) -> None:
    outbox = Outbox.open(file).outbox
    try:
        pragma = {
            name: outbox._db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        }
        assert pragma == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "user_version": len(MIGRATIONS),
        }
    finally:
        outbox.close()


def test_a_second_one_is_refused_until_the_first_is_closed(file: Path) -> None:
    first = Outbox.open(file).outbox
    with pytest.raises(OutboxInUseError) as refused:
        Outbox.open(file)
    assert refused.value.title == "Store Uploader is running already"
    first.close()
    first.close()
    Outbox.open(file).outbox.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_process_holds_nothing(file: Path) -> None:
    code = (
        "import sys, pathlib, time; from uploader.outbox import Outbox\n"
        "o = Outbox.open(pathlib.Path(sys.argv[1])).outbox\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(OutboxInUseError):
            Outbox.open(file)
        process.send_signal(signal.SIGKILL)
    Outbox.open(file).outbox.close()


def test_a_newer_file_is_refused_and_left_untouched(file: Path) -> None:
    _filled(file)
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = file.read_bytes()
    with pytest.raises(OutboxTooNewError) as refused:
        Outbox.open(file)
    assert "newer version" in refused.value.title
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir() if "damaged" in p.name] == []


LATER = (*MIGRATIONS, ("ALTER TABLE photos ADD COLUMN rating INTEGER NOT NULL DEFAULT 5",))


def test_migrating_backs_up_first_and_keeps_the_photos(file: Path) -> None:
    references = _filled(file)
    db, lock, notice = open_file(file, LATER)
    try:
        rows = db.execute("SELECT reference, rating FROM photos ORDER BY id").fetchall()
        assert rows == [(reference, 5) for reference in references]
        assert (notice, version_of(file)) == ("", len(LATER))
    finally:
        db.close()
        lock.release()
    copy = file.with_name(f"outbox.before-{len(LATER)}.db")
    assert version_of(copy) == len(MIGRATIONS)
    with contextlib.closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT count(*) FROM photos").fetchone() == (300,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(file: Path) -> None:
    _filled(file)
    broken = (*MIGRATIONS, ("CREATE TABLE extra (x)", "ALTER TABLE nothing ADD COLUMN y"))
    with pytest.raises(OutboxError):
        open_file(file, broken)
    outbox = Outbox.open(file).outbox
    try:
        assert len(outbox.photos("shop")) == 300
        assert outbox._rows("SELECT name FROM sqlite_master WHERE name = 'extra'") == []
    finally:
        outbox.close()


def test_an_up_to_date_file_is_not_migrated_again(file: Path) -> None:
    _filled(file)
    with contextlib.closing(connect(file)) as db:
        migrate(db, file)
    assert not list(file.parent.glob("*before*"))


def test_a_file_that_is_no_database_is_moved_aside(file: Path) -> None:
    file.write_bytes(b"This is a shopping list, not an outbox. " * 500)
    opened = Outbox.open(file)
    try:
        assert opened.outbox.photos("shop") == []
        assert "no photo in it could be read" in opened.notice
        assert "outbox.damaged-1.db" in opened.notice
        assert file.with_name("outbox.damaged-1.db").read_bytes().startswith(b"This is a shopping")
    finally:
        opened.outbox.close()


def _damage(file: Path) -> None:
    """Overwrite a page in the middle, as a failing disk does."""
    content = bytearray(file.read_bytes())
    page = 4096
    middle = len(content) // page // 2 * page
    content[middle : middle + page] = b"\xa5" * page
    file.write_bytes(content)


def test_what_can_be_read_of_a_damaged_file_is_carried_over(file: Path) -> None:
    references = _filled(file, 2000)
    _damage(file)
    opened = Outbox.open(file)
    try:
        photos = opened.outbox.photos("shop")
        assert 1000 < len(photos) <= 2000
        assert {p.reference for p in photos} <= set(references)
        assert f"{len(photos)} photos were carried over" in opened.notice
        # It is a whole outbox again: it goes on, and takes new photos under new ids.
        opened.outbox.recover(1.0)
        added = opened.outbox.add("shop", [Path("new")], 1.0)[0]
        assert added.id > photos[-1].id
    finally:
        opened.outbox.close()
    again = Outbox.open(file)
    again.outbox.close()
    assert again.notice == ""


def test_a_truncated_file_starts_with_what_is_left(file: Path) -> None:
    _filled(file, 2000)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    opened = Outbox.open(file)
    opened.outbox.close()
    assert "damaged" in opened.notice


def test_every_damaged_file_is_kept(file: Path) -> None:
    for number in (1, 2):
        file.write_bytes(b"\0nothing" * 1000)
        opened = Outbox.open(file)
        opened.outbox.close()
        assert f"outbox.damaged-{number}.db" in opened.notice
        for side in ("-wal", "-shm"):
            file.with_name(file.name + side).unlink(missing_ok=True)


def test_what_makes_no_sense_is_left_behind(file: Path) -> None:
    references = _filled(file, 2000)
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE photos SET state = 'dancing' WHERE id = 1")
        db.execute("UPDATE photos SET item = '{broken' WHERE id = 2")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _damage(file)
    opened = Outbox.open(file)
    try:
        left = {photo.reference: photo for photo in opened.outbox.photos("shop")}
        assert references[0] not in left
        # Its item can't be read: the photo is looked at again, and finds it anew.
        assert left[references[1]].state is State.ADDED
        assert left[references[2]].state is State.CHECKING
    finally:
        opened.outbox.close()


def test_a_folder_that_cannot_be_made_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutboxError) as refused:
        Outbox.open(tmp_path / "file" / "outbox.db")
    assert refused.value.title == "The list of photos can’t be kept here"


def test_a_folder_in_its_place_is_moved_aside(file: Path) -> None:
    file.mkdir()
    opened = Outbox.open(file)
    opened.outbox.close()
    assert "outbox.damaged-1.db" in opened.notice
    assert file.with_name("outbox.damaged-1.db").is_dir()
    Outbox.open(file).outbox.close()


def test_a_full_disk_loses_nothing(file: Path) -> None:
    outbox = Outbox.open(file).outbox
    try:
        photo = outbox.add("shop", [Path("a.jpg")], 1.0)[0]
        pages = outbox._db.execute("PRAGMA page_count").fetchone()[0]
        outbox._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OutboxWriteError) as full:
            outbox.add("shop", [Path(f"{n}-{'x' * 100}.jpg") for n in range(5000)], 1.0)
        assert "disk may be full" in full.value.detail
        assert outbox.photos("shop") == [photo]
        outbox._db.execute("PRAGMA max_page_count = 100000")
        assert outbox.move(photo.id, State.CHECKING).state is State.CHECKING
    finally:
        outbox.close()
