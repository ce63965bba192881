"""The life of a photo: its states and the transitions between them.

One table, enforced where states are stored (`uploader.outbox`): a transition that isn't
in it raises, so that a bug shows itself instead of losing or doubling a photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a photo stands. The value is stored: never rename one."""

    ADDED = "added"
    """In the list; nobody has looked at the file yet."""
    CHECKING = "checking"
    """A worker inspects and fingerprints the file."""
    READY = "ready"
    """Usable, and sent when the person says Upload."""
    WAITING = "waiting"
    """To be sent, now or not before its time."""
    UPLOADING = "uploading"
    """Intent is on record; bytes may be on their way."""
    UNCERTAIN = "uncertain"
    """No answer: it may have arrived. The store is asked before anything is sent again."""
    PROCESSING = "processing"
    """The store has it and makes its styles."""
    LIVE = "live"
    """The store has finished; its styles were fetched."""
    ALREADY = "already"
    """The store had this very picture on this item; nothing was sent."""
    STALLED = "stalled"
    """Processing takes longer than this store's normal."""
    FAILED = "failed"
    """The store's processing failed, with its reason."""
    REJECTED = "rejected"
    """The store said no to the upload, with its reason."""
    REFUSED = "refused"
    """It can't be used, with the reason; nothing was sent."""
    CANCELLED = "cancelled"
    """The person took it back."""


_S = State

TRANSITIONS: Mapping[State, frozenset[State]] = {
    _S.ADDED: frozenset({_S.CHECKING, _S.CANCELLED}),
    # Back to ADDED after a crash: the look at the file is simply done again.
    _S.CHECKING: frozenset({_S.READY, _S.REFUSED, _S.ADDED, _S.CANCELLED}),
    # Back to CHECKING when the person replaces the file or it changed on disk.
    _S.READY: frozenset({_S.WAITING, _S.CHECKING, _S.CANCELLED}),
    # To UNCERTAIN where the outbox was damaged or rolled back: it may have been sent.
    _S.WAITING: frozenset(
        {
            _S.UPLOADING,
            _S.UNCERTAIN,
            _S.READY,
            _S.CHECKING,
            _S.REFUSED,
            _S.REJECTED,
            _S.CANCELLED,
        }
    ),
    _S.UPLOADING: frozenset(
        {
            _S.PROCESSING,
            _S.LIVE,
            _S.ALREADY,
            _S.UNCERTAIN,
            _S.WAITING,
            _S.REJECTED,
            _S.REFUSED,
            _S.CANCELLED,
        }
    ),
    # Cancelling here may leave a picture in the store; the outbox keeps its reference.
    _S.UNCERTAIN: frozenset(
        {_S.PROCESSING, _S.LIVE, _S.ALREADY, _S.WAITING, _S.REJECTED, _S.CANCELLED}
    ),
    _S.PROCESSING: frozenset({_S.LIVE, _S.STALLED, _S.FAILED, _S.WAITING}),
    _S.STALLED: frozenset({_S.PROCESSING, _S.LIVE, _S.FAILED, _S.WAITING, _S.UNCERTAIN}),
    _S.FAILED: frozenset({_S.PROCESSING, _S.LIVE, _S.WAITING, _S.UNCERTAIN}),
    _S.REJECTED: frozenset({_S.WAITING, _S.READY, _S.CHECKING, _S.CANCELLED}),
    _S.REFUSED: frozenset({_S.CHECKING, _S.CANCELLED}),
    # On from PROCESSING where it turns out that it had arrived before it was taken back.
    _S.CANCELLED: frozenset({_S.CHECKING, _S.PROCESSING, _S.ALREADY}),
    _S.LIVE: frozenset(),
    _S.ALREADY: frozenset({_S.CHECKING}),
}
"""Every allowed step. Staying in a state isn't a transition and is always allowed."""

UNSENT = frozenset({_S.ADDED, _S.CHECKING, _S.READY, _S.WAITING})
"""Nothing of it has been sent, or what was is not yet a picture in the store."""

IN_FLIGHT = frozenset({_S.UPLOADING, _S.UNCERTAIN})
"""A crash in these leaves the outcome unknown."""

FOLLOWED = frozenset({_S.PROCESSING, _S.STALLED})
"""The store has it; the poller asks after it."""

FINISHED = frozenset({_S.LIVE, _S.ALREADY, _S.REFUSED, _S.CANCELLED})
"""Nothing more happens by itself, and nothing is missing."""

NEEDS_ATTENTION = frozenset({_S.STALLED, _S.FAILED, _S.REJECTED, _S.REFUSED})
"""The person has something to decide."""


class ForbiddenTransitionError(RuntimeError):
    """A step that isn't in the table: always a bug in the program."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"a photo can't go from {before} to {after}")
        self.before = before
        self.after = after


def is_allowed(before: State, after: State) -> bool:
    """Whether `before` → `after` is in the table, or no step at all."""
    return before is after or after in TRANSITIONS[before]


def check_transition(before: State, after: State) -> None:
    """Raise `ForbiddenTransitionError` unless `before` → `after` is in the table."""
    if not is_allowed(before, after):
        raise ForbiddenTransitionError(before, after)
