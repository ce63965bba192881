"""Thousands of photos: what is asked all the time is found by an index, and told in helpings."""

from __future__ import annotations

from pathlib import Path

import pytest

from uploader.domain.states import State
from uploader.outbox import Edit, Outbox, reading, repository
from uploader.outbox.reading import Known
from uploader.outbox.repository import BUNCH

QUESTIONS = {
    "claim": lambda outbox: outbox.claim("shop", 5.0),
    "next_later": lambda outbox: outbox.next_later("shop", 5.0),
    "oldest": lambda outbox: outbox.oldest("shop", State.ADDED),
    "in_state": lambda outbox: outbox.in_state("shop", State.UNCERTAIN, State.PROCESSING),
    "in_state_still": lambda outbox: outbox.in_state_still({}, "shop", State.UNCERTAIN),
    "dues": lambda outbox: outbox.dues("shop", State.UNCERTAIN),
    "to_drop": lambda outbox: outbox.to_drop("shop"),
    "leaving": lambda outbox: outbox.leaving(),
    "some": lambda outbox: outbox.some([1, 2, 3]),
    "ids": lambda outbox: outbox.ids("shop", State.READY),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_all_the_time_walks_through_no_table(outbox: Outbox, one, question) -> None:
    asked: list[str] = []
    outbox._db.set_trace_callback(asked.append)
    QUESTIONS[question](outbox)
    outbox._db.set_trace_callback(None)
    looks = [sql for sql in asked if sql.startswith("SELECT") and " FROM photos" in sql]
    assert looks
    for sql in looks:
        plan = [row[3] for row in outbox._db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        walks = [step for step in plan if step.startswith("SCAN photos") and "INDEX" not in step]
        assert not walks, sql


def test_photos_are_listed_in_helpings(outbox: Outbox) -> None:
    added = outbox.add("shop", [Path(f"/p/{n}") for n in range(7)], 1.0)
    outbox.add("other", [Path("/p/other")], 1.0)
    outbox.take_off([added[2].id])
    first = outbox.listed("shop", limit=3)
    rest = outbox.listed("shop", first[-1].id, 10)
    assert [photo.id for photo in first + rest] == [p.id for p in added if p is not added[2]]
    assert outbox.photos("shop") == first + rest


def test_what_is_told_again_comes_after_what_changed_before(outbox: Outbox, one) -> None:
    heard: list[list[str]] = []
    outbox.listener = lambda photos: heard.append([photo.alt for photo in photos])
    outbox.change(one.id, alt="new")
    assert outbox.tell("shop", 0, 10)[0].alt == "new"
    assert outbox.tell("shop", one.id, 10) == []
    assert heard == [["new"], ["new"]]


def test_a_photo_that_left_the_list_is_neither_shown_nor_sent(outbox: Outbox, one) -> None:
    outbox.take_off([one.id])
    assert outbox.photos("shop") == []
    assert outbox.claim("shop", 9e9) is None
    assert outbox.counts("shop").total == 0
    assert outbox.leaving() == [one.id]
    outbox.remove([one.id])
    assert outbox.leaving() == []


@pytest.fixture
def decoded(monkeypatch) -> list[int]:
    """The ids of the photos that are read from their rows from now on."""
    ids: list[int] = []
    decode = reading.decode

    def counting(row):
        ids.append(row[0])
        return decode(row)

    monkeypatch.setattr(reading, "decode", counting)
    return ids


def test_who_asks_over_and_over_has_only_news_read(outbox: Outbox, decoded) -> None:
    added = [photo.id for photo in outbox.add("shop", [Path(f"/p/{n}") for n in range(50)], 1.0)]
    known: Known = {}
    for do, news in [
        (lambda: None, added),
        (lambda: None, []),
        (lambda: outbox.change(7, alt="new"), [7]),
        (lambda: outbox.change(7, alt="newer"), [7]),
        (lambda: outbox.move(8, State.CHECKING), []),
        (lambda: outbox.move(8, State.ADDED), [8]),
        (lambda: outbox.remove([9, 10]), []),
        (lambda: outbox.add("shop", [Path("/p/last")], 2.0), [51]),
    ]:
        do()
        decoded.clear()
        photos = outbox.in_state_still(known, "shop", State.ADDED)
        assert decoded == news
        assert photos == outbox.in_state("shop", State.ADDED)
        assert len(known) == len(photos)


def test_thousands_change_in_bunches_and_what_may_not_stays(outbox: Outbox) -> None:
    added = outbox.add("shop", [Path(f"/p/{n}") for n in range(2 * BUNCH + 5)], 1.0)
    heard: list[int] = []
    outbox.listener = lambda photos: heard.append(len(photos))

    def decide(photo) -> Edit | None:
        # Not in the table for any, not wanted for some.
        state = State.LIVE if photo.id % 5 == 0 else State.CHECKING
        return None if photo.id % 7 == 0 else Edit(state, "Looked at")

    changed = outbox.edit_many([*(photo.id for photo in added), 10**9], decide)
    assert {photo.id for photo in changed} == {p.id for p in added if p.id % 5 and p.id % 7}
    assert {photo.state for photo in changed} == {State.CHECKING}
    assert len(heard) == 3
    assert sum(heard) == len(changed)
    assert [event.text for event in outbox.events(changed[0].id)] == ["Looked at"]


def test_between_bunches_others_get_their_turn(outbox: Outbox, monkeypatch) -> None:
    ids = [photo.id for photo in outbox.add("shop", [Path("/p")] * (2 * BUNCH + 5), 1.0)]
    pauses: list[float] = []
    monkeypatch.setattr(repository.time, "sleep", pauses.append)
    outbox.move_many(ids, State.CANCELLED)
    assert len(pauses) == 2
    outbox.remove(ids)
    assert len(pauses) == 4
    assert outbox.photos("shop") == []
