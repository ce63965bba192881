"""How patient a batch without a window is: with a store that is away, and one that is busy."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui_fakes import FakeDesk, make_photo

from uploader.background.values import Connection, Link, Progress
from uploader.commands import batch as module
from uploader.commands.batch import NO_FURTHER, UNREACHED, Batch, Rules
from uploader.domain.states import State

PATIENCE_MS = 400


@pytest.fixture
def batch(qapp, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_MS", PATIENCE_MS)
    desk = FakeDesk()
    made = Batch(desk, [Path("/photos")], Rules())
    desk.connection_changed.emit(Connection(Link.ONLINE))
    desk.catalogue_loaded.emit(3)
    desk.changed.emit([make_photo(1, State.WAITING), make_photo(2, State.WAITING)])
    desk.added.emit(2)
    yield made
    made.end("")


def put_off(batch: Batch, times: int = 1) -> None:
    """A store that says for ever that it is busy."""
    for _ in range(times):
        batch._desk.changed.emit([make_photo(1, State.UPLOADING)])
        batch._desk.progressed.emit({1: Progress(500, 1000, 1.0)})
        batch._desk.changed.emit([make_photo(1, State.WAITING, not_before=9e9)])


def test_a_store_that_is_busy_for_ever_ends_it(batch, qtbot) -> None:
    put_off(batch)
    left = batch._patience.remainingTime()
    qtbot.waitUntil(lambda: batch._patience.remainingTime() < left)
    put_off(batch, 50)
    assert batch._patience.remainingTime() < left, "to come as far as before is no progress"
    qtbot.waitUntil(lambda: batch.over, timeout=20_000)
    assert batch.sentence == NO_FURTHER


def test_a_store_that_is_away_ends_it(batch, qtbot) -> None:
    batch._desk.connection_changed.emit(Connection(Link.OFFLINE, title="Gone"))
    qtbot.waitUntil(lambda: batch.over, timeout=20_000)
    assert batch.sentence == UNREACHED


def test_a_store_that_comes_and_goes_ends_it_too(batch, qtbot) -> None:
    def flap() -> bool:
        batch._desk.connection_changed.emit(Connection(Link.OFFLINE, title="Gone"))
        batch._desk.connection_changed.emit(Connection(Link.ONLINE))
        return batch.over

    qtbot.waitUntil(flap, timeout=20_000)


@pytest.mark.parametrize(
    "step",
    [
        lambda desk: desk.changed.emit([make_photo(1, State.PROCESSING)]),
        lambda desk: desk.changed.emit([make_photo(1, State.LIVE)]),
        lambda desk: desk.progressed.emit({1: Progress(10, 1000, 1.0)}),
    ],
)
def test_every_step_on_gives_new_patience(batch, qtbot, step) -> None:
    batch._patience.start(600_000)
    qtbot.waitUntil(lambda: batch._patience.remainingTime() < 599_500)
    before = batch._patience.remainingTime()
    step(batch._desk)
    assert batch._patience.remainingTime() > before


def test_all_done_ends_it(batch) -> None:
    batch._desk.changed.emit([make_photo(1, State.LIVE), make_photo(2, State.FAILED)])
    assert (batch.over, batch.sentence) == (True, "")
