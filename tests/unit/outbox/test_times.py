"""An outbox whose times were noted by a clock that was wrong, or that is set."""

from __future__ import annotations

import pytest

from uploader.domain.states import State
from uploader.outbox import Outbox
from uploader.outbox.times import FARTHEST

DAY = 86_400.0
NOW = 1_700_000_000.0


@pytest.fixture
def waiting(outbox: Outbox, one):
    """A photo that is put off by a minute."""
    return outbox.change(one.id, not_before=NOW + 60, attempts=2)


def test_what_is_put_off_too_far_is_due(outbox: Outbox, waiting) -> None:
    assert outbox.claim("shop", NOW) is None
    assert outbox.claim("shop", NOW - DAY).id == waiting.id


def test_what_a_store_may_ask_for_is_kept_to(outbox: Outbox, waiting) -> None:
    outbox.change(waiting.id, not_before=NOW + FARTHEST)
    assert outbox.claim("shop", NOW) is None


def test_the_next_that_is_due_is_never_a_day_away(outbox: Outbox, waiting) -> None:
    assert outbox.next_later("shop", NOW) == NOW + 60
    assert outbox.next_later("shop", NOW - DAY) is None


def test_a_start_with_a_clock_that_is_behind_mends_what_was_noted(
    outbox: Outbox, waiting, clock
) -> None:
    clock.now = NOW
    outbox.change(waiting.id)
    outbox.move(waiting.id, State.UPLOADING)
    outbox.move(waiting.id, State.WAITING, not_before=NOW + 60)
    outbox.recover(NOW - DAY)
    mended = outbox.photo(waiting.id)
    assert (mended.not_before, mended.state_since) == (0.0, NOW - DAY)


def test_a_start_with_a_right_clock_changes_nothing(outbox: Outbox, waiting) -> None:
    outbox.recover(NOW)
    assert outbox.photo(waiting.id) == waiting


@pytest.mark.parametrize("by", [DAY, -DAY])
def test_a_clock_that_is_set_takes_what_waits_along(outbox: Outbox, waiting, by) -> None:
    heard = []
    outbox.listener = heard.append
    [moved] = outbox.move_times(by)
    assert moved.not_before == waiting.not_before + by
    assert moved.state_since == waiting.state_since
    assert heard == [[moved]]


def test_no_time_comes_before_the_epoch(outbox: Outbox, waiting) -> None:
    other = outbox.add("shop", [waiting.path], 100.0)[0]
    for state in (State.CHECKING, State.READY, State.WAITING, State.UPLOADING, State.PROCESSING):
        outbox.move(other.id, state)
    outbox.move_times(-NOW - DAY)
    assert outbox.photo(waiting.id).not_before == 0.0
    assert outbox.photo(other.id).state_since == 0.0


def test_what_the_store_works_on_does_not_seem_late(outbox: Outbox, one) -> None:
    outbox.move(one.id, State.UPLOADING)
    sent = outbox.move(one.id, State.PROCESSING, poll_address="1")
    outbox.move_times(DAY)
    assert outbox.photo(one.id).state_since == sent.state_since + DAY
