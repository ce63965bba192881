"""The watched folder of a desk at a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from uploader.background import watching
from uploader.domain.states import State


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


def listed(person):
    return [photo.name for photo in person.desk.photos()]


def test_new_photos_are_added_and_sent_by_themselves(quick, companion, person, photos, folder):
    companion.item("Watched lamp", "WL-0001")
    person.sign_in(companion)
    put(photos, folder, "before.jpg")
    desk = person.desk
    desk.set_preferences(replace(desk.preferences, at_once=True))
    desk.set_watched_folder(str(folder))
    person.until(lambda: desk.watched_folder == str(folder))
    memory = folder.parent / "watched"
    person.until(lambda: memory.is_dir() and any(f.stat().st_size for f in memory.iterdir()))
    put(photos, folder, "WL-0001_1.jpg")
    person.until(lambda: len(person.of(State.LIVE)) == 1)
    assert listed(person) == ["WL-0001_1.jpg"]


def test_it_stays_over_a_restart_and_takes_nothing_twice(
    quick, companion, make_desk, photos, folder, tmp_path
):
    person = make_desk(tmp_path)
    person.sign_in(companion)
    person.desk.set_watched_folder(str(folder))
    memory = tmp_path / "watched"
    person.until(lambda: memory.is_dir() and list(memory.iterdir()))
    put(photos, folder, "one.jpg")
    person.until(lambda: listed(person) == ["one.jpg"])
    person.until(lambda: next(memory.iterdir()).read_text())
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
    memory = folder.parent / "watched"
    person.until(lambda: memory.is_dir() and list(memory.iterdir()))
    away = folder.rename(folder.with_name("away"))
    person.until(lambda: person.said)
    away.rename(folder)
    put(photos, folder, "new.jpg")
    person.until(lambda: listed(person) == ["new.jpg"])
    assert person.said == ["The watched folder can’t be read"]
