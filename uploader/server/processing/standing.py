"""Where a job stands, whichever queue holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class At(Enum):
    """A job's three stations."""

    QUEUE = auto()
    WORK = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A job's station; when it was begun and when it ended, where that is known."""

    at: At
    begun: datetime | None = None
    ended: datetime | None = None
