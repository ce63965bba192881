"""How long to wait before the next try: exponential, with full jitter, capped.

Full jitter (a random time between nothing and the limit) keeps many clients of one store from
coming back all at once.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from uploader.domain.errors import BusyError


@dataclass(frozen=True, slots=True)
class Backoff:
    """The rule, in seconds. `chance` gives numbers from 0 to 1 (injected by tests)."""

    base: float = 2.0
    cap: float = 300.0
    least: float = 0.5
    """Never sooner: a busy store isn't asked twice in the same breath."""
    longest_asked: float = 3600.0
    """A store that asks for more patience than this is asked again after it all the same."""
    chance: Callable[[], float] = random.random

    def delay(self, attempts: int, retry_after: float | None = None) -> float:
        """Seconds to wait after the `attempts`-th failure in a row (1 for the first).

        `retry_after` is the store's word and is kept to, up to a cap; what makes no sense
        (negative, not a number, endless) is taken as not said.
        """
        if retry_after is not None and math.isfinite(retry_after) and retry_after >= 0:
            asked = min(max(retry_after, self.least), self.longest_asked)
            # Later, never sooner than asked: all that were told the same time spread out.
            return asked + self.chance() * min(asked / 10, 5.0)
        # Bounded before it is raised, as 2 ** 2000 doesn't fit into a float.
        limit = min(self.cap, self.base * 2.0 ** min(max(attempts, 1) - 1, 30))
        return max(self.least, self.chance() * limit)


def asked_by(error: Exception) -> float | None:
    """Seconds of patience that a store asks for with an error; None where it names no time."""
    return error.retry_after if isinstance(error, BusyError) else None
