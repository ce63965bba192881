"""A watched folder: new photos once, whole ones alone, and again after nothing."""

from __future__ import annotations

import os

import pytest

from uploader.domain.cancel import CancelToken
from uploader.engine.watch import Watch

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
