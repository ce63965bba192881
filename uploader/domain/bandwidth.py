"""How fast photos may be sent, by the time of day."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 24 * 60
"""Minutes."""

_BYTES = 125_000
"""Bytes per second of 1 Mbit/s."""


@dataclass(frozen=True, slots=True)
class Span:
    """Another limit from `start` to `end`, in minutes of the day. `limit` in Mbit/s; 0: none.

    It goes over midnight where it ends before it starts.
    """

    start: int
    end: int
    limit: float = 0.0

    def covers(self, minute: int) -> bool:
        """Whether it holds at this minute of the day. One without a length never does."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """A limit for all transfers together, in Mbit/s (0: none), and others by the time of day."""

    limit: float = 0.0
    spans: tuple[Span, ...] = ()

    def at(self, minute: int) -> float:
        """Give the limit at a minute of the day, in bytes per second; 0: none.

        Where spans overlap, the first one counts.
        """
        span = next((span for span in self.spans if span.covers(minute % DAY)), None)
        return max(0.0, self.limit if span is None else span.limit) * _BYTES
