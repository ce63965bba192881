"""Uploads one photo, and turns whatever happens into a state from which it goes on."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from uploader.domain.cancel import CancelToken, Stop, brief
from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    CancelledError,
    GatewayError,
    OfflineError,
    RejectedError,
    SourceError,
    StoreError,
    UntrustedError,
)
from uploader.domain.photos import UNSENDABLE, Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto
from uploader.engine import words
from uploader.engine.backoff import Backoff, asked_by
from uploader.engine.bandwidth import Bucket, Metered
from uploader.engine.lost import seen_through
from uploader.engine.outcome import SIGN_IN_TROUBLE, STORE_TROUBLE, Outcome
from uploader.engine.payload import prepared, source_of
from uploader.engine.reconcile import BUG_LIMIT, LOOKING, Reconcile, finish, give_up
from uploader.engine.settle import Clock, Settle
from uploader.engine.source import finding_of
from uploader.outbox import Outbox
from uploader.stores.protocol import Report, Store

log = logging.getLogger(__name__)

Turn = AbstractContextManager[None]
_AT_ONCE: Turn = contextlib.nullcontext()

BRIEFLY = 0.15
"""Seconds of looking whether a photo that the person cancels has arrived: they wait for it."""

BLOCKED_LIMIT = 10
"""Tries after which what is refused in between waits for the person instead of the clock.

They take seven minutes or so: firewalls that count requests let them pass again within five.
"""

DROPPING = 5.0
"""Seconds of having the store drop what it has; later it does so by itself."""


StandIn = Callable[[Photo], Photo]
"""Gives a photo with another path where its file has gone and there is a copy."""


def as_it_is(photo: Photo) -> Photo:
    """Give the photo itself: there are no copies."""
    return photo


@dataclass
class _Progress:
    """Passes progress on and remembers it, in bytes from the file's start."""

    report: Report
    sent: int = 0
    asked: bool = False
    """Whether the store was asked for anything in this call: else it stands as before."""

    def __call__(self, sent: int) -> None:
        self.sent = sent
        self.report(sent)


@dataclass(frozen=True, slots=True)
class UploadOne:
    """Sends photos that were claimed from the outbox. Thread-safe; never raises for a photo."""

    settle: Settle
    reconcile: Reconcile
    backoff: Backoff = field(default_factory=Backoff)
    clock: Clock = time.time
    bucket: Bucket = field(default_factory=Bucket)
    """From which all senders take what they send."""
    stand_in: StandIn = as_it_is

    @property
    def _outbox(self) -> Outbox:
        return self.settle.outbox

    @property
    def _store(self) -> Store:
        return self.settle.store

    def __call__(
        self, photo: Photo, report: Report, cancel: CancelToken, turn: Turn = _AT_ONCE
    ) -> Outcome:
        """Send one photo in UPLOADING; `report` gets absolute byte counts.

        It uses the network only inside `turn`, which may wait to be entered and raise
        `CancelledError` then; what the outbox has to note comes after it.
        """
        progress = _Progress(report, photo.sent)
        try:
            ready = prepared(self.stand_in(photo), self._outbox, cancel)
            if ready is None:
                return Outcome(None)
            # A copy stands in for the file's bytes, not for its name.
            photo, progress.sent = replace(ready, path=photo.path), ready.sent
            source = Metered(source_of(self.stand_in(photo), cancel), self.bucket, cancel)
            with turn:
                cancel.check()
                progress.asked = True
                remote = self._store.upload(photo, source, progress, cancel)
        except Exception as error:
            return self._ended(photo, error, progress, cancel)
        return self._arrived(photo, remote, cancel)

    def _arrived(self, photo: Photo, remote: RemotePhoto, cancel: CancelToken) -> Outcome:
        stored = self.settle.arrived(photo, remote, words.SENT)
        return finish(self.settle, stored, remote, cancel)

    def _ended(  # noqa: PLR0911 - a table: one line per type of error
        self, photo: Photo, error: Exception, progress: _Progress, cancel: CancelToken
    ) -> Outcome:
        """Decide by the error's type alone."""
        error, sent = seen_through(error, self._store, cancel), progress.sent
        match error:
            case CancelledError():
                return self._stopped(photo, progress, cancel)
            case StoreError() if _is_unheard(error) and self._may_have_arrived(photo, sent):
                return self._unheard(photo, error, sent)
            case SourceError():
                return self._source_failed(photo, error)
            case AmbiguousError():
                return self._ambiguous(photo, sent, cancel)
            case RejectedError():
                return self._rejected(photo, error)
            case BlockedError() if photo.attempts + 1 >= BLOCKED_LIMIT:
                return self._blocked(photo, error)
            case StoreError() if isinstance(error, STORE_TROUBLE):
                return self._store_failed(photo, error, sent)
            case StoreError():
                return self._busy(photo, error, sent)
            case _:
                return self._bug(photo, error, sent)

    # ---- one method per kind of ending
    def _store_failed(self, photo: Photo, error: StoreError, sent: int) -> Outcome:
        sign_in = isinstance(error, SIGN_IN_TROUBLE)
        waiting = self._outbox.advance(
            photo,
            State.WAITING,
            words.SIGN_IN if sign_in else words.OFFLINE,
            problem=Problem(*(words.SIGN_IN_PROBLEM if sign_in else words.OFFLINE_PROBLEM)),
            sent=self._kept(sent),
        )
        return Outcome(waiting, error)

    def _unheard(self, photo: Photo, trouble: StoreError | None, sent: int) -> Outcome:
        """Look for it before anything else: of a photo that is there whole, asking completes it.

        Also where the store knows repeats: edited while it waits, a photo gets another
        reference, under which the store would take it a second time.
        """
        uncertain = self._uncertain(photo, sent, looking=False)
        return Outcome(uncertain, trouble if isinstance(trouble, STORE_TROUBLE) else None)

    def _busy(self, photo: Photo, error: StoreError, sent: int) -> Outcome:
        attempts = photo.attempts + 1
        asked = asked_by(error)
        delay = self.backoff.delay(attempts, asked)
        waiting = self._outbox.advance(
            photo,
            State.WAITING,
            words.NEXT_TRY.format(title=error.title, seconds=max(1, round(delay))),
            problem=Problem(error.title, error.detail),
            attempts=attempts,
            not_before=self.clock() + delay,
            sent=self._kept(sent),
        )
        return Outcome(waiting)

    def _rejected(self, photo: Photo, error: RejectedError) -> Outcome:
        event = words.REJECTED.format(title=error.title)
        problem = Problem(error.title, error.detail)
        return Outcome(self._outbox.advance(photo, State.REJECTED, event, problem=problem, sent=0))

    def _blocked(self, photo: Photo, error: BlockedError) -> Outcome:
        return Outcome(
            self._outbox.advance(
                photo,
                State.REJECTED,
                UNSENDABLE,
                problem=Problem(UNSENDABLE, error.detail),
                attempts=photo.attempts + 1,
                sent=0,
            )
        )

    def _ambiguous(self, photo: Photo, sent: int, cancel: CancelToken) -> Outcome:
        uncertain = self._uncertain(photo, sent)
        return Outcome(None) if uncertain is None else self.reconcile(uncertain, cancel)

    def _source_failed(self, photo: Photo, error: SourceError) -> Outcome:
        finding = finding_of(error)
        refused = self._outbox.advance(
            photo,
            State.REFUSED,
            words.REFUSED.format(sentence=finding.sentence),
            findings=(*photo.findings, finding),
            sent=0,
        )
        self._discard(photo)
        return Outcome(refused)

    def _stopped(self, photo: Photo, progress: _Progress, cancel: CancelToken) -> Outcome:
        sent = progress.sent
        if cancel.stop is Stop.TAKEN_BACK:
            return self._taken_back(photo, sent)
        if progress.asked and self._may_have_arrived(photo, sent):
            return self._unheard(photo, None, sent)
        kept = self._kept(sent)
        return Outcome(self._outbox.advance(photo, State.WAITING, words.HALTED, sent=kept))

    def _taken_back(self, photo: Photo, sent: int) -> Outcome:
        """Cancel truthfully: what has arrived is in the store, whatever we say."""
        if self._may_have_arrived(photo, sent):
            with contextlib.suppress(StoreError, CancelledError), brief(BRIEFLY) as cancel:
                if remote := self._store.find(photo, cancel):
                    return Outcome(self.settle.arrived(photo, remote, words.TAKEN_BACK_TOO_LATE))
            # Not there yet isn't never: the store may be storing it still. As all of it counts
            # as sent, it is looked for once more before it is believed (`Withdrawals`).
            event = words.TAKEN_BACK_UNSURE
            return Outcome(self._outbox.advance(photo, State.CANCELLED, event, sent=sent))
        # What the store still has stays noted until it has dropped it.
        kept = self._kept(sent)
        cancelled = self._outbox.advance(photo, State.CANCELLED, words.TAKEN_BACK, sent=kept)
        arrived = self._discard(photo)
        if arrived and cancelled is not None:
            # All of it had come in an earlier request: the look at it is `Withdrawals`'.
            event, size = words.TAKEN_BACK_UNSURE, cancelled.size
            cancelled = self._outbox.advance(cancelled, State.CANCELLED, event, sent=size)
        elif arrived is False and cancelled is not None and kept:
            cancelled = self._outbox.advance(cancelled, State.CANCELLED, sent=0)
        return Outcome(cancelled)

    def _bug(self, photo: Photo, error: Exception, sent: int) -> Outcome:
        log.error("sending photo %d met a bug", photo.id, exc_info=error)
        attempts = photo.attempts + 1
        # A bug tells nothing about what has arrived.
        known = self._store.capabilities.idempotent and not self._may_have_arrived(photo, sent)
        if attempts >= BUG_LIMIT and known:
            return Outcome(give_up(self._outbox, photo, attempts))
        state = State.WAITING if known else State.UNCERTAIN
        delay = self.backoff.delay(attempts)
        title = words.BUG_PROBLEM[0]
        moved = self._outbox.advance(
            photo,
            state,
            words.NEXT_TRY.format(title=title, seconds=max(1, round(delay))),
            problem=Problem(*words.BUG_PROBLEM),
            attempts=attempts,
            not_before=self.clock() + delay,
            sent=self._kept(sent),
        )
        return Outcome(moved)

    # ---- parts
    def _uncertain(self, photo: Photo, sent: int, *, looking: bool = True) -> Photo | None:
        return self._outbox.advance(
            photo,
            State.UNCERTAIN,
            words.NO_ANSWER.format(sent=words.amount_of(sent, photo.size or sent)),
            problem=Problem(*words.UNCERTAIN_PROBLEM),
            not_before=self.clock() + LOOKING if looking else 0.0,
            sent=self._kept(sent),
        )

    def _kept(self, sent: int) -> int:
        """Bytes from which it goes on; a store that can't resume starts again."""
        return sent if self._store.capabilities.resumable else 0

    def _may_have_arrived(self, photo: Photo, sent: int) -> bool:
        return photo.fingerprint is not None and sent >= photo.size

    def _discard(self, photo: Photo) -> bool | None:
        """Drop what the store has of it; True where it had arrived whole, None: no answer."""
        try:
            with brief(DROPPING) as cancel:
                return bool(self._store.discard(photo, cancel))
        except (StoreError, CancelledError) as error:
            log.info("photo %d: what arrived wasn't dropped: %s", photo.id, error)
            return None


def _is_unheard(error: StoreError) -> bool:
    """Whether what was asked may have been done, and the answer was lost."""
    nothing_passed = isinstance(error, UntrustedError | BlockedError)
    return isinstance(error, OfflineError | GatewayError) and not nothing_passed
