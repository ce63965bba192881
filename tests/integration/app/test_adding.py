"""What is handed over stays handed over, however soon the program ends."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from uploader.background import intake
from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.domain.errors import CancelledError
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.outbox import Outbox


def paths_of(person):
    return sorted(photo.path for photo in person.desk.photos())


def kept(folder) -> str:
    """Give what is on record as still to be searched."""
    with closing(Outbox.open(folder / "outbox.sqlite3").outbox) as outbox:
        return outbox.get_setting("adding")


@pytest.fixture
def stuck(monkeypatch):
    """A search that finds nothing until the program ends."""

    def search(_paths, cancel, _found):
        assert cancel.wait(30), "nobody ended it"
        raise CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(intake, "scan", search)
        yield patch


def test_a_file_that_is_named_twice_is_listed_once(person, photos):
    paths = photos(3)
    person.add(paths[0], paths[0].parent, paths[2])
    assert paths_of(person) == paths
    assert person.said == ["2 photos are in the list already."]


def test_files_added_in_the_last_moment_are_there_at_the_next_start(
    make_desk, stuck, photos, tmp_path
):
    paths = photos(5)
    first = make_desk(tmp_path)
    first.desk.add(paths[:2])
    first.desk.add([paths[0].parent])
    first.desk.close()
    assert first.desk.photos() == []
    stuck.undo()
    second = make_desk(tmp_path)
    second.until(lambda: len(second.of(State.READY)) == 5)
    assert paths_of(second) == paths
    assert second.said == [], "nobody has asked now"
    second.until(lambda: not second.desk._crew.intake._adding)
    # Done once and for all: what leaves the list stays away.
    second.desk.remove([photo.id for photo in second.desk.photos()])
    second.until(lambda: not second.desk.photos())
    second.desk.close()
    assert json.loads(kept(tmp_path)) == []


def test_what_was_found_before_the_end_is_not_added_again(make_desk, monkeypatch, photos, tmp_path):
    paths = photos(4)

    def half(_paths, cancel, found):
        found(paths[:2])
        assert cancel.wait(30), "nobody ended it"
        raise CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(intake, "scan", half)
        first = make_desk(tmp_path)
        first.desk.add([paths[0].parent])
        first.until(lambda: len(first.of(State.READY)) == 2)
        first.desk.cancel([first.of(State.READY)[0].id])
        first.until(lambda: first.of(State.CANCELLED))
        first.desk.close()
    second = make_desk(tmp_path)
    second.until(lambda: len(second.of(State.READY)) == 3)
    assert paths_of(second) == paths
    assert len(second.of(State.CANCELLED)) == 1


def test_the_last_word_before_quitting_counts(make_desk, photos, tmp_path):
    first = make_desk(tmp_path)
    added = first.add(*photos(4))
    sent, taken_back = [photo.id for photo in added[:2]], [photo.id for photo in added[2:]]
    first.desk.choose_item(sent, Item("", "Lamp"))
    first.desk.upload(sent)
    first.desk.cancel(taken_back)
    first.desk.close()
    second = make_desk(tmp_path)
    assert {photo.id for photo in second.of(State.WAITING)} == set(sent)
    assert {photo.id for photo in second.of(State.CANCELLED)} == set(taken_back)


def test_files_that_come_before_the_outbox_can_be_opened_wait_for_it(
    person, qtbot, photos, tmp_path
):
    paths = photos(2)
    late = Desk(Settings(tmp_path, keychain=False, resume=False))
    with qtbot.waitSignal(late.failed, timeout=10_000):
        late.start()
    late.add(paths)
    person.desk.close()
    with qtbot.waitSignal(late.added, timeout=30_000) as added:
        late.start()
    assert added.args == [2]
    late.close()


@pytest.mark.parametrize("text", ["rubbish", "{", "[3]", "[[3]]", '"x"', "{}"])
def test_a_record_that_makes_no_sense_is_as_none(make_desk, photos, tmp_path, text):
    with closing(Outbox.open(tmp_path / "outbox.sqlite3").outbox) as outbox:
        outbox.set_setting("adding", text)
    person = make_desk(tmp_path)
    person.add(*photos(1))
    assert len(person.desk.photos()) == 1
