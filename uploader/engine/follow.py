"""Follows what the store processes, to the end: one request for all of it."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.photos import Photo, Problem
from uploader.domain.states import FOLLOWED, State
from uploader.domain.stores import Capabilities, RemotePhoto
from uploader.engine import words
from uploader.engine.backoff import Backoff, asked_by
from uploader.engine.lost import seen_through
from uploader.engine.outcome import STORE_TROUBLE
from uploader.engine.settle import Clock, Settle, Settled
from uploader.outbox import OutboxError
from uploader.outbox.reading import Known

log = logging.getLogger(__name__)

LONG_WAIT = 25.0
"""Seconds that a store may hold an answer back: the contract's longest."""
SHORT_WAIT = 1.0
"""The same while photos keep arriving, so that new ones are soon asked after."""
LEAST_PAUSE = 0.2
"""Seconds between two requests that both had news, so that news come in bunches."""
QUIET_PAUSE = 1.6
"""What it grows to while answers have none: photos on their way go first."""
AT_LEAST = 60.0
TIMES_USUAL = 30.0
"""Stalled: longer than a minute, and than thirty times what is usual at this store."""


def stalled_after(capabilities: Capabilities) -> float:
    """Seconds of processing after which a photo counts as stalled."""
    return max(AT_LEAST, TIMES_USUAL * capabilities.usual_seconds)


@dataclass(frozen=True, slots=True)
class Step:
    """One round: seconds until the next (None: when woken), and a trouble of the store."""

    pause: float | None
    trouble: StoreError | None = None
    least: float = LEAST_PAUSE
    """Seconds of the pause that being woken doesn't shorten."""


@dataclass(frozen=True, slots=True)
class _Again:
    """A photo that the store calls done and that can't be fetched: to be looked at again."""

    remote: RemotePhoto
    due: float
    tries: int


class Follower:
    """Asks after all photos of a profile in PROCESSING or STALLED. One thread runs it.

    `each` is like `map`; give a thread pool's to fetch derivatives of several photos at once.
    """

    def __init__(
        self,
        settle: Settle,
        profile: str,
        *,
        backoff: Backoff | None = None,
        clock: Clock = time.time,
        steady: Clock = time.monotonic,
        each: Callable[[Callable[[tuple[Photo, RemotePhoto]], Settled],
                        Iterable[tuple[Photo, RemotePhoto]]], Iterable[Settled]] = map,
    ) -> None:  # fmt: skip
        self._settle = settle
        self._outbox = settle.outbox
        self._store = settle.store
        self._profile = profile
        self._backoff = backoff or Backoff(base=1.0, cap=60.0)
        self._clock = clock
        self._steady = steady
        self._each = each
        self._known: Known = {}
        self._again: dict[int, _Again] = {}
        self._asked_at: dict[int, float] = {}
        self._failures = 0
        self._quiet = 0
        self._woken = threading.Event()
        self._hurried = threading.Event()
        self._lock = threading.Lock()
        self._asking: CancelToken | None = None

    # ---- for other threads
    def wake(self) -> None:
        """Say that a photo has entered processing, or that the store can be reached again."""
        self._woken.set()
        with self._lock:
            asking = self._asking
        if asking is not None:
            # A request that is held back doesn't know the new photo: ask anew, with it.
            asking.cancel()

    def hurry(self) -> None:
        """Ask now, whatever the store asked for or the back-off says: the person wants it."""
        self._hurried.set()
        self.wake()

    # ---- for the one thread that follows
    def run(
        self,
        cancel: CancelToken,
        on_trouble: Callable[[StoreError], None],
        may_ask: Callable[[], bool],
    ) -> None:
        """Follow until cancelled. While `may_ask` says no (offline), wait to be woken."""
        while not cancel.cancelled:
            try:
                step = self.step(cancel) if self._may_ask(may_ask) else Step(None)
            except CancelledError:
                return
            if step.trouble is not None:
                on_trouble(step.trouble)
            self._rest(step, cancel)

    def step(self, cancel: CancelToken) -> Step:
        """Ask once, and take every photo where the store says it is.

        Raises `CancelledError`, and `OutboxError` where the disk takes no change.
        """
        # Cleared before the list is read: who wakes later has a photo that isn't on it.
        lively = self._woken.is_set()
        self._woken.clear()
        photos = self._outbox.in_state_still(self._known, self._profile, *FOLLOWED)
        self._forget_all_but(photos)
        if not photos:
            return Step(None)
        try:
            pause = self._ask(photos, cancel, lively=lively)
            self._look_again(photos, cancel)
            self._look_at_late(photos, cancel)
        except CancelledError:
            cancel.check()
            return Step(0.0)
        except STORE_TROUBLE as trouble:
            return Step(self._failed(trouble), trouble)
        except OutboxError:
            # The disk's fault: whoever runs us tells the person and tries again.
            raise
        except Exception as error:
            if not isinstance(error, StoreError):
                log.exception("following met a bug")
            error = seen_through(error, self._store, cancel)
            delay = self._failed(error)
            if isinstance(error, STORE_TROUBLE):
                return Step(delay, error)
            return Step(delay, least=delay)
        self._failures = 0
        least = LEAST_PAUSE * 2 ** max(0, self._quiet - 1)
        return Step(pause, least=min(pause, least, QUIET_PAUSE))

    # ---- parts of a step
    def _may_ask(self, may_ask: Callable[[], bool]) -> bool:
        """Ask whether to ask; with a no, only who wakes from now on is heard."""
        if may_ask():
            return True
        # A wake that stood would let `_rest` return at once, over and over.
        self._woken.clear()
        # Once more: the store may have come back, and woken us, before the line above.
        return may_ask()

    def _ask(self, photos: Sequence[Photo], cancel: CancelToken, *, lively: bool) -> float:
        """Ask about all in one request; give the seconds to pause after it."""
        asked = [photo for photo in photos if photo.id not in self._again]
        if not asked:
            return self._spacing()
        wait = SHORT_WAIT if lively or self._again else LONG_WAIT
        begun = self._steady()
        remotes = self._request(asked, wait, cancel)
        pairs = list(_pairs(asked, remotes))
        self._settle_all(pairs, cancel)
        if pairs or self._steady() - begun >= wait / 2:
            self._quiet = 0
            return LEAST_PAUSE
        # Answered at once and without news: it spoke of what we have just sent, or never waits.
        self._quiet = min(self._quiet + 1, 10)
        return self._spacing()

    def _request(
        self, asked: Sequence[Photo], wait: float, cancel: CancelToken
    ) -> list[RemotePhoto]:
        token = CancelToken()
        with self._lock:
            # A short request isn't worth being cut: the next one soon follows.
            self._asking = token if wait == LONG_WAIT else None
        if self._asking is not None and self._woken.is_set():
            token.cancel()
        try:
            with cancel.interrupting(token.cancel):
                token.check()
                return self._store.status(asked, wait, token)
        finally:
            with self._lock:
                self._asking = None

    def _look_again(self, photos: Sequence[Photo], cancel: CancelToken) -> None:
        """Fetch once more what wasn't there although the store said so."""
        now = self._steady()
        due = [(p, a.remote) for p in photos if (a := self._again.get(p.id)) and a.due <= now]
        self._settle_all(due, cancel)

    def _look_at_late(self, photos: Sequence[Photo], cancel: CancelToken) -> None:
        """Ask directly after photos that take too long, before calling them stalled."""
        limit = stalled_after(self._store.capabilities)
        for photo in photos:
            asked_at = self._asked_at.get(photo.id, -math.inf)
            lately = self._steady() - asked_at <= limit
            if not lately and self._clock() - photo.state_since > limit:
                self._asked_at[photo.id] = self._steady()
                self._look_directly(photo, cancel)

    def _look_directly(self, photo: Photo, cancel: CancelToken) -> None:
        try:
            now = self._outbox.photo(photo.id)
        except KeyError:
            return
        if now.state is not photo.state:
            return
        remote = self._store.find(now, cancel)
        if remote is None:
            self._outbox.advance(now, State.WAITING, words.GONE, problem=None, not_before=0.0)
        elif self._settle_one((now, remote), cancel) is not Settled.ENDED:
            self._stalled(now)

    def _stalled(self, photo: Photo) -> None:
        if photo.state is State.STALLED:
            return
        seconds = round(self._clock() - photo.state_since)
        event = words.STALLED.format(seconds=seconds)
        self._outbox.advance(photo, State.STALLED, event, problem=self._why_stalled(photo))

    def _why_stalled(self, photo: Photo) -> Problem:
        """Promise only what this store can do."""
        if photo.id in self._again:
            return Problem(*words.NOT_LIVE_PROBLEM)
        capabilities = self._store.capabilities
        safe = capabilities.idempotent
        title, detail = words.STALLED_PROBLEM if safe else words.STALLED_UNSAFE_PROBLEM
        return Problem(title, detail.format(usual=max(1, round(capabilities.usual_seconds))))

    def _settle_all(self, pairs: Sequence[tuple[Photo, RemotePhoto]], cancel: CancelToken) -> None:
        for _ in self._each(lambda pair: self._settle_one(pair, cancel), pairs):
            cancel.check()

    def _settle_one(self, pair: tuple[Photo, RemotePhoto], cancel: CancelToken) -> Settled:
        photo, remote = pair
        try:
            settled = self._settle.settle(photo, remote, cancel)
        except (CancelledError, OutboxError):
            raise
        except Exception:
            # Behind the others from now on, as they would wait for ever if it fails each time.
            self._put_off(photo, remote)
            raise
        if settled is Settled.NOT_YET:
            self._put_off(photo, remote)
        else:
            self._again.pop(photo.id, None)
        return settled

    def _put_off(self, photo: Photo, remote: RemotePhoto) -> None:
        before = self._again.get(photo.id)
        tries = before.tries + 1 if before else 1
        due = self._steady() + self._backoff.delay(tries)
        self._again[photo.id] = _Again(remote, due, tries)

    # ---- pauses
    def _failed(self, error: Exception) -> float:
        self._failures += 1
        asked = asked_by(error)
        return self._backoff.delay(self._failures, asked)

    def _spacing(self) -> float:
        """Between two requests to a store that doesn't hold its answers back."""
        return min(max(self._store.capabilities.usual_seconds / 4, 1.0), 15.0)

    def _rest(self, step: Step, cancel: CancelToken) -> None:
        try:
            if step.pause is not None:
                with cancel.interrupting(self._hurried.set):
                    self._hurried.wait(min(step.pause, step.least))
            self._hurried.clear()
            with cancel.interrupting(self._woken.set):
                self._woken.wait(None if step.pause is None else step.pause - step.least)
        except CancelledError:
            return

    def _forget_all_but(self, photos: Iterable[Photo]) -> None:
        here = {photo.id for photo in photos}
        self._again = {i: again for i, again in self._again.items() if i in here}
        self._asked_at = {i: at for i, at in self._asked_at.items() if i in here}


def _pairs(
    photos: Sequence[Photo], remotes: Iterable[RemotePhoto]
) -> Iterable[tuple[Photo, RemotePhoto]]:
    """Bring together by the store's id, else by our reference; strangers are left out."""
    by_id = {photo.remote_id: photo for photo in photos if photo.remote_id}
    by_reference = {photo.reference: photo for photo in photos}
    for remote in remotes:
        photo = by_id.get(remote.id) or by_reference.get(remote.reference)
        if photo is not None:
            yield photo, remote
