"""What can be asked of an outbox without changing it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from uploader.domain.photos import Counts, Event, Photo
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.outbox.codec import COLUMNS, NONSENSE, decode, decode_item, decode_path
from uploader.outbox.errors import OutboxDamagedError, OutboxError, is_damage, opening_error
from uploader.outbox.times import FARTHEST

_TO_GO = (State.WAITING, State.UPLOADING, State.UNCERTAIN)
AMONG = "id IN (SELECT value FROM json_each(?))"
"""Takes ids as a JSON list: SQLite has a limit for single values."""
_IN_THE_STORE = (State.PROCESSING, State.STALLED, State.LIVE, State.ALREADY)
_NOT_COUNTED = (State.CANCELLED, State.REFUSED)

Known = dict[int, tuple[int, Photo]]
"""Photos by id, as they were read, each with a hash of its row."""


class Due(NamedTuple):
    """When a photo may go on (`not_before`), and since when it stands where it stands."""

    photo_id: int
    since: float
    not_before: float


class Reading:
    """The questions; `uploader.outbox.repository.Outbox` adds the changes. Thread-safe."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.damaged = False
        """Whether something couldn't be read as it was written; the next start mends it."""
        # Reentrant: questions are asked within transactions too.
        self._lock = threading.RLock()

    def photos(self, profile: str) -> list[Photo]:
        """All photos on a profile's list, in the order added."""
        return self.listed(profile)

    def listed(self, profile: str, after: int = 0, limit: int = -1) -> list[Photo]:
        """Give at most `limit` of them, of those added after photo `after`."""
        # By id, without a sort: the others' photos in between are few.
        where = "+profile = ? AND id > ? AND NOT leaving ORDER BY id LIMIT ?"
        return self._photos(where, (profile, after, limit))

    def photo(self, photo_id: int) -> Photo:
        """One photo. Raises KeyError."""
        found = self._photos("id = ?", (photo_id,))
        if not found:
            raise KeyError(photo_id)
        return found[0]

    def some(self, ids: Iterable[int]) -> list[Photo]:
        """Give those of these photos that there are, in the order added."""
        return self._photos(f"{AMONG} ORDER BY id", (json.dumps(list(ids)),))

    def leaving(self) -> list[int]:
        """Give the photos of all profiles that were taken off the list but haven't gone yet."""
        return [row[0] for row in self._rows("SELECT id FROM photos WHERE leaving ORDER BY id")]

    def to_drop(self, profile: str) -> list[Photo]:
        """Give the cancelled photos of which the store still has a piece."""
        where = "profile = ? AND state = ? AND sent > 0 ORDER BY id"
        return self._photos(where, (profile, State.CANCELLED))

    def ids(self, profile: str, *states: State, with_item: bool = False) -> list[int]:
        """Give the ids of the photos that stand in one of `states`, in the order added."""
        where = f"profile = ? AND state IN ({_marks(states)})"
        item = " AND item IS NOT NULL" if with_item else ""
        query = f"SELECT id FROM photos WHERE {where}{item} ORDER BY id"  # noqa: S608
        return [row[0] for row in self._rows(query, (profile, *states))]

    def in_state(self, profile: str, *states: State) -> list[Photo]:
        """Give the photos that stand in one of `states`, in the order added."""
        return self._photos(_standing_in(states), (profile, *states))

    def in_state_still(self, known: Known, profile: str, *states: State) -> list[Photo]:
        """Give what `in_state` gives, to somebody who asks over and over.

        `known` is kept by the caller, empty at first: what hasn't changed since the last time
        isn't read anew, which would take most of the time.
        """
        rows = self._rows(_select(_standing_in(states)), (profile, *states))
        before = dict(known)
        known.clear()
        for row in rows:
            print_ = hash(row)
            last, photo = before.get(row[0], (0, None))
            if photo is None or last != print_:
                photo = self._decoded(row)
            known[row[0]] = print_, photo
        return [photo for _, photo in known.values()]

    def dues(self, profile: str, state: State) -> list[Due]:
        """Tell of all photos in this state when they are due, in the order added."""
        query = (
            "SELECT id, state_since, not_before FROM photos "
            "WHERE profile = ? AND state = ? ORDER BY id"
        )
        return [Due(*row) for row in self._rows(query, (profile, state))]

    def events(self, photo_id: int) -> list[Event]:
        """Give a photo's timeline, newest first."""
        query = "SELECT photo_id, at, text FROM events WHERE photo_id = ? ORDER BY id DESC"
        return [Event(*row) for row in self._rows(query, (photo_id,))]

    def counts(self, profile: str) -> Counts:
        """How many photos stand in each state, and the bytes behind them.

        `bytes_to_go` counts what the person asked to be sent and the store hasn't.
        """
        query = (
            "SELECT state, count(*), total(bytes), "
            "total(max(coalesce(sending_bytes, bytes, 0) - sent, 0)) "
            "FROM photos WHERE profile = ? AND NOT leaving GROUP BY state"
        )
        rows = self._rows(query, (profile,))
        return Counts(
            by_state={State(row[0]): row[1] for row in rows},
            bytes_total=int(sum(row[2] for row in rows if row[0] not in _NOT_COUNTED)),
            bytes_to_go=int(sum(row[3] for row in rows if row[0] in _TO_GO)),
        )

    def next_due(self, profile: str, now: float) -> float | None:
        """When the next waiting photo may be sent, `now` at the earliest; None: none waits."""
        query = "SELECT min(not_before) FROM photos WHERE profile = ? AND state = ?"
        due = self._rows(query, (profile, State.WAITING))[0][0]
        return None if due is None else max(float(due), now)

    def next_later(self, profile: str, now: float) -> float | None:
        """When the next photo that has to wait for its time is due; None: none has to."""
        query = (
            "SELECT min(not_before) FROM photos "
            "WHERE profile = ? AND state IN (?, ?) AND not_before > ? AND not_before <= ?"
        )
        waits = (profile, State.WAITING, State.UNCERTAIN, now, now + FARTHEST)
        due = self._rows(query, waits)[0][0]
        return None if due is None else float(due)

    def oldest(self, profile: str, state: State) -> Photo | None:
        """Give the photo in this state that was added first."""
        found = self._photos("profile = ? AND state = ? ORDER BY id LIMIT 1", (profile, state))
        return found[0] if found else None

    def sent_before(self, profile: str, hashes: Iterable[str]) -> list[tuple[Item, str, str]]:
        """Tell where these contents (SHA-256, hex) are in the store by the history.

        Gives item, content and the file's name of each, the oldest first; also of photos that
        have left the list.
        """
        query = (
            "SELECT item, sha256, path FROM history WHERE profile = ? AND item IS NOT NULL "
            "AND outcome IN (?, ?, ?, ?) AND sha256 IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        rows = self._rows(query, (profile, *_IN_THE_STORE, json.dumps(list(hashes))))
        try:
            return [(decode_item(row[0]), row[1], decode_path(row[2]).name) for row in rows]
        except NONSENSE as error:
            self.damaged = True
            raise OutboxDamagedError from error

    def get_setting(self, key: str, default: str = "") -> str:
        """Read a small text that belongs to the outbox rather than to the machine."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else default

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise self._trouble(error, opening_error) from error

    def _photos(self, where: str, values: Sequence[Any]) -> list[Photo]:
        return [self._decoded(row) for row in self._rows(_select(where), values)]

    def _decoded(self, row: Sequence[Any]) -> Photo:
        try:
            return decode(row)
        except NONSENSE as error:
            self.damaged = True
            raise OutboxDamagedError from error

    def _trouble(
        self, error: sqlite3.Error, translate: Callable[[sqlite3.Error], OutboxError]
    ) -> Exception:
        """Tell damage and the environment's trouble from a bug of ours, which stays what it is."""
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
            return error
        if is_damage(error):
            self.damaged = True
            return OutboxDamagedError()
        return translate(error)

    def _state_of(self, photo_id: int) -> State | None:
        rows = self._rows("SELECT state FROM photos WHERE id = ?", (photo_id,))
        return State(rows[0][0]) if rows else None


def _select(where: str) -> str:
    # `where` is written above, never by a person.
    return f"SELECT {COLUMNS} FROM photos WHERE {where}"  # noqa: S608


def _standing_in(states: Sequence[State]) -> str:
    return f"profile = ? AND state IN ({_marks(states)}) ORDER BY id"


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
