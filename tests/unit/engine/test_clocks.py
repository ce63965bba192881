from __future__ import annotations

import pytest

from uploader.engine.clocks import DayClock, steady


class Wall:
    """A system's two clocks: the day's, which may be set, and time that only passes."""

    def __init__(self) -> None:
        self.day, self.passed = 1_700_000_000.0, 50.0

    def passes(self, seconds: float) -> None:
        self.day += seconds
        self.passed += seconds


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def day(wall) -> DayClock:
    return DayClock(lambda: wall.day, lambda: wall.passed)


def test_it_goes_with_the_day(day, wall) -> None:
    wall.passes(3600)
    assert (day(), day.drift()) == (wall.day, 0.0)


@pytest.mark.parametrize("by", [86_400.0, -86_400.0, 30.0, -5.0])
def test_a_clock_that_is_set_changes_nothing_until_it_is_followed(day, wall, by) -> None:
    before = day()
    wall.day += by
    assert (day(), day.drift()) == (before, by)
    day.follow(by)
    assert (day(), day.drift()) == (wall.day, 0.0)


def test_a_clock_that_is_brought_into_line_is_not_set(day, wall) -> None:
    wall.day += 1.5
    assert day.drift() == 0.0


def test_steady_time_passes() -> None:
    assert steady() <= steady()
    assert DayClock().drift() == 0.0
