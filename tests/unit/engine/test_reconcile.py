from __future__ import annotations

import pytest

from uploader.domain.cancel import CancelToken, Stop
from uploader.domain.errors import (
    BusyError,
    CancelledError,
    GatewayError,
    OfflineError,
    RejectedError,
)
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.reconcile import SETTLING, SOME, Reconcile
from uploader.outbox import reading


class Steady:
    """Passing time, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


LOST = Problem(*words.UNCERTAIN_PROBLEM)


@pytest.fixture
def uncertain(make):
    return make(State.UNCERTAIN, problem=LOST)


def test_found_it_is_followed(reconcile, uncertain, store, cancel, outbox) -> None:
    store.store(uncertain)
    photo = reconcile(uncertain, cancel).photo
    assert (photo.state, photo.poll_address, photo.problem) == (State.PROCESSING, "c100", None)


def test_found_and_live_it_ends(reconcile, uncertain, store, cancel) -> None:
    store.state = RemoteState.LIVE
    store.store(uncertain)
    assert reconcile(uncertain, cancel).photo.state is State.LIVE


def test_found_as_an_older_picture(reconcile, uncertain, store, cancel) -> None:
    store.images[uncertain.reference] = RemotePhoto("4", RemoteState.LIVE, already=True)
    assert reconcile(uncertain, cancel).photo.state is State.ALREADY


def test_not_there_after_a_crash_burns_no_attempt(reconcile, make, store, cancel) -> None:
    photo = reconcile(make(State.UNCERTAIN), cancel).photo
    assert (photo.state, photo.attempts, photo.not_before) == (State.WAITING, 0, 0.0)


def test_a_plain_store_gets_time_before_it_is_believed(
    reconcile, uncertain, store, cancel, clock
) -> None:
    store.capabilities = Capabilities()
    clock.now += 5
    photo = reconcile(uncertain, cancel).photo
    assert (photo.state, photo.not_before) == (State.UNCERTAIN, clock.now + SETTLING)
    newest = reconcile.settle.outbox.events(photo.id)[0]
    assert newest.text.endswith("looks again in 30 s")
    assert reconcile.due("shop") == []
    clock.now = photo.not_before
    assert reconcile.due("shop") == [photo]
    assert reconcile(photo, cancel).photo.state is State.WAITING


def test_of_thousands_only_the_next_are_read(reconcile, make, monkeypatch) -> None:
    photos = [make(State.UNCERTAIN) for _ in range(SOME + 30)]
    read, decode = [], reading.decode
    monkeypatch.setattr(reading, "decode", lambda row: read.append(row[0]) or decode(row))
    assert reconcile.due("shop") == photos[:SOME]
    assert len(read) == SOME


def around(reconcile, **clocks):
    """The same after a restart, or with other clocks."""
    return Reconcile(reconcile.settle, reconcile.backoff, **clocks)


@pytest.mark.parametrize("day", [86_400.0, -86_400.0])
def test_a_clock_that_jumps_makes_nobody_believe_sooner_or_later(
    *, reconcile, uncertain, store, cancel, clock, day
) -> None:
    steady = Steady()
    reconcile = around(reconcile, clock=clock, steady=steady)
    store.capabilities = Capabilities()
    photo = reconcile(uncertain, cancel).photo
    clock.now += day
    steady.now += 10
    assert reconcile.due("shop") == [photo]
    photo = reconcile(photo, cancel).photo
    assert (photo.state, photo.not_before) == (State.UNCERTAIN, clock.now + SETTLING - 10)
    clock.now, steady.now = photo.not_before, SETTLING
    assert reconcile.due("shop") == [photo]
    assert reconcile(photo, cancel).photo.state is State.WAITING


def test_after_a_restart_a_plain_store_gets_its_time_anew(
    reconcile, uncertain, store, cancel, clock
) -> None:
    store.capabilities = Capabilities()
    clock.now += 3600
    photo = around(reconcile, clock=clock, steady=Steady())(uncertain, cancel).photo
    assert (photo.state, photo.not_before) == (State.UNCERTAIN, clock.now + SETTLING)


def test_time_that_the_store_was_away_counts(reconcile, uncertain, store, cancel, clock) -> None:
    steady = Steady()
    reconcile = around(reconcile, clock=clock, steady=steady)
    store.capabilities = Capabilities()
    store.faults["find"] = [OfflineError("Gone")]
    photo = reconcile(uncertain, cancel).photo
    steady.now += SETTLING
    assert reconcile(photo, cancel).photo.state is State.WAITING


def test_a_second_uncertainty_gets_its_own_time(
    reconcile, uncertain, store, cancel, clock, outbox
) -> None:
    steady = Steady()
    reconcile = around(reconcile, clock=clock, steady=steady)
    store.capabilities = Capabilities()
    photo = reconcile(uncertain, cancel).photo
    steady.now += SETTLING
    assert reconcile(photo, cancel).photo.state is State.WAITING
    outbox.move(photo.id, State.UPLOADING)
    photo = outbox.move(photo.id, State.UNCERTAIN)
    assert reconcile(photo, cancel).photo.state is State.UNCERTAIN


def test_what_arrives_late_is_found_at_the_second_look(
    reconcile, uncertain, store, cancel, clock
) -> None:
    store.capabilities = Capabilities()
    photo = reconcile(uncertain, cancel).photo
    store.store(photo)
    clock.now = photo.not_before
    assert reconcile(photo, cancel).photo.state is State.PROCESSING


@pytest.mark.parametrize("error", [RejectedError("What"), BusyError("Busy")])
def test_without_a_clear_answer_it_stays_uncertain(
    reconcile, uncertain, store, cancel, error
) -> None:
    store.faults["find"] = [error]
    photo = reconcile(uncertain, cancel).photo
    assert (photo.state, photo.attempts) == (State.UNCERTAIN, 1)
    assert photo.not_before == reconcile.clock() + 2.0


def test_a_busy_store_is_taken_at_its_word(reconcile, uncertain, store, cancel, clock) -> None:
    store.faults["find"] = [BusyError("Busy", retry_after=100.0)]
    assert reconcile(uncertain, cancel).photo.not_before == clock.now + 105.0


def test_a_proxy_before_a_dead_store_burns_no_attempt(reconcile, uncertain, store, cancel) -> None:
    gone = OfflineError("No store behind it")
    store.faults |= {"find": [GatewayError("Bad gateway")], "probe": [gone]}
    outcome = reconcile(uncertain, cancel)
    assert outcome.trouble is gone
    assert (outcome.photo.state, outcome.photo.attempts) == (State.UNCERTAIN, 0)
    assert outcome.photo.not_before == 0


def test_a_bug_leaves_it_uncertain(reconcile, uncertain, store, cancel, log_watch) -> None:
    log_watch.expect("met a bug")
    store.faults["find"] = [ZeroDivisionError()]
    assert reconcile(uncertain, cancel).photo.state is State.UNCERTAIN


def test_offline_it_is_due_again_at_once(reconcile, uncertain, store, cancel) -> None:
    trouble = OfflineError("Gone")
    store.faults["find"] = [trouble]
    outcome = reconcile(uncertain, cancel)
    assert outcome.trouble is trouble
    assert (outcome.photo.attempts, outcome.photo.not_before) == (0, 0.0)


def test_stopped_it_is_due_again(reconcile, uncertain, store, cancel) -> None:
    store.faults["find"] = [CancelledError()]
    assert reconcile(uncertain, cancel).photo.state is State.UNCERTAIN


def test_cancelled_by_the_person_while_it_is_looked_for(reconcile, uncertain, store) -> None:
    token = CancelToken()

    def dead_network(photo, cancel):
        token.cancel(Stop.TAKEN_BACK)
        cancel.check()

    store.faults["find"] = [dead_network]
    photo = reconcile(uncertain, token).photo
    assert photo.state is State.CANCELLED


def test_cancelled_meanwhile(reconcile, uncertain, store, cancel, outbox) -> None:
    store.faults["find"] = [lambda photo, cancel: outbox.move(photo.id, State.CANCELLED)]
    store.store(uncertain)
    assert reconcile(uncertain, cancel).photo is None
