from __future__ import annotations

import pytest

from uploader.domain.states import (
    FINISHED,
    FOLLOWED,
    IN_FLIGHT,
    NEEDS_ATTENTION,
    TRANSITIONS,
    UNSENT,
    ForbiddenTransitionError,
    State,
    check_transition,
)


def _reachable(start: State) -> set[State]:
    seen, todo = set(), [start]
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo.extend(TRANSITIONS[state])
    return seen


def test_every_state_has_its_line_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_every_state_can_be_reached() -> None:
    assert _reachable(State.ADDED) == set(State)


@pytest.mark.parametrize("state", State)
def test_from_everywhere_a_photo_can_become_live(state: State) -> None:
    assert State.LIVE in _reachable(state)


def test_live_is_the_end() -> None:
    assert TRANSITIONS[State.LIVE] == frozenset()


@pytest.mark.parametrize("state", State)
def test_the_store_has_it_only_after_intent_was_on_record(state: State) -> None:
    sent = {State.PROCESSING, State.ALREADY}
    if TRANSITIONS[state] & sent:
        # CANCELLED: taken back while nobody knew, and found in the store afterwards.
        assert state in IN_FLIGHT | {State.STALLED, State.FAILED, State.CANCELLED}


@pytest.mark.parametrize(
    "state", sorted(UNSENT | {State.UNCERTAIN, State.UPLOADING, State.REJECTED})
)
def test_what_is_not_in_the_store_can_be_taken_back(state: State) -> None:
    assert State.CANCELLED in TRANSITIONS[state]


@pytest.mark.parametrize("state", sorted(FOLLOWED | {State.FAILED, State.LIVE, State.ALREADY}))
def test_what_is_in_the_store_cannot_be_taken_back(state: State) -> None:
    assert State.CANCELLED not in TRANSITIONS[state]


def test_nothing_is_both_finished_and_under_way() -> None:
    assert not FINISHED & (UNSENT | IN_FLIGHT | FOLLOWED)
    assert not NEEDS_ATTENTION & (UNSENT | IN_FLIGHT)


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_the_table_is_enforced(before: State, after: State) -> None:
    if before is after or after in TRANSITIONS[before]:
        check_transition(before, after)
    else:
        with pytest.raises(ForbiddenTransitionError) as forbidden:
            check_transition(before, after)
        assert (forbidden.value.before, forbidden.value.after) == (before, after)
