"""One sentence about processing that a person takes in at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uploader.server.processing.queue import Counts, Minute


SLOW = 60.0
"""Seconds that a photo may wait before the page says so."""


class Level(StrEnum):
    """How it is; the page's colour."""

    GOOD = "good"
    SLOW = "slow"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it is, in a sentence, and what to do where there is something to do."""

    level: Level
    sentence: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Hour:
    """The last hour in numbers; `seconds` is the median of the minutes' own, None without any."""

    live: int
    failed: int
    seconds: float | None
    slowest: float | None
    """The slowest minute's median."""

    @classmethod
    def of(cls, minutes: list[Minute]) -> Hour:
        """Add the minutes up."""
        # A minute with forty photos counts forty times.
        took = [m.seconds for m in minutes if m.seconds is not None for _ in range(m.live)]
        return cls(
            live=sum(minute.live for minute in minutes),
            failed=sum(minute.failed for minute in minutes),
            seconds=median(took) if took else None,
            slowest=max(took) if took else None,
        )


def judge(counts: Counts, workers: int, hour: Hour, *, answers: bool) -> Verdict:
    """Say how processing is; the worst thing decides. `answers`: whether the queue does."""
    waits = f"{photos(counts.waiting)} {'waits' if counts.waiting == 1 else 'wait'}"
    if workers == 0:
        told = f"{waits}, the oldest for {span(counts.oldest)}." if counts.waiting else ""
        return Verdict(
            Level.BAD if counts.waiting else Level.SLOW,
            f"No worker is running. {told or 'New photos would wait.'}",
            "Start one: store-uploader-server worker -c 5",
        )
    if not answers:
        return Verdict(
            Level.BAD,
            "The queue doesn’t answer. Photos are accepted and kept; they wait for it.",
            "Start Redis again. What is missing is put into the queue by itself.",
        )
    if hour.failed:
        return Verdict(
            Level.BAD,
            f"{photos(hour.failed)} failed in the last hour.",
            "Each says why below. Try again once the cause is mended.",
        )
    if counts.oldest > SLOW:
        return Verdict(
            Level.SLOW,
            f"Busy: {waits}, the oldest for {span(counts.oldest)}.",
            "It goes on by itself. More workers make it quicker.",
        )
    if counts.waiting:
        rest = f"{waits}, none longer than {span(max(1.0, counts.oldest))}."
    else:
        rest = "nothing waits."
    alive = "1 worker is" if workers == 1 else f"{workers} workers are"
    return Verdict(Level.GOOD, f"Healthy: {alive} running, {rest}")


def photos(count: int) -> str:
    """Give ``1 photo``, ``1,234 photos``."""
    return "1 photo" if count == 1 else f"{count:,} photos"


def span(seconds: float) -> str:
    """Give a time in the largest unit that tells enough: ``40 ms``, ``12 s``, ``3 min``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 10:
        return f"{seconds:.1f} s"
    for unit, size, most in (("s", 1, 90), ("min", 60, 90 * 60), ("h", 3600, 48 * 3600)):
        if seconds < most:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86400:.0f} days"
