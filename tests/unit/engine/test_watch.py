"""A watched folder: new photos once, whole ones alone, and again after nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from uploader.domain.cancel import CancelToken
from uploader.engine import watch as module
from uploader.engine.watch import Watch, WatchMemoryError

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "camera"
    made.mkdir()
    (made / "old.jpg").write_bytes(JPEG)
    return made


@pytest.fixture
def watching(folder, tmp_path):
    def begin():
        return Watch(folder, tmp_path / "memory" / "camera.jsonl")

    return begin


@pytest.fixture
def full(monkeypatch):
    """Say whether the disk is full: then what is written stays behind half, and is an error."""

    def become(*, full):
        def fsync(handle):
            if full:
                os.truncate(handle, 20)
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(module.os, "fsync", fsync)

    return become


def names(watch):
    found = watch.look(CancelToken())
    watch.take(found)
    return [path.name for path in found]


def test_what_was_there_before_isnt_new_and_what_comes_is_taken_once(watching, folder):
    watch = watching()
    assert [names(watch), names(watch)] == [[], []]
    (folder / "sub").mkdir()
    (folder / "sub" / "new.jpg").write_bytes(JPEG)
    (folder / "notes.txt").write_bytes(b"not a photo")
    assert names(watch) == []
    assert names(watch) == ["new.jpg"]
    assert names(watch) == []


def test_a_copy_under_way_is_waited_for(watching, folder):
    watch, coming = watching(), folder / "coming.jpg"
    names(watch)
    coming.write_bytes(b"")
    assert names(watch) == []
    for size in (10, 20):
        coming.write_bytes(JPEG[:size])
        assert names(watch) == []
    assert names(watch) == ["coming.jpg"]


def test_a_changed_file_is_new_again(watching, folder):
    watch = watching()
    names(watch)
    os.utime(folder / "old.jpg", ns=(1, 1))
    names(watch)
    (folder / "old.jpg").write_bytes(JPEG + b"edited")
    names(watch)
    assert names(watch) == ["old.jpg"]


def test_a_restart_takes_nothing_twice_and_misses_nothing(watching, folder):
    watch = watching()
    names(watch)
    (folder / "one.jpg").write_bytes(JPEG)
    names(watch)
    assert names(watch) == ["one.jpg"]
    (folder / "while off.jpg").write_bytes(JPEG)
    again = watching()
    assert [names(again), names(again), names(again)] == [[], ["while off.jpg"], []]


def test_what_wasnt_taken_comes_again(watching, folder):
    watch = watching()
    names(watch)
    (folder / "one.jpg").write_bytes(JPEG)
    watch.look(CancelToken())
    assert [p.name for p in watch.look(CancelToken())] == ["one.jpg"]
    assert names(watch) == ["one.jpg"]


def test_a_folder_that_is_gone_is_no_empty_one(watching, folder):
    watch = watching()
    names(watch)
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(OSError):
        watch.look(CancelToken())
    away.rename(folder)
    (folder / "new.jpg").write_bytes(JPEG)
    assert [names(watch), names(watch)] == [[], ["new.jpg"]]


def test_half_a_line_of_memory_costs_that_line(watching, folder, tmp_path):
    names(watching())
    memory = tmp_path / "memory" / "camera.jsonl"
    memory.write_text(memory.read_text() + '["/half')
    watch = watching()
    assert [names(watch), names(watch)] == [[], []]


def test_a_full_disk_at_the_first_look_makes_nothing_new_but_what_came_later(
    watching, folder, full
):
    watch = watching()
    full(full=True)
    for _ in range(3):
        with pytest.raises(WatchMemoryError, match="No space"):
            names(watch)
        (folder / "later.jpg").write_bytes(JPEG)
    full(full=False)
    assert [names(watch), names(watch), names(watch)] == [[], ["later.jpg"], []]


def test_a_full_disk_after_taking_costs_nothing(watching, folder, full):
    watch = watching()
    names(watch)
    (folder / "one.jpg").write_bytes(JPEG)
    names(watch)
    full(full=True)
    with pytest.raises(WatchMemoryError):
        names(watch)
    (folder / "two.jpg").write_bytes(JPEG)
    for _ in range(2):
        with pytest.raises(WatchMemoryError):
            names(watch)
    full(full=False)
    assert [names(watch), names(watch), names(watch)] == [[], ["two.jpg"], []]
    again = watching()
    assert [names(again), names(again)] == [[], []]


KILLED = """
import os, sys
from pathlib import Path
from uploader.domain.cancel import CancelToken
from uploader.engine.watch import Watch

os.fsync = lambda handle: os._exit(9)
Watch(Path(sys.argv[1]), Path(sys.argv[2])).look(CancelToken())
"""


@pytest.mark.parametrize("count", [1, 300])
def test_a_kill_at_the_first_look_leaves_it_the_first(watching, folder, tmp_path, count):
    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(JPEG)
    memory = tmp_path / "memory" / "camera.jsonl"
    command = [sys.executable, "-c", KILLED, folder, memory]
    assert subprocess.run(command, check=False, cwd=Path.cwd()).returncode == 9
    watch = watching()
    assert [names(watch), names(watch), names(watch)] == [[], [], []]


def test_an_empty_memory_is_none_and_that_of_an_empty_folder_is_one(watching, folder, tmp_path):
    memory = tmp_path / "memory" / "camera.jsonl"
    memory.parent.mkdir()
    memory.touch()
    watch = watching()
    assert [names(watch), names(watch)] == [[], []]
    memory.unlink()
    (folder / "old.jpg").unlink()
    names(watching())
    (folder / "while off.jpg").write_bytes(JPEG)
    watch = watching()
    assert [names(watch), names(watch)] == [[], ["while off.jpg"]]


def test_a_memory_that_cant_be_read_isnt_a_folder_that_is_gone(watching, tmp_path):
    (tmp_path / "memory" / "camera.jsonl").mkdir(parents=True)
    with pytest.raises(WatchMemoryError):
        names(watching())


def test_the_memory_of_an_older_version_is_gone_on_with(watching, folder, tmp_path):
    names(watching())
    memory = tmp_path / "memory" / "camera.jsonl"
    memory.write_text("".join(memory.read_text().splitlines(keepends=True)[1:]))
    (folder / "new.jpg").write_bytes(JPEG)
    watch = watching()
    assert [names(watch), names(watch)] == [[], ["new.jpg"]]
