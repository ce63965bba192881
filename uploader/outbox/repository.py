"""The outbox: every photo, its state and its history, kept through any crash."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Unpack

from uploader.domain.photos import Photo
from uploader.domain.states import State, check_transition, is_allowed
from uploader.outbox import times
from uploader.outbox.announcing import Announcer, Listener
from uploader.outbox.codec import Changes, clean, encode, encode_path
from uploader.outbox.errors import OutboxError, writing_error
from uploader.outbox.mark import Hold
from uploader.outbox.opening import open_file
from uploader.outbox.reading import AMONG, Reading
from uploader.outbox.recording import leave, record, rename
from uploader.outbox.words import DOUBTED, INTERRUPTED, SENDING, SENDING_ON

BUNCH = 250
"""Photos changed in one transaction: a few hundredths of a second."""


class Edit(NamedTuple):
    """What a photo is to become: its state, an event (none if empty) and changed fields."""

    state: State
    event: str = ""
    changes: Changes = {}  # noqa: RUF012 - read only


@dataclass(frozen=True, slots=True)
class Opened:
    """An open outbox, and a sentence for the person where its file had been damaged."""

    outbox: Outbox
    notice: str = ""


class Outbox(Reading):
    """Thread-safe. Each method is a short transaction (for thousands, several), then on disk.

    A step that isn't in the transition table raises `ForbiddenTransitionError`, an unknown id
    KeyError, and what the disk refuses `OutboxWriteError`; in each case nothing has changed.
    Times are seconds since the epoch.
    """

    def __init__(
        self, db: sqlite3.Connection, lock: Hold, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(db)
        self._file_lock = lock
        self._clock = clock
        self._announcer = Announcer()

    @staticmethod
    def open(path: Path, clock: Callable[[], float] = time.time) -> Opened:
        """Open or make the outbox at `path`.

        Raises `OutboxInUseError`, `OutboxTooNewError`, `OutboxError`.
        """
        db, lock, notice = open_file(path)
        return Opened(Outbox(db, lock, clock), notice)

    def close(self) -> None:
        """Close the file and let others open it. Safe to repeat."""
        with self._lock:
            self._db.close()
            if self.damaged:
                self._file_lock.distrust()
            self._file_lock.release()

    @property
    def listener(self) -> Listener | None:
        """Called after each commit with the new values, in the order of the commits.

        In whichever thread made one of them, outside every lock; it must not block.
        """
        return self._announcer.listener

    @listener.setter
    def listener(self, listener: Listener | None) -> None:
        self._announcer.listener = listener

    # ---- changing
    def add(self, profile: str, paths: Sequence[Path], now: float) -> list[Photo]:
        """Add files in the state ADDED, each with a new reference; return them in order."""
        rows = [
            (str(uuid.uuid4()), profile, encode_path(path), State.ADDED, now, now) for path in paths
        ]
        with self._transaction() as changed:
            last = self._last_id()
            self._db.executemany(
                "INSERT INTO photos (reference, profile, path, state, added_at, state_since) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )
            changed.extend(self._photos("id > ? ORDER BY id", (last,)))
        return changed

    def move(
        self, photo_id: int, state: State, event: str = "", **changes: Unpack[Changes]
    ) -> Photo:
        """Take a photo to another state, with changes of other fields and a timeline event."""
        with self._transaction() as changed:
            before = self.photo(photo_id).state
            check_transition(before, state)
            changed.append(self._write(photo_id, before, state, event, changes))
        return changed[0]

    def advance(
        self, photo: Photo, state: State, event: str = "", **changes: Unpack[Changes]
    ) -> Photo | None:
        """Like `move`, but only while it still stands where `photo` says; else return None.

        For workers, whose photo a person may cancel or remove in the meantime.
        """
        with self._transaction() as changed:
            if self._state_of(photo.id) is photo.state:
                check_transition(photo.state, state)
                changed.append(self._write(photo.id, photo.state, state, event, changes))
        return changed[0] if changed else None

    def change(self, photo_id: int, event: str = "", **changes: Unpack[Changes]) -> Photo:
        """Change fields of a photo (not its state), with an event if it has a text."""
        with self._transaction() as changed:
            state = self.photo(photo_id).state
            changed.append(self._write(photo_id, state, state, event, changes))
        return changed[0]

    def move_many(
        self,
        ids: Iterable[int],
        state: State,
        event: str = "",
        *,
        only: Iterable[State] | None = None,
        **changes: Unpack[Changes],
    ) -> list[Photo]:
        """Move what may be moved and stands in one of `only`; returns like `edit_many`."""
        allowed = frozenset(State if only is None else only)

        def decide(photo: Photo) -> Edit | None:
            return Edit(state, event, changes) if photo.state in allowed else None

        return self.edit_many(ids, decide)

    def edit_many(self, ids: Iterable[int], decide: Callable[[Photo], Edit | None]) -> list[Photo]:
        """Take each photo where `decide` says, seen as it stands in that very moment.

        For thousands: in transactions of `BUNCH` photos, between which others get their turn.
        Returns the changed ones; unknown ids and forbidden steps are left out.
        """
        done = list[Photo]()
        for bunch in _bunches(ids):
            with self._transaction() as changed:
                for photo in self.some(bunch):
                    step = decide(photo)
                    if step is not None and is_allowed(photo.state, step.state):
                        changed.append(
                            self._write(photo.id, photo.state, step.state, step.event, step.changes)
                        )
            done += changed
        return done

    def claim(self, profile: str, now: float) -> Photo | None:
        """Take the oldest photo that is due to UPLOADING; None when none is.

        This is the intent on record: nothing is sent of a photo that wasn't claimed. One whose
        row may be older than the truth becomes UNCERTAIN instead: the store is asked first.
        """
        where = (
            "profile = ? AND state = ? AND NOT (not_before > ? AND not_before <= ?) "
            "AND NOT leaving ORDER BY id LIMIT 1"
        )
        waits = (profile, State.WAITING, now, now + times.FARTHEST)
        cleared: Changes = {"not_before": 0.0, "problem": None}
        claimed = None
        with self._transaction() as changed:
            while claimed is None and (due := self._photos(where, waits)):
                state, event = State.UPLOADING, SENDING_ON if due[0].sent else SENDING
                if self._doubted(due[0].id):
                    state, event = State.UNCERTAIN, DOUBTED
                photo = self._write(due[0].id, due[0].state, state, event, cleared, now=now)
                claimed = photo if state is State.UPLOADING else None
                changed.append(photo)
        return claimed

    def recover(self, now: float, busy: Collection[int] = ()) -> list[Photo]:
        """After a start: take what a crash left half-way to where it goes on from.

        CHECKING goes back to ADDED, UPLOADING to UNCERTAIN, in all profiles; returns these.
        After a disk that refused changes it does the same while the program runs: `busy` are
        the ids that somebody works on. Times that a wrong clock noted are mended.
        """
        goes_to = {
            State.CHECKING: (State.ADDED, ""),
            State.UPLOADING: (State.UNCERTAIN, INTERRUPTED),
        }
        with self._transaction() as changed:
            times.mend(self._db, now)
            for photo in self._photos("state IN (?, ?) ORDER BY id", tuple(goes_to)):
                if photo.id not in busy:
                    state, event = goes_to[photo.state]
                    due: Changes = {"not_before": 0.0}
                    changed.append(self._write(photo.id, photo.state, state, event, due, now=now))
        return changed

    def reset_backoff(self, ids: Iterable[int] | None = None) -> list[Photo]:
        """Make waiting and uncertain photos due now and forget their attempts; None: all."""
        if ids is None:
            where = "state IN (?, ?) AND (not_before > 0 OR attempts > 0)"
            waiting = self._photos(where, (State.WAITING, State.UNCERTAIN))
            ids = [photo.id for photo in waiting]

        def decide(photo: Photo) -> Edit | None:
            waits = photo.state in {State.WAITING, State.UNCERTAIN}
            if not waits or not (photo.not_before or photo.attempts):
                return None
            return Edit(photo.state, "", {"not_before": 0.0, "attempts": 0})

        return self.edit_many(ids, decide)

    def move_times(self, by: float) -> list[Photo]:
        """Move what is waited for along with a clock that was set by `by` seconds."""
        with self._transaction() as changed:
            changed.extend(self.some(times.move(self._db, by)))
        return changed

    def adopt(self, profile: str) -> list[Photo]:
        """Give the photos that were added before any sign-in (profile ``""``) a profile."""
        with self._transaction() as changed:
            ids = [row[0] for row in self._rows("SELECT id FROM photos WHERE profile = ''")]
            self._db.execute("UPDATE photos SET profile = ? WHERE profile = ''", (profile,))
            changed.extend(self.some(ids))
        return changed

    def doubt(self, ids: Iterable[int]) -> None:
        """Have these photos looked for in the store before they are sent: see `claim`."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO doubts SELECT id FROM photos WHERE id = ?",
                [(photo_id,) for photo_id in ids],
            )

    def take_off(self, ids: Iterable[int]) -> None:
        """Take photos off the list for good; `remove` ends it when nothing of them is under way.

        They aren't sent any more, and no restart brings them back.
        """
        with self._transaction():
            query = f"UPDATE photos SET leaving = 1 WHERE {AMONG}"  # noqa: S608 - ours
            self._db.execute(query, (json.dumps(list(ids)),))

    def tell(self, profile: str, after: int, limit: int) -> list[Photo]:
        """Tell the listener of some photos (as `listed`) as if they had changed; give them.

        In its place among the changes, so that nothing older is heard after something newer.
        """
        with self._lock:
            told = self.listed(profile, after, limit)
            self._announcer.put(told)
        self._announcer.deliver()
        return told

    def remove(self, ids: Iterable[int]) -> None:
        """Forget photos and their events; the files stay. The listener isn't told."""
        for bunch in _bunches(ids):
            with self._transaction():
                leave(self._db, bunch, self._clock())
                query = f"DELETE FROM photos WHERE {AMONG}"  # noqa: S608 - ours
                self._db.execute(query, (json.dumps(bunch),))

    # ---- settings (never a secret)
    def set_setting(self, key: str, value: str) -> None:
        """Keep a small text. Never a password or a token: those belong to the keychain."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, clean(value)))

    # ---- inside
    @contextlib.contextmanager
    def _transaction(self) -> Iterator[list[Photo]]:
        with self._lock:
            changed: list[Photo] = []
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield changed
                self._db.execute("COMMIT")
            except BaseException as error:
                if self._db.in_transaction:
                    # A disk that fails here too has kept nothing of it.
                    with contextlib.suppress(sqlite3.Error):
                        self._db.execute("ROLLBACK")
                cause = error.__cause__ if isinstance(error, OutboxError) else error
                if isinstance(cause, sqlite3.Error):
                    raise self._trouble(cause, writing_error) from cause
                raise
            self._announcer.put(list(changed))
        self._announcer.deliver()

    def _last_id(self) -> int:
        query = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'photos'"
        return self._db.execute(query).fetchone()[0] or 0

    def _doubted(self, photo_id: int) -> bool:
        """Whether it has to be looked for before it is sent; once."""
        forget = self._db.execute("DELETE FROM doubts WHERE photo_id = ?", (photo_id,))
        return forget.rowcount > 0

    def _write(
        self,
        photo_id: int,
        before: State,
        state: State,
        event: str,
        changes: Changes,
        *,
        now: float | None = None,
    ) -> Photo:
        """Change one row within the running transaction; the step has been checked."""
        now = self._clock() if now is None else now
        columns = encode(changes)
        if state is not before:
            columns |= {"state": state, "state_since": now}
        if "reference" in changes:
            rename(self._db, photo_id, changes["reference"])
        if columns:
            sets = ", ".join(f"{name} = ?" for name in columns)
            self._db.execute(
                f"UPDATE photos SET {sets} WHERE id = ?",  # noqa: S608 - names are ours
                (*columns.values(), photo_id),
            )
        if event:
            self._db.execute(
                "INSERT INTO events (photo_id, at, text) VALUES (?, ?, ?)",
                (photo_id, now, clean(event)),
            )
        photo = self.photo(photo_id)
        record(self._db, photo, before, changes, now)
        return photo


def _bunches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Give `BUNCH` ids at a time, and others their turn in between."""
    wanted = list(ids)
    for start in range(0, len(wanted), BUNCH):
        if start:
            # A lock that is taken again at once is taken by the same thread.
            time.sleep(0.001)
        yield wanted[start : start + BUNCH]
