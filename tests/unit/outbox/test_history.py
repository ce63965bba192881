"""The history: written with each step, never at odds with the outbox, kept after removal."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from uploader.domain.findings import Finding, FindingKind, Severity
from uploader.domain.history import ENDED, HistoryLine, HistoryQuery, Outcome
from uploader.domain.photos import Fingerprint, Photo, Problem
from uploader.domain.states import TRANSITIONS, State
from uploader.domain.stores import Item
from uploader.outbox import (
    Outbox,
    OutboxDamagedError,
    OutboxError,
    OutboxTooNewError,
    OutboxWriteError,
)
from uploader.outbox.history import History
from uploader.outbox.recording import BEGUN
from uploader.outbox.schema import MIGRATIONS, connect, migrate

LAMP = Item("12", "Table lamp", "HP-12")
PRINT = Fingerprint(5000, 7, "ab" * 32)


@pytest.fixture
def waiting(outbox: Outbox) -> Photo:
    """A photo that is to be sent, with all that is known of one."""
    photo = outbox.add("shop", [Path("/photos/lamp.jpg")], 1000.0)[0]
    outbox.move(photo.id, State.CHECKING)
    outbox.move(photo.id, State.READY, item=LAMP, fingerprint=PRINT)
    return outbox.move(photo.id, State.WAITING)


@pytest.fixture
def read(file: Path) -> Iterator[Any]:
    """Give all lines that answer a query, of one profile or all."""

    def all_of(text: str = "", outcome: Outcome = Outcome.ALL, profile: str | None = None) -> Any:
        with History(file) as history:
            return list(history.all(profile, HistoryQuery(text, outcome)))

    return all_of


def _claimed(outbox: Outbox, now: float = 1010.0) -> Photo:
    photo = outbox.claim("shop", now)
    assert photo is not None
    return photo


def test_nothing_is_written_before_the_first_byte(outbox: Outbox, waiting: Photo, read) -> None:
    cancelled = outbox.add("shop", [Path("/photos/other.jpg")], 1000.0)[0]
    outbox.move(cancelled.id, State.CANCELLED)
    assert read() == []


def test_a_line_tells_the_whole_way(outbox: Outbox, clock, waiting: Photo, read) -> None:
    _claimed(outbox)
    [line] = read()
    assert line == HistoryLine(
        1, waiting.reference, "shop", Path("/photos/lamp.jpg"), State.UPLOADING, 1010.0,
        item=LAMP, bytes=5000, sha256="ab" * 32, revision=1,
    )  # fmt: skip
    clock.now = 1020.0
    address = "https://shop.example/81"
    outbox.move(waiting.id, State.PROCESSING, remote_id="81", page=address)
    assert read() == [
        replace(line, outcome=State.PROCESSING, remote_id="81", page=address, revision=2)
    ]
    clock.now = 1030.0
    outbox.move(waiting.id, State.LIVE)
    [ended] = read()
    assert (ended.outcome, ended.ended_at, ended.page) == (State.LIVE, 1030.0, address)
    assert (ended.number, ended.sent_at) == (1, 1010.0)


@pytest.mark.parametrize(
    ("way", "outcome", "ended"),
    [
        ([State.ALREADY], State.ALREADY, True),
        ([State.REJECTED], State.REJECTED, True),
        ([State.UNCERTAIN], State.UNCERTAIN, False),
        ([State.UNCERTAIN, State.WAITING], State.WAITING, False),
        ([State.WAITING], State.WAITING, False),
        ([State.WAITING, State.CANCELLED], State.CANCELLED, True),
        ([State.WAITING, State.READY, State.CANCELLED], State.CANCELLED, True),
        ([State.CANCELLED], State.CANCELLED, True),
        ([State.PROCESSING, State.STALLED], State.STALLED, False),
        ([State.PROCESSING, State.FAILED], State.FAILED, True),
        ([State.PROCESSING, State.FAILED, State.PROCESSING], State.PROCESSING, False),
        ([State.PROCESSING, State.FAILED, State.WAITING], State.WAITING, False),
        ([State.REJECTED, State.WAITING], State.WAITING, False),
    ],
)
def test_every_step_is_told(outbox, waiting, read, way, outcome, ended) -> None:
    _claimed(outbox)
    for state in way:
        outbox.move(waiting.id, state)
    [line] = read()
    assert (line.outcome, line.ended_at is not None) == (outcome, ended)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_it_agrees_with_the_outbox(outbox, clock, read, seed) -> None:
    dice = random.Random(seed)
    photos = outbox.add("shop", [Path(f"/p/{n}.jpg") for n in range(4)], 1000.0)
    ids = [photo.id for photo in photos]
    for state in (State.CHECKING, State.READY, State.WAITING, State.UPLOADING):
        outbox.move_many(ids, state)
    for step in range(40):
        clock.now += 1.0
        photo = outbox.photo(dice.choice(ids))
        if dice.random() < 0.15:
            outbox.change(photo.id, reference=f"{seed}-{step}")
        elif TRANSITIONS[photo.state]:
            outbox.move(photo.id, dice.choice(sorted(TRANSITIONS[photo.state])))
        _agree(outbox.photos("shop"), read())


def _agree(photos: list[Photo], lines: list[HistoryLine]) -> None:
    """A photo that is being sent or was has its line; one that goes on has a photo."""
    by_reference = {line.reference: line for line in lines}
    for photo in photos:
        line = by_reference.get(photo.reference)
        if photo.state in BEGUN and line is not None:
            assert line.outcome is photo.state
            assert (line.ended_at is None) == (photo.state not in ENDED)
        # Only what had ended loses its line to a new reference.
        assert line is not None or photo.state not in BEGUN - ENDED
    going_on = {line.reference for line in lines if line.ended_at is None}
    assert going_on <= {photo.reference for photo in photos}


def test_why_it_isnt_live_is_told(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    archived = Problem("Refused", "Its item is archived.")
    outbox.move(waiting.id, State.REJECTED, problem=archived)
    assert read()[0].problem == archived
    # Taken off the list it stays what the store said of it.
    outbox.move(waiting.id, State.CANCELLED)
    outbox.remove([waiting.id])
    assert (read()[0].outcome, read()[0].problem) == (State.REJECTED, archived)


def test_a_file_that_changed_tells_so(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    found = Finding(FindingKind.CHANGED, Severity.REFUSAL, "The file has changed.")
    outbox.move(waiting.id, State.REFUSED, findings=(found,))
    [line] = read()
    assert (line.outcome, line.problem) == (State.REFUSED, Problem("The file has changed."))


def test_a_later_reason_is_told_too(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.PROCESSING, remote_id="81")
    outbox.move(waiting.id, State.FAILED, problem=Problem("One"))
    revision = read()[0].revision
    outbox.change(waiting.id, problem=Problem("Two"))
    assert read()[0].problem == Problem("Two")
    outbox.change(waiting.id, poll_address="9")
    assert read()[0].revision == revision + 1


def test_it_stays_when_the_photo_leaves(outbox: Outbox, clock, waiting: Photo, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.PROCESSING, remote_id="81")
    clock.now = 1050.0
    outbox.remove([waiting.id])
    [line] = read()
    assert line.left_early
    assert (line.outcome, line.ended_at, line.remote_id) == (State.PROCESSING, 1050.0, "81")


def test_what_had_ended_keeps_its_time_when_the_photo_leaves(outbox, clock, waiting, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.ALREADY)
    clock.now = 1050.0
    outbox.remove([waiting.id])
    assert (read()[0].ended_at, read()[0].left_early) == (1000.0, False)


def test_a_new_reference_goes_on_with_the_line(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.WAITING)
    outbox.change(waiting.id, reference="another", alt="A lamp")
    _claimed(outbox)
    outbox.move(waiting.id, State.CANCELLED)
    [line] = read()
    assert (line.reference, line.outcome) == ("another", State.CANCELLED)


def test_sent_to_another_item_it_is_another_line(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.REJECTED)
    outbox.change(waiting.id, reference="another", item=Item("13", "Floor lamp"))
    outbox.move(waiting.id, State.WAITING)
    _claimed(outbox)
    assert [(line.item.title, line.outcome) for line in read()] == [
        ("Floor lamp", State.UPLOADING),
        ("Table lamp", State.REJECTED),
    ]


def test_sent_after_all_it_goes_on(outbox: Outbox, waiting: Photo, read) -> None:
    _claimed(outbox)
    outbox.move(waiting.id, State.CANCELLED)
    for state in (State.CHECKING, State.ADDED, State.CHECKING, State.READY, State.WAITING):
        outbox.move(waiting.id, state)
    assert read()[0].outcome is State.CANCELLED
    _claimed(outbox, 2000.0)
    [line] = read()
    assert (line.outcome, line.ended_at, line.sent_at) == (State.UPLOADING, None, 1010.0)


def test_a_step_that_the_disk_refuses_leaves_no_line(outbox: Outbox, waiting, read) -> None:
    outbox._db.execute("PRAGMA query_only = ON")
    with pytest.raises(OutboxWriteError):
        outbox.claim("shop", 1010.0)
    outbox._db.execute("PRAGMA query_only = OFF")
    assert read() == []
    assert outbox.photo(waiting.id).state is State.WAITING


# ---- questions
@pytest.fixture
def many(outbox: Outbox) -> list[Photo]:
    """Seven photos that were sent, named in several ways."""
    names = ("Größe-XL.jpg", "100%.jpg", "a_b.jpg", "back\\slash.jpg", "axb.jpg", "cafe\u0301.jpg",
             "lamp.jpg")  # fmt: skip
    photos = outbox.add("shop", [Path("/p") / name for name in names], 1000.0)
    for n, photo in enumerate(photos):
        outbox.move(photo.id, State.CHECKING)
        outbox.move(photo.id, State.READY, item=Item(str(n), f"Thing {n}", f"SKU-{n}"))
        outbox.move(photo.id, State.WAITING)
        _claimed(outbox)
        outbox.move(photo.id, State.PROCESSING, remote_id=str(900 + n))
    outbox.move(photos[6].id, State.FAILED, problem=Problem("No", "The ink ran out."))
    return photos


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("grösse", ["Größe-XL.jpg"]),
        ("GRÖSSE xl", ["Größe-XL.jpg"]),
        ("%", ["100%.jpg"]),
        ("_", ["a_b.jpg"]),
        ("\\", ["back\\slash.jpg"]),
        ("CAFÉ", ["cafe\u0301.jpg"]),
        ("sku-3", ["back\\slash.jpg"]),
        ("thing 4", ["axb.jpg"]),
        ("905", ["cafe\u0301.jpg"]),
        ("INK", ["lamp.jpg"]),
        ("lamp ink", ["lamp.jpg"]),
        ("lamp paper", []),
        ("'", []),
    ],
)
def test_a_search_finds_names_items_numbers_and_reasons(many, read, text, found) -> None:
    lines = read(text)
    assert [line.name for line in lines] == found
    assert all(HistoryQuery(text).matches(line) for line in lines)


def test_newest_first_page_by_page(many: list[Photo], file: Path) -> None:
    with History(file) as history:
        first = history.page("shop", HistoryQuery(), limit=3)
        assert [line.number for line in first] == [7, 6, 5]
        rest = history.page("shop", HistoryQuery(), before=5, limit=30)
        assert [line.number for line in rest] == [4, 3, 2, 1]
        assert history.page("another", HistoryQuery()) == []
        assert len(history.page(None, HistoryQuery(outcome=Outcome.TROUBLE))) == 1


def test_counts_and_changes(many: list[Photo], outbox: Outbox, file: Path) -> None:
    with History(file) as history:
        counts = history.counts("shop", "jpg")
        assert (counts[Outcome.ALL], counts[Outcome.UNDER_WAY], counts[Outcome.TROUBLE]) == (
            7,
            6,
            1,
        )
        before = history.revision()
        assert history.changed("shop", before) == []
        outbox.move(many[1].id, State.LIVE)
        outbox.move(many[0].id, State.LIVE)
        assert [line.number for line in history.changed("shop", before)] == [2, 1]
        assert history.counts("shop", "%")[Outcome.LIVE] == 1


def test_whoever_reads_cannot_write(many: list[Photo], file: Path) -> None:
    with History(file) as history, pytest.raises(sqlite3.OperationalError):
        history._db.execute("DELETE FROM history")


def test_a_reader_doesnt_hold_up_a_writer(many: list[Photo], outbox: Outbox, file: Path) -> None:
    with History(file) as history:
        lines = history.all("shop", HistoryQuery())
        next(lines)
        outbox.move(many[0].id, State.LIVE)
        assert len(list(lines)) == 6


def test_a_reader_that_outlives_the_outbox_does_no_harm(many, outbox, file: Path) -> None:
    with History(file) as history:
        lines = history.all("shop", HistoryQuery())
        next(lines)
        outbox.move(many[0].id, State.LIVE)
        outbox.close()
    with History(file) as history:
        assert history.counts(None, "")[Outcome.LIVE] == 1
    again = Outbox.open(file)
    assert again.notice == ""
    assert [photo.id for photo in again.outbox.photos("shop")] == [photo.id for photo in many]
    assert again.outbox._rows("SELECT count(*) FROM doubts") == [(0,)]
    again.outbox.close()


# ---- files of other versions
def _version_1(file: Path) -> dict[State, str]:
    """Make a file of the first version with a photo in every state; give their references."""
    references = {state: str(uuid.uuid4()) for state in State}
    item = json.dumps(asdict(Item("1", "Grüne Vase")))
    with contextlib.closing(connect(file)) as db:
        migrate(db, file, MIGRATIONS[:1])
        for n, (state, reference) in enumerate(references.items()):
            db.execute(
                "INSERT INTO photos (reference, profile, path, state, added_at, state_since, bytes,"
                " mtime_ns, sha256, item, problem, remote_id) "
                "VALUES (?, 'shop', ?, ?, 1, ?, 5, 6, ?, ?, '[\"No\", \"Too big\"]', ?)",
                (reference, f"/p/{state}.jpg".encode(), state, 100.0 + n, "ab" * 32, item, str(n)),
            )
            db.execute(
                "INSERT INTO events (photo_id, at, text) VALUES (?, ?, 'Sending began')",
                (n + 1, 50.0 - n),
            )
    return references


def test_photos_of_an_older_version_get_their_lines(file: Path, read) -> None:
    references = _version_1(file)
    opened = Outbox.open(file)
    opened.outbox.close()
    assert opened.notice == ""
    lines = {line.outcome: line for line in read()}
    assert set(lines) == {
        State.UPLOADING, State.UNCERTAIN, State.PROCESSING, State.LIVE, State.ALREADY,
        State.STALLED, State.FAILED, State.REJECTED,
    }  # fmt: skip
    live, number = lines[State.LIVE], list(State).index(State.LIVE)
    assert (live.reference, live.path) == (references[State.LIVE], Path("/p/live.jpg"))
    assert (live.item, live.remote_id) == (Item("1", "Grüne Vase"), str(number))
    assert (live.sent_at, live.ended_at) == (50.0 - number, 100.0 + number)
    assert lines[State.PROCESSING].ended_at is None
    # In the order of the sending, and found by a search.
    times = [line.sent_at for line in read()]
    assert times == sorted(times, reverse=True)
    assert len(read("GRÜNE too")) == len(lines)


def test_a_photo_that_cannot_be_read_doesnt_keep_the_migration_from_ending(file, read) -> None:
    _version_1(file)
    with contextlib.closing(connect(file)) as db:
        db.execute("UPDATE photos SET item = '{broken', problem = '[1, 2, 3, 4]'")
        migrate(db, file)
        assert db.execute("SELECT count(*) FROM history").fetchone() == (8,)


def test_an_outbox_without_a_history_says_what_to_do(file: Path) -> None:
    _version_1(file)
    with pytest.raises(OutboxError) as refused:
        History(file)
    assert "Open Store Uploader once" in refused.value.detail


def test_a_newer_outbox_is_refused(file: Path) -> None:
    Outbox.open(file).outbox.close()
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(OutboxTooNewError):
        History(file)


@pytest.mark.parametrize("broken", ["item = '{broken'", "outcome = 'dancing'", "path = 7"])
def test_a_damaged_line_is_told_as_such(outbox: Outbox, file: Path, one: Photo, broken) -> None:
    outbox.move(one.id, State.UPLOADING)
    outbox._db.execute(f"UPDATE history SET {broken}")
    with History(file) as history:
        with pytest.raises(OutboxDamagedError):
            history.page(None, HistoryQuery())
        with pytest.raises(OutboxDamagedError):
            list(history.all(None, HistoryQuery()))


def test_a_state_that_nobody_knows_is_not_counted(outbox: Outbox, file: Path, one: Photo) -> None:
    outbox.move(one.id, State.UPLOADING)
    outbox._db.execute("UPDATE history SET outcome = 'dancing'")
    with History(file) as history, pytest.raises(OutboxDamagedError):
        history.counts(None, "")


def test_pages_that_are_gone_are_told_as_damage(outbox: Outbox, file: Path, one: Photo) -> None:
    outbox.move(one.id, State.UPLOADING)
    outbox.close()
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    file.write_bytes(content)
    with History(file) as history, pytest.raises(OutboxDamagedError):
        history.page(None, HistoryQuery())
