"""The watched folder of a desk at a real store."""

from __future__ import annotations

import errno
from dataclasses import replace

import pytest

from uploader.background import watching
from uploader.domain.states import State
from uploader.engine import watch


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setitem(watching.Watching.__init__.__kwdefaults__, "pause", 0.05)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "camera"
    made.mkdir()
    return made


def put(photos, folder, name):
    [made] = photos(1, name=name)
    return made.rename(folder / name)


def noted(data):
    """Read what is remembered of the watched folder; empty before the first look has ended."""
    return "".join(memory.read_text() for memory in (data / "watched").glob("*.jsonl"))


def listed(person):
    return [photo.name for photo in person.desk.photos()]


def test_new_photos_are_added_and_sent_by_themselves(quick, companion, person, photos, folder):
    companion.item("Watched lamp", "WL-0001")
    person.sign_in(companion)
    put(photos, folder, "before.jpg")
    desk = person.desk
    desk.change_preferences(lambda now: replace(now, at_once=True))
    desk.set_watched_folder(str(folder))
    person.until(lambda: desk.watched_folder == str(folder))
    person.until(lambda: noted(folder.parent))
    put(photos, folder, "WL-0001_1.jpg")
    person.until(lambda: len(person.of(State.LIVE)) == 1)
    assert listed(person) == ["WL-0001_1.jpg"]


def test_it_stays_over_a_restart_and_takes_nothing_twice(
    quick, companion, make_desk, photos, folder, tmp_path
):
    person = make_desk(tmp_path)
    person.sign_in(companion)
    person.desk.set_watched_folder(str(folder))
    person.until(lambda: noted(tmp_path))
    put(photos, folder, "one.jpg")
    person.until(lambda: listed(person) == ["one.jpg"])
    person.until(lambda: "one.jpg" in noted(tmp_path))
    person.desk.remove([person.desk.photos()[0].id])
    person.until(lambda: listed(person) == [])
    person.desk.close()
    put(photos, folder, "two.jpg")
    again = make_desk(tmp_path)
    again.until(lambda: listed(again) == ["two.jpg"])
    again.desk.set_watched_folder("")
    again.until(lambda: not again.desk.watched_folder)


def test_a_folder_that_is_gone_is_said_once_and_goes_on(quick, companion, person, photos, folder):
    person.sign_in(companion)
    person.desk.set_watched_folder(str(folder))
    person.until(lambda: noted(folder.parent))
    away = folder.rename(folder.with_name("away"))
    person.until(lambda: person.said)
    away.rename(folder)
    put(photos, folder, "new.jpg")
    person.until(lambda: listed(person) == ["new.jpg"])
    assert person.said == ["The watched folder can’t be read"]


def test_a_disk_that_is_full_at_the_first_look_is_told_apart_and_nothing_old_comes(
    quick, companion, person, photos, folder, monkeypatch
):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    person.sign_in(companion)
    put(photos, folder, "before.jpg")
    with monkeypatch.context() as patched:
        patched.setattr(watch.os, "fsync", full)
        person.desk.set_watched_folder(str(folder))
        person.until(lambda: person.said)
    person.until(lambda: noted(folder.parent))
    put(photos, folder, "new.jpg")
    person.until(lambda: "new.jpg" in noted(folder.parent))
    assert listed(person) == ["new.jpg"]
    assert person.said == ["The watched folder waits"]
