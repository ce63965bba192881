"""What a search finds, and which outcome each state counts among."""

from __future__ import annotations

from pathlib import Path

from uploader.domain.history import HistoryLine, HistoryQuery, Outcome, outcome_of
from uploader.domain.states import State
from uploader.domain.stores import Item


def test_each_state_that_a_line_can_have_has_one_outcome() -> None:
    never = {State.ADDED, State.CHECKING, State.READY}
    counted = [state for outcome in Outcome for state in outcome.states]
    assert sorted(counted) == sorted(set(State) - never)
    assert all(state in outcome_of(state).states for state in counted)


def test_no_find_spans_two_parts() -> None:
    item = Item("1", "Table lamp", "HP-1")
    line = HistoryLine(1, "r", "shop", Path("/p/a.jpg"), State.LIVE, 0.0, item=item)
    assert HistoryQuery("lamp hp-1").matches(line)
    assert not HistoryQuery("lamphp").matches(line)
    assert not HistoryQuery("lamp", Outcome.TROUBLE).matches(line)
