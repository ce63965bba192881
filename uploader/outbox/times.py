"""Times in the outbox are the day's, and the day's clock may have been wrong, or be set."""

from __future__ import annotations

import sqlite3

from uploader.domain.states import FOLLOWED, State

FARTHEST = 4000.0
"""Seconds that a photo is put off at most: a store may ask for an hour. What is to wait longer was
noted by a clock that was ahead, and is due."""

_PUT_OFF = (State.WAITING, State.UNCERTAIN)


def is_due(not_before: float, now: float) -> bool:
    """Whether what is put off until `not_before` is due."""
    return not now < not_before <= now + FARTHEST


def mend(db: sqlite3.Connection, now: float) -> None:
    """Pull times to `now` that can't be: the clock was ahead when they were noted."""
    db.execute(
        "UPDATE photos SET not_before = 0 WHERE state IN (?, ?) AND not_before > ?",
        (*_PUT_OFF, now + FARTHEST),
    )
    db.execute("UPDATE photos SET state_since = ? WHERE state_since > ?", (now, now))


def move(db: sqlite3.Connection, by: float) -> list[int]:
    """Move what is waited for along with a clock that was set; give the photos' ids."""
    later = "state IN (?, ?) AND not_before > 0"
    followed = "state IN (?, ?)"
    query = f"SELECT id FROM photos WHERE ({later}) OR ({followed})"  # noqa: S608 - ours
    ids = [row[0] for row in db.execute(query, (*_PUT_OFF, *FOLLOWED))]
    for column, where, states in (
        ("not_before", later, _PUT_OFF),
        ("state_since", followed, FOLLOWED),
    ):
        # Not before the epoch, where a battery that is flat sets clocks.
        moved = f"UPDATE photos SET {column} = max(0, {column} + ?) WHERE {where}"  # noqa: S608
        db.execute(moved, (by, *states))
    return ids
