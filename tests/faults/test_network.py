"""Every fault of the network at every place of a photo's way: it arrives once, by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from drill import LARGE, SMALL, Drill, Sight
from proxy import (
    Answer,
    CutDown,
    CutUp,
    Delay,
    DropAnswer,
    Fault,
    Gibberish,
    Limit,
    Portal,
    Refuse,
    Stall,
    StallAnswer,
)
from table import Table

from uploader.domain.states import State
from uploader.engine.words import TAKEN_BACK_TOO_LATE


@dataclass(frozen=True)
class Place:
    """A request on a photo's way: the `nth` that matches, for a photo of `size` bytes."""

    words: str
    method: str
    path: str
    nth: int = 1
    size: int = SMALL


CREATION = Place("the request with all of a small photo", "POST", "/uploads$")
PIECE = Place("a piece of a large photo", "PATCH", "/uploads/", size=LARGE)
LAST_PIECE = Place("the last piece of a large photo", "PATCH", "/uploads/", nth=2, size=LARGE)
STATUS = Place("asking whether it is processed", "GET", r"/images\?changed_since")
CROP = Place("fetching a finished crop", "GET", "^/media/")

OFFLINE_PROCESSING = "The store is asked again once it can be reached."
ASKED = "Looking in the store"
SOMETHING_ELSE = "Something else answers at this address"
ITS_OWN = "The store has a problem of its own"
BUSY = "The store is busy"
FULL = "The store is full"
BLOCKED = "Refused on the way to the store"
NOTHING = ""
TWICE = 2
"""A question that breaks on a kept connection is asked once more at once."""

CASES = [
    (CREATION, "connection refused", Refuse(), ASKED),
    (CREATION, "no answer, then cut", Stall(0.3), ASKED),
    (CREATION, "cut on the way up", CutUp(20_000), ASKED),
    (CREATION, "cut after the last byte", CutUp(SMALL), ASKED),
    (CREATION, "cut on the way down", CutDown(60), ASKED),
    (CREATION, "delivered, and the answer dropped", DropAnswer(), ASKED),
    (CREATION, "delivered, and the answer held", StallAnswer(0.3), ASKED),
    (CREATION, "late", Delay(0.5), NOTHING),
    (CREATION, "a slow link", Limit(200_000), NOTHING),
    (CREATION, "403 of a firewall", Answer(403, retry_after=1, html=True), BLOCKED),
    (CREATION, "404 of a proxy", Answer(404, retry_after=1, html=True), BLOCKED),
    (CREATION, "429 with Retry-After", Answer(429, retry_after=1), BUSY),
    (CREATION, "500", Answer(500), ASKED),
    (CREATION, "502 as a page", Answer(502, html=True), ASKED),
    (CREATION, "503 without Retry-After", Answer(503), BUSY),
    (CREATION, "503 with Retry-After", Answer(503, retry_after=1), BUSY),
    (CREATION, "507 with Retry-After", Answer(507, retry_after=1), FULL),
    (CREATION, "a hotel’s sign-in page", Portal(), SOMETHING_ELSE, TWICE),
    (CREATION, "gibberish", Gibberish(), ASKED),
    (PIECE, "connection refused", Refuse(), NOTHING),
    (PIECE, "no answer, then cut", Stall(0.3), NOTHING),
    (PIECE, "cut on the way up", CutUp(2_000_000), NOTHING),
    (PIECE, "delivered, and the answer dropped", DropAnswer(), NOTHING),
    (PIECE, "403 of a firewall", Answer(403, retry_after=1), BLOCKED),
    (PIECE, "500", Answer(500, retry_after=1), ITS_OWN),
    (PIECE, "502 as a page", Answer(502, retry_after=1, html=True), ITS_OWN),
    (PIECE, "503 with Retry-After", Answer(503, retry_after=1), BUSY),
    (PIECE, "a hotel’s sign-in page", Portal(), NOTHING),
    (PIECE, "gibberish", Gibberish(), NOTHING),
    (LAST_PIECE, "cut after its last byte", CutUp(LARGE - 4 * 1024 * 1024), ASKED),
    (LAST_PIECE, "cut on the way down", CutDown(60), ASKED),
    (LAST_PIECE, "delivered, and the answer dropped", DropAnswer(), ASKED),
    (LAST_PIECE, "500", Answer(500), ASKED),
    (LAST_PIECE, "a hotel’s sign-in page", Portal(), NOTHING),
    (STATUS, "connection refused", Refuse(), OFFLINE_PROCESSING, TWICE),
    (STATUS, "the answer dropped", DropAnswer(), OFFLINE_PROCESSING, TWICE),
    (STATUS, "cut on the way down", CutDown(200), OFFLINE_PROCESSING, TWICE),
    (STATUS, "403 of a firewall", Answer(403, retry_after=1, html=True), NOTHING),
    (STATUS, "500", Answer(500, retry_after=1), NOTHING),
    (STATUS, "503 with Retry-After", Answer(503, retry_after=1), NOTHING),
    (STATUS, "a hotel’s sign-in page", Portal(), SOMETHING_ELSE),
    (STATUS, "gibberish", Gibberish(), OFFLINE_PROCESSING, TWICE),
    (CROP, "connection refused", Refuse(), OFFLINE_PROCESSING, TWICE),
    (CROP, "cut on the way down", CutDown(2000), OFFLINE_PROCESSING, TWICE),
    (CROP, "403 of a bucket", Answer(403), NOTHING),
    (CROP, "502 as a page", Answer(502, html=True), NOTHING),
    (CROP, "a hotel’s sign-in page", Portal(), NOTHING),
    (CROP, "gibberish", Gibberish(), OFFLINE_PROCESSING, TWICE),
]


def check_words(sight: Sight) -> None:
    """Every sentence says what happened, without codes and without blame.

    But for the one code that whoever runs a firewall finds its rule by.
    """
    for text in sight.all:
        plain = re.sub(r"refuses it \(40[34]\)", "", text)
        assert not re.search(r"\b[45]\d\d\b|HTTP|Error|Exception|Errno|!|None|\{|  ", plain), text
        assert text == text.strip(), text
    for text in (*sight.rows, *sight.store):
        assert text.endswith(".") or len(text) < 60, f"no whole sentence: {text}"


def identity(value: object) -> str | None:
    """Name a case by its place and fault."""
    match value:
        case Place():
            return value.words
        case Fault():
            return str(value)
    return ""


@pytest.mark.parametrize(
    ("place", "words", "fault", "seen", "times"),
    [(*case, 1) if len(case) == 4 else case for case in CASES],
    ids=identity,
)
def test_a_photo_arrives_exactly_once_by_itself(
    drill: Drill, table: Table, place: Place, words: str, fault: Fault, seen: str, times: int
) -> None:
    drill.script(place.method, place.path, fault, nth=place.nth, times=times)
    photo = drill.add_and_send(place.size)
    drill.until_there(photo)
    assert drill.way.counts == {fault.name: times}, "\n".join(map(str, drill.way.seen))
    drill.until_online()
    drill.exactly_once()
    sight = drill.witness.sight(photo)
    check_words(sight)
    assert any(seen in text for text in sight.all) if seen else not sight.all, sight
    table.add(words, place.words, drill.way.inflicted, "live, once", sight)


ALL = Place("everything, for a while", "*", "")


@pytest.mark.parametrize(
    ("words", "fault", "seen", "most"),
    [
        ("the network is gone", None, "Nothing answers at my.shop just now.", 0),
        ("a hotel’s sign-in page", Portal(), "Perhaps this network wants you to sign in to it", 0),
        # What was answered so may have arrived: one look into the store later it is one try.
        ("gibberish", Gibberish(), "The connection broke", 1),
        ("a proxy before a dead store", Answer(502, html=True), "The store isn’t ready", 1),
        ("a proxy out of service", Answer(503, html=True), "The store isn’t ready", 1),
    ],
)
def test_a_network_that_is_gone_for_a_while_burns_no_attempts(
    drill: Drill, table: Table, words: str, fault: Fault | None, seen: str, most: int
) -> None:
    ids = drill.add(drill.write(), drill.write(LARGE), drill.write())
    if fault is None:
        drill.way.away = True
    else:
        drill.script("*", "", fault, times=None)
    drill.send(ids)
    halted = (State.WAITING, State.UNCERTAIN)
    drill.until(lambda: drill.offline and all(drill.state(i) in halted for i in ids))
    probes = len(drill.way.seen)
    drill.until(lambda: fault is None or len(drill.way.seen) > probes)
    drill.until_words(ids[0], "Waits for the network")
    drill.way.faults = None
    drill.way.away = False
    drill.until_there(*ids)
    drill.exactly_once()
    for photo in ids:
        assert drill.witness.attempts(photo) <= most
        sight = drill.witness.sight(photo)
        check_words(sight)
        assert any(seen in text for text in sight.store), sight
        tried = 1 if fault is None else drill.way.inflicted
        table.add(words, ALL.words, tried if photo == ids[0] else 0, "live, once", sight)


def test_what_was_taken_back_too_late_is_owned_up_to(drill: Drill) -> None:
    script = drill.script("POST", "/uploads", StallAnswer())
    # Nor does the quick look tell whether it has arrived.
    script.on("GET", r"reference=", StallAnswer())
    photo = drill.add_and_send()
    drill.until(lambda: drill.way.counts["StallAnswer"])
    drill.person.desk.cancel([photo])
    drill.until_there(photo)
    assert State.CANCELLED in drill.witness.states(photo)
    assert TAKEN_BACK_TOO_LATE in drill.witness.sight(photo).timeline
    drill.exactly_once()
