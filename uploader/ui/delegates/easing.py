"""Progress bars that ease out to their value and never go backwards."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 0.15


@dataclass(slots=True)
class _Way:
    start: float
    goal: float
    since: float

    def at(self, now: float) -> float:
        """Give the value on the way, slower towards the end."""
        part = min(1.0, max(0.0, (now - self.since) / SECONDS))
        return self.start + (self.goal - self.start) * (1 - (1 - part) ** 3)


class Bars:
    """What each photo's bar shows. Times are seconds of a monotonic clock."""

    def __init__(self, jump: bool = False) -> None:
        self._jump = jump
        self._ways: dict[int, _Way] = {}

    def show(self, photo_id: int, share: float, now: float) -> tuple[float, bool]:
        """Give the share to draw now, and whether it still moves."""
        way = self._ways.get(photo_id)
        if way is None:
            # A bar that comes into view stands where it is: only changes move.
            self._ways[photo_id] = _Way(share, share, now)
            return share, False
        if share > way.goal:
            way.start, way.goal, way.since = way.at(now), share, now
        if self._jump:
            return way.goal, False
        value = way.at(now)
        return value, value < way.goal

    def forget(self, photo_id: int) -> None:
        """Drop a bar that is no longer drawn: a new attempt begins where it begins."""
        self._ways.pop(photo_id, None)
