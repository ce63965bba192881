"""What is taken back, at a store that is slow to say what it has."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from uploader.background.withdrawals import Withdrawals
from uploader.domain.errors import BusyError
from uploader.domain.photos import may_have_arrived
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.reconcile import SETTLING


@pytest.fixture
def person(hall):
    """Give a hall whose photos can be taken back, with a clock that the test moves."""
    # Nobody works on the photos but the test.
    hall.outbox.listener = None
    hall.now = 0.0
    hall.looks = []
    hall.there = []

    def find(photo, cancel):
        hall.looks.append(hall.now)
        if hall.there:
            remote = hall.there[0]
            return RemotePhoto(remote, RemoteState.PROCESSING, poll_address="1")
        return None

    hall.store.find = find
    hall.withdrawals = Withdrawals(
        hall.outbox,
        hall.contact,
        hall.work,
        SimpleNamespace(),
        heed=lambda _: True,
        forgotten=lambda _: None,
        passing=lambda: hall.now,
    )
    yield hall
    hall.contact.service.end()
    assert hall.withdrawals.close(20_000)


def taken_back(hall):
    photo = hall.waiting(Path("lamp.jpg"))
    hall.outbox.move(photo.id, State.UPLOADING)
    return hall.outbox.move(photo.id, State.CANCELLED, sent=photo.fingerprint.bytes)


def test_a_plain_store_gets_its_time_before_it_is_believed(person, qtbot) -> None:
    person.store.capabilities = Capabilities()
    photo = taken_back(person)
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.looks == [0.0])
    assert may_have_arrived(person.outbox.photo(photo.id))
    # It was storing it still.
    person.there.append("7")
    person.now = SETTLING - 1
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.state(photo) is State.PROCESSING)
    arrived = person.outbox.photo(photo.id)
    assert arrived.remote_id == "7"
    assert person.outbox.events(photo.id)[0].text == words.TAKEN_BACK_TOO_LATE


def test_a_plain_store_is_believed_in_the_end(person, qtbot) -> None:
    person.store.capabilities = Capabilities()
    photo = taken_back(person)
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.looks == [0.0])
    person.now = SETTLING
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.outbox.photo(photo.id).sent == 0)
    assert person.state(photo) is State.CANCELLED


def test_a_store_that_knows_references_is_believed_at_once(person, qtbot) -> None:
    photo = taken_back(person)
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.outbox.photo(photo.id).sent == 0)
    assert person.looks == [0.0]


def test_what_the_store_says_is_a_picture_is_owned_up_to(person, qtbot) -> None:
    photo = person.waiting(Path("lamp.jpg"))
    person.outbox.change(photo.id, sent=1)
    person.outbox.move(photo.id, State.CANCELLED, fingerprint=None)
    person.store.discard = lambda photo, cancel: True
    person.there.append("7")
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.state(photo) is State.PROCESSING)


def test_a_store_that_has_no_time_to_drop_it_is_asked_again(person, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("uploader.background.withdrawals._AGAIN", 0.01)
    photo = taken_back(person)
    answers = [BusyError("Another request holds it")]

    def discard(photo, cancel):
        if answers:
            raise answers.pop()
        return False

    person.store.discard = discard
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: person.outbox.photo(photo.id).sent == 0)


def test_a_busy_store_is_asked_about_one_photo_and_not_before_its_time(
    person, qtbot, monkeypatch
) -> None:
    photos = [taken_back(person) for _ in range(3)]
    asked, waits = [], []

    def discard(photo, cancel):
        asked.append(photo.id)
        if photo.id == photos[0].id and len(asked) < 5:
            raise BusyError("Busy", retry_after=30)
        return False

    person.store.discard = discard
    cancel = person.contact.service.cancel
    monkeypatch.setattr(cancel, "wait", waits.append)
    person.withdrawals.drop_half_sent()
    qtbot.waitUntil(lambda: not any(person.outbox.photo(photo.id).sent for photo in photos))
    first, second, third = (photo.id for photo in photos)
    # One that is refused again and again holds up no other.
    assert asked == [first, second, third, first, first]
    assert len(waits) == 2
    assert all(30 <= wait <= 35 for wait in waits)
