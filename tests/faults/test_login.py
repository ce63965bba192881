"""Signing in over a network that breaks, and a sign-in that ends in the middle of a batch."""

from __future__ import annotations

from typing import Any

import pytest
from drill import LARGE, Drill, Sight, credentials
from proxy import Answer, CutDown, DropAnswer, Fault, Gibberish, Portal, Refuse, Stall
from table import Table
from test_network import check_words

from uploader.background.values import Link
from uploader.domain.states import State

SIGNING_IN = "signing in"
CATALOGUE = "reading the catalogue"
MID_BATCH = "the sign-in, in the middle of a batch"


def refused_at_once(drill: Drill, qtbot: Any) -> tuple[str, str, str]:
    """Try to sign in, and give the field, the title and the sentence shown at it."""
    with qtbot.waitSignal(drill.person.desk.sign_in_failed, timeout=60_000) as failed:
        drill.person.desk.sign_in(drill.way.url, credentials(drill.store), False, "drill")
    return tuple(failed.args)


@pytest.mark.parametrize(
    ("words", "fault", "title"),
    [
        ("connection refused", Refuse(), "The connection broke"),
        ("no answer, then cut", Stall(0.3), "The connection broke"),
        ("the answer dropped", DropAnswer(), "The connection broke"),
        ("cut on the way down", CutDown(90), "The connection broke"),
        ("500", Answer(500), "The store has a problem of its own"),
        ("503 with Retry-After", Answer(503, retry_after=1), "The store is busy"),
        ("a hotel’s sign-in page", Portal(), "Something else answers at this address"),
        ("gibberish", Gibberish(), "The connection broke"),
    ],
)
def test_a_sign_in_that_breaks_says_why_and_works_the_next_time(
    drill: Drill, table: Table, qtbot: Any, words: str, fault: Fault, title: str
) -> None:
    drill.script("POST", "/sign-in", fault)
    field, said, sentence = refused_at_once(drill, qtbot)
    assert drill.way.counts == {fault.name: 1}
    assert said == title
    sight = Sight((), (f"{said}. {sentence.replace('127.0.0.1', 'my.shop')}",), ())
    check_words(sight)
    assert field in ("", "address")
    assert drill.person.desk.connection.link is Link.ONLINE, "what was in use stays in use"
    photo = drill.add_and_send()
    drill.until_there(photo)
    drill.exactly_once()
    table.add(words, SIGNING_IN, 1, "the sign-in before it stays in use", sight)


@pytest.mark.parametrize(
    ("words", "fault", "times"),
    [
        # A question that breaks on a kept connection is asked once more at once.
        ("the answer dropped", DropAnswer(), 2),
        ("500", Answer(500), 1),
        ("503 with Retry-After", Answer(503, retry_after=1), 1),
        ("a hotel’s sign-in page", Portal(), 1),
    ],
)
def test_a_catalogue_that_breaks_is_read_again(
    drill: Drill, table: Table, qtbot: Any, words: str, fault: Fault, times: int
) -> None:
    drill.script("GET", "/items", fault, times=times)
    with qtbot.waitSignal(drill.person.desk.catalogue_loaded, timeout=60_000):
        drill.person.desk.sign_in(drill.way.url, credentials(drill.store), False, "drill")
    assert drill.way.counts == {fault.name: times}
    photo = drill.add_and_send()
    drill.until_there(photo)
    drill.exactly_once()
    sight = drill.witness.sight(photo)
    check_words(sight)
    table.add(words, CATALOGUE, times, "read again by itself", sight)


@pytest.mark.parametrize(
    ("words", "change"),
    [
        # Yesterday: one that ended a year ago is as unknown to the store as any.
        ("expired", "UPDATE store_token SET expires_at = datetime('now', '-1 day')"),
        ("revoked", "UPDATE store_token SET revoked_at = '2020-01-01 00:00:00'"),
    ],
)
def test_a_batch_waits_for_the_next_sign_in_and_goes_on(
    drill: Drill, table: Table, words: str, change: str
) -> None:
    before = drill.add(drill.write())
    drill.send(before)
    drill.until_there(*before)
    ids = drill.add(*(drill.write(size) for size in (LARGE, *[60_000] * 5)))
    drill.script("PATCH", "/uploads/", Stall(), times=None)
    drill.send(ids[:1])
    drill.until(lambda: drill.way.inflicted)
    drill.store.sql(change)
    drill.send(ids[1:])
    signed_out = Link.SIGNED_OUT
    drill.until(lambda: drill.person.desk.connection.link is signed_out)
    drill.until(lambda: all(drill.state(i) is State.WAITING for i in ids[1:]))
    # The large one hangs in the middle: the network lets go of it now.
    drill.way.away = True
    drill.until(lambda: drill.state(ids[0]) is State.WAITING)
    drill.way.away = False
    drill.way.faults = None
    assert drill.person.desk.connection.link is signed_out
    drill.until_words(ids[1], "It is sent once you sign in.")
    drill.person.sign_in(drill.reached(), "drill")
    drill.until_there(*ids)
    drill.exactly_once()
    for photo in ids:
        assert drill.witness.attempts(photo) == 0
        check_words(drill.witness.sight(photo))
    sight = drill.witness.sight(ids[1])
    table.add(words, MID_BATCH, 1, "waits; all live, once, after signing in again", sight)
