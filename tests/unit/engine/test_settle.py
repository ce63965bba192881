"""What the store says of a photo that it has, and what the person is to know of it."""

from __future__ import annotations

import pytest

from uploader.domain.history import reason_of
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.settle import TOO_LATE


@pytest.mark.parametrize("state", [State.UPLOADING, State.UNCERTAIN])
def test_what_was_taken_back_too_late_says_so_to_the_end(settle, make, store, cancel, state):
    one = make(state)
    remote = store.store(one)
    photo = settle.arrived(one, remote, words.TAKEN_BACK_TOO_LATE)
    assert (photo.state, photo.problem) == (State.PROCESSING, TOO_LATE)
    settle.settle(photo, store.set(one, RemoteState.LIVE), cancel)
    live = settle.outbox.photo(photo.id)
    assert (live.state, live.problem) == (State.LIVE, TOO_LATE)
    assert reason_of(live) == TOO_LATE, "the history says it too"


def test_what_nobody_took_back_has_no_problem(settle, make):
    remote = RemotePhoto("7", RemoteState.PROCESSING)
    assert settle.arrived(make(State.UPLOADING), remote, words.SENT).problem is None


def test_of_what_the_store_had_before_nothing_was_too_late(settle, make):
    before = RemotePhoto("7", RemoteState.LIVE, already=True)
    photo = settle.arrived(make(State.UPLOADING), before, words.TAKEN_BACK_TOO_LATE)
    assert (photo.state, photo.problem) == (State.ALREADY, None)


def test_a_stall_that_ended_is_no_problem(settle, make, store, cancel):
    store.state = RemoteState.LIVE
    photo = make(State.STALLED, problem=Problem("No word", "Usually done in 9 s."))
    settle.settle(photo, store.store(photo), cancel)
    assert settle.outbox.photo(photo.id).problem is None
