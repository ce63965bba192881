"""What the monitor says, and how it draws an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from uploader.server.monitor.chart import HEIGHT, chart
from uploader.server.monitor.health import Hour, Level, judge, span

BEGIN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def minutes(*given):
    return [
        SimpleNamespace(
            at=BEGIN + timedelta(minutes=number), live=live, failed=failed, seconds=seconds
        )
        for number, (live, failed, seconds) in enumerate(given)
    ]


def counts(waiting=0, running=0, failed=0, oldest=0.0):
    return SimpleNamespace(waiting=waiting, running=running, failed=failed, oldest=oldest)


QUIET = Hour(0, 0, None, None)


@pytest.mark.parametrize(
    ("counted", "workers", "hour", "answers", "level", "sentence"),
    [
        (counts(), 5, QUIET, True, Level.GOOD, "Healthy: 5 workers are running, nothing waits."),
        (counts(1, oldest=0.2), 1, QUIET, True, Level.GOOD,
         "Healthy: 1 worker is running, 1 photo waits, none longer than 1.0 s."),
        (counts(1_200, oldest=200), 5, QUIET, True, Level.SLOW,
         "Busy: 1,200 photos wait, the oldest for 3 min."),
        (counts(), 0, QUIET, True, Level.SLOW, "No worker is running. New photos would wait."),
        (counts(12, oldest=720), 0, QUIET, True, Level.BAD,
         "No worker is running. 12 photos wait, the oldest for 12 min."),
        (counts(), 5, QUIET, False, Level.BAD,
         "The queue doesn’t answer. Photos are accepted and kept; they wait for it."),
        (counts(failed=14), 5, Hour(3, 14, 1.0, 1.0), True, Level.BAD,
         "14 photos failed in the last hour."),
        # Failed long ago: somebody may have decided to leave them.
        (counts(failed=14), 5, QUIET, True, Level.GOOD,
         "Healthy: 5 workers are running, nothing waits."),
    ],
)  # fmt: skip
def test_one_sentence_says_how_it_is(counted, workers, hour, answers, level, sentence):
    verdict = judge(counted, workers, hour, answers=answers)
    assert (verdict.level, verdict.sentence) == (level, sentence)
    assert bool(verdict.advice) == (level is not Level.GOOD)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 ms"), (0.04, "40 ms"), (1, "1.0 s"), (9.94, "9.9 s"), (12, "12 s"), (89, "89 s"),
     (90, "2 min"), (5_399, "90 min"), (7_200, "2 h"), (400_000, "5 days")],
)  # fmt: skip
def test_times_are_in_units_that_tell_enough(seconds, said):
    assert span(seconds) == said


def test_an_hour_weighs_its_minutes_by_their_photos():
    hour = Hour.of(minutes((9, 0, 1.0), (0, 2, None), (1, 1, 8.0)))
    assert hour == Hour(10, 3, 1.0, 8.0)
    assert Hour.of(minutes((0, 0, None))) == QUIET


def test_the_chart_draws_what_there_was_to_scale():
    drawn = chart(minutes((100, 0, 0.5), (0, 0, None), (1, 0, 2.0), (25, 25, 1.0)))
    assert drawn.most == 100
    full, one, mixed = drawn.bars
    assert (full.live_y, full.live_height) == (2.0, HEIGHT - 2)
    assert one.live_height == 2.0  # seen, though a hundredth of it would be less
    assert mixed.failed_y + mixed.failed_height == pytest.approx(mixed.live_y)
    assert full.words == "12:00 UTC: 100 photos live, 500 ms each"
    assert mixed.words == "12:03 UTC: 25 photos live, 1.0 s each, 25 failed"
    assert one.x > full.x + full.width
    assert chart(minutes((0, 0, None))).bars == ()
