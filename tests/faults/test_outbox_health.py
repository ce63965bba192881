"""The outbox's files damaged in every way: the app opens them, says so, and loses nothing more."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from outbox_damage import CLOSED, KILLED, PAGE, PROFILE, Base, Damage, fill, make

from uploader.domain.history import HistoryQuery, Outcome
from uploader.domain.states import State
from uploader.outbox import Outbox, OutboxError, OutboxTooNewError
from uploader.outbox.history import History
from uploader.outbox.schema import MIGRATIONS

SEEDS = int(os.environ.get("OUTBOX_SEEDS", "6"))
"""Damages tried of each kind; the same seed damages the same bytes."""

NAME = "outbox.sqlite3"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make(tmp_path_factory.mktemp("closed"), killed=False)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make(tmp_path_factory.mktemp("killed"), killed=True)


def _kept(folder: Path) -> dict[str, bytes]:
    """Give the content of the outbox and its log."""
    return {name: file.read_bytes() for name in (NAME, f"{NAME}-wal")
            if (file := folder / name).is_file()}  # fmt: skip


def _is_kept_beside(before: dict[str, bytes], folder: Path) -> bool:
    beside = {name.replace(NAME, "outbox.damaged-1.sqlite3"): content
              for name, content in before.items()}  # fmt: skip
    return all((folder / name).read_bytes() == content for name, content in beside.items())


def _try(base: Base, damage: Damage, seed: str, folder: Path) -> None:
    """Damage a copy, open it, and hold it to all that is promised."""
    file = base.copy(folder)
    touched = damage(file, random.Random(seed))
    before = _kept(folder)
    try:
        opened = Outbox.open(file)
    except OutboxTooNewError:
        # A flipped version number may look like a newer one's: then nothing is touched.
        assert _kept(folder) == before, seed
        return
    with contextlib.closing(opened.outbox) as outbox:
        photos = {photo.id: photo for photo in outbox.photos(PROFILE)}
        known = {photo.reference for photo in base.photos.values()}
        invented = [
            p for p in photos.values() if p.id not in base.photos and p.reference not in known
        ]
        assert not invented, seed
        lost = base.photos.keys() - photos.keys()
        if "damaged-1" in opened.notice:
            assert _is_kept_beside(before, folder), seed
        else:
            assert not lost, seed
        if touched is not None and base.pages:
            safe = {n: photo for n, photo in base.photos.items() if base.pages[n] not in touched}
            assert {n: photos.get(n) for n in safe} == safe, seed
        outbox.recover(2000.0)
        assert outbox.add(PROFILE, [Path("/new.jpg")], 2000.0)[0].id > max(base.photos), seed
    _opens_quietly(file, seed)


def _opens_quietly(file: Path, seed: str = "") -> None:
    again = Outbox.open(file)
    again.outbox.close()
    assert again.notice == "", seed
    left = {entry.name for entry in file.parent.iterdir() if entry.suffix in
            (".salvage", ".mending", ".mended", ".mark-new")}  # fmt: skip
    assert left == set(), seed


@pytest.mark.parametrize("kind", CLOSED)
def test_a_file_damaged_while_it_was_closed(closed: Base, kind: str, tmp_path: Path) -> None:
    for seed in range(SEEDS):
        _try(closed, CLOSED[kind], f"closed {kind} {seed}", tmp_path / str(seed))


@pytest.mark.parametrize("kind", KILLED)
def test_a_file_damaged_after_a_kill(killed: Base, kind: str, tmp_path: Path) -> None:
    for seed in range(SEEDS):
        _try(killed, KILLED[kind], f"killed {kind} {seed}", tmp_path / str(seed))


def test_after_a_kill_the_log_is_read(killed: Base, tmp_path: Path) -> None:
    opened = Outbox.open(killed.copy(tmp_path / "it"))
    with contextlib.closing(opened.outbox) as outbox:
        assert {photo.id: photo for photo in outbox.photos(PROFILE)} == killed.photos
    assert opened.notice == ""


# ---- what is in it after that
def test_nothing_is_sent_before_the_store_was_asked(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    CLOSED["zero header"](file, random.Random(3))
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        waiting = {photo.id for photo in outbox.in_state(PROFILE, State.WAITING)}
        assert waiting
        assert outbox.claim(PROFILE, 5000.0) is None
        uncertain = {photo.id for photo in outbox.in_state(PROFILE, State.UNCERTAIN)}
        assert waiting <= uncertain
        # Not there, says the store: now it may go.
        first = min(waiting)
        outbox.move(first, State.WAITING)
        claimed = outbox.claim(PROFILE, 5000.0)
        assert claimed is not None
        assert (claimed.id, claimed.state) == (first, State.UPLOADING)


def test_an_older_state_is_told_and_doubted(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    backup = file.read_bytes()
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        while photo := outbox.claim(PROFILE, 5000.0):
            outbox.move(photo.id, State.PROCESSING)
    file.write_bytes(backup)
    opened = Outbox.open(file)
    with contextlib.closing(opened.outbox) as outbox:
        assert "restored or changed" in opened.notice
        assert outbox.in_state(PROFILE, State.WAITING)
        assert outbox.claim(PROFILE, 5000.0) is None
        assert outbox.in_state(PROFILE, State.WAITING) == []
    _opens_quietly(file)


def test_the_log_of_another_outbox_is_left_out(closed: Base, killed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    shutil.copyfile(killed.folder / f"{NAME}-wal", file.with_name(f"{NAME}-wal"))
    before = _kept(file.parent)
    opened = Outbox.open(file)
    with contextlib.closing(opened.outbox) as outbox:
        assert {photo.id: photo for photo in outbox.photos(PROFILE)} == closed.photos
    assert "300 photos were carried over" in opened.notice
    assert _is_kept_beside(before, file.parent)


def test_every_table_is_carried_over(closed: Base, tmp_path: Path) -> None:
    def content(file: Path) -> dict[str, list[object]]:
        with contextlib.closing(sqlite3.connect(file)) as db:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: db.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
                    for (name,) in tables if name not in ("doubts", "settings")}  # fmt: skip

    file = closed.copy(tmp_path / "it")
    before = content(file)
    assert {name for name, rows in before.items() if rows} >= {"photos", "events", "history"}
    CLOSED["zero header"](file, random.Random(1))
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert outbox.get_setting("profile") == PROFILE
    assert content(file) == before


NONSENSE = {
    "state": "UPDATE photos SET state = 'dancing' WHERE id = 7",
    "JSON": "UPDATE photos SET facts = '{broken' WHERE id = 7",
    "shape": """UPDATE photos SET item = '{"sku": 3}' WHERE id = 7""",
    "types": """UPDATE photos SET item = '{"id": 5, "title": null}' WHERE id = 7""",
    "list": "UPDATE photos SET findings = '[[1, 2]]' WHERE id = 7",
    "deep": f"UPDATE photos SET candidates = '{'[' * 5000}' WHERE id = 7",
    "focus": "UPDATE photos SET focus = '[7, 8]' WHERE id = 7",
    "edits": "UPDATE photos SET edits = '[45, true]' WHERE id = 7",
    "edits' type": "UPDATE photos SET edits = '[90, 1]' WHERE id = 7",
    "position": "UPDATE photos SET position = 0 WHERE id = 7",
    "negative": "UPDATE photos SET attempts = -4, sent = -1 WHERE id = 7",
    "number": "UPDATE photos SET not_before = 'soon' WHERE id = 7",
    "infinite": "UPDATE photos SET state_since = 9e999 WHERE id = 7",
    "path": "UPDATE photos SET path = x'' WHERE id = 7",
    "reference": "UPDATE photos SET reference = '' WHERE id = 7",
    "binary": "UPDATE photos SET alt = CAST(x'ff00fe' AS TEXT) WHERE id = 7",
    "id": "UPDATE photos SET id = 99999999999 WHERE id = 7",
    "history": "UPDATE history SET outcome = 'dancing' WHERE id = 7",
    "far": "UPDATE photos SET added_at = 1e300, not_before = -3 WHERE id = 7",
    "history time": "UPDATE history SET sent_at = 9e99, ended_at = -1.0 WHERE id = 7",
    "event time": "UPDATE events SET at = 1e300 WHERE photo_id = 7",
    "event": "UPDATE events SET text = x'00' WHERE photo_id = 7",
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_a_row_that_makes_no_sense_costs_no_other(closed: Base, kind: str, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(NONSENSE[kind])
    before = _kept(file.parent)
    opened = Outbox.open(file)
    with contextlib.closing(opened.outbox) as outbox:
        photos = {photo.id: photo for photo in outbox.photos(PROFILE)}
        others = {n: photo for n, photo in closed.photos.items() if n != 7}
        assert {n: photo for n, photo in photos.items() if n != 7} == others
        outbox.counts(PROFILE)
        outbox.events(7)
        assert outbox.add(PROFILE, [Path("/new.jpg")], 1.0)[0].id == 301
    assert "damaged" in opened.notice
    assert _is_kept_beside(before, file.parent)
    _opens_quietly(file)


def _by_hand(file: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_a_time_that_cannot_be_costs_no_photo(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    _by_hand(file, "UPDATE photos SET state_since = 9e999, added_at = -5 WHERE id = 7")
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        photo = outbox.photo(7)
    assert photo == replace(closed.photos[7], added_at=0.0, state_since=0.0)


@pytest.mark.parametrize(
    "broken", ["item = '{broken'", "problem = '[1]'", "bytes = 'many'", "sent_at = 9e99"]
)
def test_a_line_loses_only_what_makes_no_sense(closed: Base, broken: str, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    _by_hand(file, f"UPDATE history SET {broken} WHERE id = 7")
    with History(file) as history:
        total = history.counts(None, "")[Outcome.ALL]
    Outbox.open(file).outbox.close()
    with History(file) as history:
        lines = history.page(None, HistoryQuery(), limit=total + 1)
    assert len(lines) == total
    [line] = [line for line in lines if line.number == 7]
    assert line.outcome in State
    assert line.sent_at <= 32e9
    assert line.name


@pytest.mark.parametrize("how", ["zero header", "zero leaf"])
def test_what_was_taken_off_the_list_stays_off(closed: Base, how: str, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    off = [number for number in closed.photos if number % 3 == 0]
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        outbox.take_off(off)
    if how == "zero header":
        CLOSED[how](file, random.Random(3))
    else:
        # Where the table begins: SQLite finds no row, they are read page by page.
        with contextlib.closing(sqlite3.connect(file)) as db:
            [(root,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'photos'")
        content = bytearray(file.read_bytes())
        content[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
        file.write_bytes(content)
    opened = Outbox.open(file)
    with contextlib.closing(opened.outbox) as outbox:
        assert outbox.leaving() == off
        assert f" {len(closed.photos) - len(off)} photos were carried over" in opened.notice
        assert {photo.id for photo in outbox.photos(PROFILE)} == closed.photos.keys() - set(off)


@pytest.mark.parametrize(
    "mark",
    [
        '{"outbox": "x", "session": 1, "last_id": 99999999999999999999}',
        '{"outbox": "x", "session": 1, "last_id": 2147483647}',
        '{"outbox": "x", "session": 99999999999999999999, "last_id": 3}',
        "[" * 100_000,
    ],
)
def test_a_mark_that_makes_no_sense(closed: Base, mark: str, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    file.with_name(f"{NAME}.mark").write_text(mark)
    for number in (301, 302):
        with contextlib.closing(Outbox.open(file).outbox) as outbox:
            assert outbox.add(PROFILE, [Path("/new.jpg")], 1.0)[0].id == number


def test_a_session_that_has_no_number(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    _by_hand(file, f"UPDATE settings SET value = '{'9' * 5000}' WHERE key = 'session'")
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert len(outbox.photos(PROFILE)) == 300
    _opens_quietly(file)


def test_values_that_must_be_there_and_arent(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    _by_hand(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'state TEXT NOT NULL', 'state TEXT')",
    )
    _by_hand(file, "UPDATE photos SET state = NULL WHERE id = 9")
    _by_hand(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'state TEXT', 'state TEXT NOT NULL')",
    )
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert len(outbox.photos(PROFILE)) == 299


def test_two_photos_with_one_reference(closed: Base, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    sent = next(n for n, photo in closed.photos.items() if photo.state is State.LIVE)
    other = next(n for n, photo in closed.photos.items() if photo.state is State.WAITING)
    _by_hand(
        file,
        "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_master WHERE name = 'sqlite_autoindex_photos_1'",
        "UPDATE sqlite_master SET sql = replace(sql, 'TEXT NOT NULL UNIQUE', 'TEXT NOT NULL') "
        "WHERE name = 'photos'",
    )
    _by_hand(
        file, f"UPDATE photos SET reference = (SELECT reference FROM photos WHERE id = {sent}) "
        f"WHERE id = {other}",
    )  # fmt: skip
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        photos = {photo.id: photo for photo in outbox.photos(PROFILE)}
    # The one that the store has; the other is the same photo in an older state.
    assert photos[sent] == closed.photos[sent]
    assert other not in photos


@pytest.mark.parametrize("how", ["seq = 3", "seq = NULL", "seq = 'x'", None])
def test_an_id_is_never_given_twice(closed: Base, how: str | None, tmp_path: Path) -> None:
    file = closed.copy(tmp_path / "it")
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        outbox.remove(range(290, 301))
    _by_hand(file, f"UPDATE sqlite_sequence SET {how}" if how else "DELETE FROM sqlite_sequence")
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        added = outbox.add(PROFILE, [Path("/a.jpg"), Path("/b.jpg")], 1.0)
        assert [photo.id for photo in added] == [301, 302]


# ---- things that aren't files
def test_a_link_to_nowhere_is_refused_and_left(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.symlink_to(tmp_path / "drive" / NAME)
    with pytest.raises(OutboxError) as refused:
        Outbox.open(file)
    assert "Connect its drive" in refused.value.detail
    assert file.is_symlink()
    (tmp_path / "drive").mkdir()
    shutil.copy(_small(tmp_path / "elsewhere"), tmp_path / "drive")
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert len(outbox.photos(PROFILE)) == 14
    assert file.is_symlink()


def _loop(file: Path) -> None:
    file.symlink_to(file)


def _folder(file: Path) -> None:
    (file / "in it").mkdir(parents=True)


def _pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize("put", [_loop, _folder, _pipe])
def test_what_is_no_file_is_moved_aside(put: Callable[[Path], None], tmp_path: Path) -> None:
    for number in (1, 2):
        file = tmp_path / NAME
        file.unlink(missing_ok=True)
        put(file)
        kind = file.lstat().st_mode
        opened = Outbox.open(file)
        opened.outbox.close()
        assert f"outbox.damaged-{number}.sqlite3" in opened.notice
        assert (tmp_path / f"outbox.damaged-{number}.sqlite3").lstat().st_mode == kind
        _opens_quietly(file)


def _small(folder: Path) -> Path:
    folder.mkdir()
    with contextlib.closing(Outbox.open(folder / NAME).outbox) as outbox:
        fill(outbox, 0, 14)
    return folder / NAME


@pytest.mark.parametrize("grown", [True, False])
def test_a_huge_file_with_holes(grown: bool, tmp_path: Path) -> None:
    file = _small(tmp_path / "it")
    if not grown:
        file.write_bytes(b"")
    os.truncate(file, 700_000_000)
    with contextlib.closing(Outbox.open(file).outbox) as outbox:
        assert len(outbox.photos(PROFILE)) == (14 if grown else 0)
    assert sum(entry.stat().st_blocks * 512 for entry in file.parent.iterdir()) < 50_000_000


def test_a_newer_file_is_not_touched(killed: Base, tmp_path: Path) -> None:
    file = killed.copy(tmp_path / "it")
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {entry.name: entry.read_bytes() for entry in file.parent.iterdir()}
    for _ in range(2):
        with pytest.raises(OutboxTooNewError):
            Outbox.open(file)
    after = {entry.name: entry.read_bytes() for entry in file.parent.iterdir()}
    assert after == {**before, f"{NAME}.lock": b""}
