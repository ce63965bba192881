"""Every fault of the network at every place of a photo's way: it arrives once, by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from drill import LARGE, SMALL, THERE, Drill, Sight
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

OFFLINE = "Waits for the network"
BROKE = "The connection broke"
ASKED = "Looking in the store"
SOMETHING_ELSE = "Something else answers at this address"
ITS_OWN = "The store has a problem of its own"
BUSY = "The store is busy"
FULL = "The store is full"
NOTHING = ""

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
    (CREATION, "429 with Retry-After", Answer(429, retry_after=1), BUSY),
    (CREATION, "500", Answer(500), ASKED),
    (CREATION, "502 as a page", Answer(502, html=True), ASKED),
    (CREATION, "503 without Retry-After", Answer(503), BUSY),
    (CREATION, "503 with Retry-After", Answer(503, retry_after=1), BUSY),
    (CREATION, "507 with Retry-After", Answer(507, retry_after=1), FULL),
    (CREATION, "a hotel’s sign-in page", Portal(), SOMETHING_ELSE),
    (CREATION, "gibberish", Gibberish(), ASKED),
    (PIECE, "connection refused", Refuse(), NOTHING),
    (PIECE, "no answer, then cut", Stall(0.3), NOTHING),
    (PIECE, "cut on the way up", CutUp(2_000_000), NOTHING),
    (PIECE, "delivered, and the answer dropped", DropAnswer(), NOTHING),
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
    (STATUS, "connection refused", Refuse(), OFFLINE),
    (STATUS, "the answer dropped", DropAnswer(), OFFLINE),
    (STATUS, "cut on the way down", CutDown(200), OFFLINE),
    (STATUS, "500", Answer(500, retry_after=1), NOTHING),
    (STATUS, "503 with Retry-After", Answer(503, retry_after=1), NOTHING),
    (STATUS, "a hotel’s sign-in page", Portal(), SOMETHING_ELSE),
    (CROP, "connection refused", Refuse(), NOTHING),
    (CROP, "cut on the way down", CutDown(2000), NOTHING),
    (CROP, "502 as a page", Answer(502, html=True), NOTHING),
    (CROP, "a hotel’s sign-in page", Portal(), SOMETHING_ELSE),
    (CROP, "gibberish", Gibberish(), NOTHING),
]


def check_words(sight: Sight) -> None:
    """Every sentence says what happened, without codes and without blame."""
    for text in sight.all:
        assert not re.search(r"\b[45]\d\d\b|HTTP|Error|Exception|Errno|!|None|\{|  ", text), text
        assert text == text.strip(), text
    for text in (*sight.rows, *sight.store):
        assert text.endswith(".") or len(text) < 60, f"no whole sentence: {text}"


def identity(value: object) -> str:
    return value.words if isinstance(value, Place) else str(value)


@pytest.mark.parametrize(
    ("place", "words", "fault", "seen"),
    [pytest.param(*case, id=f"{case[0].words}: {case[1]}") for case in CASES],
)
def test_a_photo_arrives_exactly_once_by_itself(
    drill: Drill, table: Table, place: Place, words: str, fault: Fault, seen: str
) -> None:
    drill.script(place.method, place.path, fault, nth=place.nth)
    photo = drill.add_and_send(place.size)
    drill.until_there(photo)
    assert drill.way.counts == {fault.name: 1}, drill.way.seen
    drill.until_online()
    drill.exactly_once()
    sight = drill.witness.sight(photo)
    check_words(sight)
    assert any(seen in text for text in sight.all), sight
    table.add(words, place.words, drill.way.inflicted, "live, once", sight)
