"""After an outcome that nobody knows: look in the store before anything is sent again."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

from uploader.domain.cancel import CancelToken, Stop
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.photos import Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.backoff import Backoff, asked_by
from uploader.engine.lost import seen_through
from uploader.engine.outcome import STORE_TROUBLE, Outcome
from uploader.engine.settle import Clock, Settle
from uploader.outbox import Outbox
from uploader.outbox.times import is_due

log = logging.getLogger(__name__)

SETTLING = 30.0
"""Seconds after which a store that can't recognise a repeat is believed to say *not there*.

Counted by a steady clock from when this process first saw the photo uncertain: the day's clock
may jump, and of the time before a restart nobody knows how long it was.

A slow store may still be storing what it never answered to; sending again before would double
it. Stores that recognise our reference need no such time.
"""

SOME = 20
"""Photos read at once of those to look for: after a damaged outbox there may be thousands."""

BUG_LIMIT = 5
"""Failures by a bug of ours after which a photo waits for the person instead of the clock."""

LOOKING = 15.0
"""Seconds that a look in progress keeps other workers from looking too."""


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Takes photos out of UNCERTAIN: to PROCESSING where the store has them, else to WAITING."""

    settle: Settle
    backoff: Backoff = field(default_factory=Backoff)
    clock: Clock = time.time
    steady: Clock = time.monotonic
    """Tells passing time in seconds, whatever happens to the day's clock."""
    _seen: dict[tuple[int, float], float] = field(default_factory=dict, init=False, repr=False)
    """When each uncertainty (photo, since when) was first seen, by the steady clock."""

    @property
    def _outbox(self) -> Outbox:
        return self.settle.outbox

    def due(self, profile: str) -> list[Photo]:
        """Photos whose store should be asked now, in the order added; the first `SOME`."""
        now = self.clock()
        uncertain = self._outbox.dues(profile, State.UNCERTAIN)
        for waiting in uncertain:
            self._since(waiting.photo_id, waiting.since)
        due = [one.photo_id for one in uncertain if is_due(one.not_before, now)]
        found = self._outbox.some(due[:SOME])
        return [photo for photo in found if photo.state is State.UNCERTAIN]

    def __call__(self, photo: Photo, cancel: CancelToken) -> Outcome:
        """Look for one uncertain photo. Whatever goes wrong, it stays uncertain."""
        self._since(photo.id, photo.state_since)
        try:
            remote = self.settle.store.find(photo, cancel)
        except Exception as error:
            return self._no_answer(photo, error, cancel)
        if remote is None:
            return Outcome(self._not_there(photo))
        self._seen.pop((photo.id, photo.state_since), None)
        found = self.settle.arrived(photo, remote, words.LOOKED_THERE)
        return finish(self.settle, found, remote, cancel)

    def _no_answer(self, photo: Photo, error: Exception, cancel: CancelToken) -> Outcome:
        """Stay uncertain, and look again: at once when the store is back, else after a while."""
        error = seen_through(error, self.settle.store, cancel)
        if isinstance(error, CancelledError):
            if cancel.stop is Stop.TAKEN_BACK:
                return Outcome(self._taken_back(photo))
            return Outcome(self._later(photo, 0.0))
        if isinstance(error, STORE_TROUBLE):
            return Outcome(self._later(photo, 0.0), error)
        if not isinstance(error, StoreError):
            log.error("looking for photo %d in the store met a bug", photo.id, exc_info=error)
        asked = asked_by(error)
        return Outcome(self._later(photo, self.backoff.delay(photo.attempts + 1, asked)))

    def _later(self, photo: Photo, delay: float) -> Photo | None:
        """Stay uncertain; ask again after `delay` seconds."""
        burnt = photo.attempts + 1 if delay else photo.attempts
        due = self.clock() + delay if delay else 0.0
        return self._outbox.advance(photo, State.UNCERTAIN, not_before=due, attempts=burnt)

    def _taken_back(self, photo: Photo) -> Photo | None:
        """Heed the person, who cancelled while it was looked for; it is looked for once more."""
        return self._outbox.advance(
            photo, State.CANCELLED, words.TAKEN_BACK_UNSURE, sent=photo.size
        )

    def _since(self, photo_id: int, state_since: float) -> float:
        """When this uncertainty was first seen, by the steady clock."""
        return self._seen.setdefault((photo_id, state_since), self.steady())

    def _not_there(self, photo: Photo) -> Photo | None:
        now = self.clock()
        left = self._since(photo.id, photo.state_since) + SETTLING - self.steady()
        if left > 0 and not self.settle.store.capabilities.idempotent:
            event = words.LOOKED_NOT_YET.format(seconds=max(1, round(left)))
            return self._outbox.advance(photo, State.UNCERTAIN, event, not_before=now + left)
        self._seen.pop((photo.id, photo.state_since), None)
        # Sent whole, the store may keep all of it and lack the picture: asking again makes it.
        kept = photo.sent if photo.sent >= photo.size else 0
        if photo.problem is None:
            # The program had ended while it was sent: nobody failed, no attempt is burnt.
            return self._outbox.advance(
                photo, State.WAITING, words.LOOKED_NOT_THERE, not_before=0.0, sent=kept
            )
        if photo.attempts >= BUG_LIMIT and photo.problem == Problem(*words.BUG_PROBLEM):
            return give_up(self._outbox, photo, photo.attempts)
        attempts = photo.attempts + 1
        return self._outbox.advance(
            photo,
            State.WAITING,
            words.LOOKED_NOT_THERE,
            problem=Problem(*words.NOT_SENT_PROBLEM),
            attempts=attempts,
            sent=kept,
            not_before=now + self.backoff.delay(attempts),
        )


def give_up(outbox: Outbox, photo: Photo, attempts: int) -> Photo | None:
    """Leave a photo to the person that isn't in the store and that a bug of ours keeps here."""
    title, detail = words.BUG_LAST_PROBLEM
    problem = Problem(title, detail.format(count=attempts))
    return outbox.advance(photo, State.REJECTED, title, problem=problem, attempts=attempts, sent=0)


def finish(
    settle: Settle, photo: Photo | None, remote: RemotePhoto, cancel: CancelToken
) -> Outcome:
    """Settle a photo at once that the store has finished already; the poller does the rest."""
    if (
        photo is None
        or photo.state is not State.PROCESSING
        or remote.state is RemoteState.PROCESSING
    ):
        return Outcome(photo)
    try:
        settle.settle(photo, remote, cancel)
    except STORE_TROUBLE as trouble:
        return Outcome(_now(settle.outbox, photo), trouble)
    except (StoreError, CancelledError):
        log.debug("photo %d is settled later", photo.id)
    return Outcome(_now(settle.outbox, photo))


def _now(outbox: Outbox, photo: Photo) -> Photo | None:
    try:
        return outbox.photo(photo.id)
    except KeyError:
        return None
