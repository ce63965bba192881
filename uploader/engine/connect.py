"""How the app stands with its store: online, offline or signed out, and when to ask again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from uploader.domain.errors import BusyError, StoreError
from uploader.engine.backoff import Backoff, asked_by
from uploader.engine.outcome import SIGN_IN_TROUBLE
from uploader.engine.settle import Clock
from uploader.stores.protocol import Store

FIRST = 2.0
"""Seconds to the first probe after the store was lost."""
LONGEST = 60.0
"""Seconds between probes at most."""


class Standing(StrEnum):
    """The three ways to stand with a store."""

    ONLINE = "online"
    OFFLINE = "offline"
    SIGNED_OUT = "signed-out"


@dataclass(frozen=True, slots=True)
class LinkState:
    """Times are seconds since the epoch; `title` and `detail` say why it isn't online."""

    standing: Standing = Standing.SIGNED_OUT
    since: float = 0.0
    next_try: float = 0.0
    title: str = ""
    detail: str = ""


class Link:
    """Told of every trouble and success; says whether anything may be sent.

    Thread-safe. `on_change` is called outside the lock, in the thread that caused it. `chance`
    gives numbers from 0 to 1: apps that lost a store together don't come back in step.
    """

    def __init__(
        self,
        clock: Clock = time.time,
        on_change: Callable[[LinkState], None] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._on_change = on_change
        self._chance = chance
        self._backoff = Backoff(chance=chance)
        self._lock = threading.Lock()
        self._state = LinkState(since=clock())
        self._probes = 0
        self._era = 0
        self._hurried = False

    @property
    def state(self) -> LinkState:
        """How it stands now."""
        return self._state

    @property
    def online(self) -> bool:
        """Whether anything may be sent."""
        return self._state.standing is Standing.ONLINE

    @property
    def era(self) -> int:
        """Number of the time online: work notes it before it begins, for `trouble`."""
        return self._era

    def signed_in(self) -> None:
        """Say that a sign-in succeeded."""
        self._online(forget=True)

    def changes_store(self) -> None:
        """Say that another store takes this one's place: nothing may be sent, nobody is told."""
        with self._lock:
            self._probes = 0
            self._state = LinkState(since=self._clock())

    def signed_out(self, title: str = "", detail: str = "") -> None:
        """Say that the person signed out, or has to sign in again."""
        self._set(Standing.SIGNED_OUT, title, detail)

    def succeeded(self) -> None:
        """Say that the store did what it was asked: the next trouble is a new one."""
        with self._lock:
            self._probes = 0
        # Another's trouble may have been no more than its own.
        self.try_now()

    def trouble(self, error: StoreError, era: int | None = None) -> None:
        """Tell of one of `STORE_TROUBLE`; pauses the store.

        With the `era` in which the work began: what was lost before the store came back, and is
        told only now (a time-out takes long), is no news.
        """
        if era is not None and era != self._era:
            return
        if isinstance(error, SIGN_IN_TROUBLE):
            self._set(Standing.SIGNED_OUT, error.title, error.detail)
        elif self._state.standing is Standing.ONLINE:
            # While offline the probes alone decide: several workers tell of one and the same loss.
            self._set(Standing.OFFLINE, error.title, error.detail)

    def away(self, error: StoreError) -> None:
        """Say that a kept sign-in key couldn't be tried, as the store can't be reached.

        Or has no time: it isn't asked sooner than it says, but for `try_now`.
        """
        asked = asked_by(error)
        self._set(Standing.OFFLINE, error.title, error.detail, asked)

    def due(self) -> float | None:
        """Seconds until the next probe; None unless offline."""
        state = self._state
        if state.standing is not Standing.OFFLINE:
            return None
        return max(0.0, state.next_try - self._clock())

    def try_now(self, *, afresh: bool = False) -> None:
        """While offline: make the next probe due at once.

        `afresh`: something has changed (the network is back, the machine woke), so probes begin
        again with short pauses.
        """
        with self._lock:
            if self._state.standing is not Standing.OFFLINE:
                return
            # A probe under way may have begun before what makes it worth trying.
            self._hurried = True
            self._probes = 0 if afresh else self._probes
            self._state = replace(self._state, next_try=self._clock())
        self._tell()

    def moved(self, by: float) -> None:
        """Say that the clock was set: what was noted by it moves with it."""
        with self._lock:
            state = self._state
            later = state.next_try + by if state.next_try else 0.0
            self._state = replace(state, since=state.since + by, next_try=later)
        self._tell()

    def asking(self) -> None:
        """Say that a probe begins: a `try_now` from here on wants another after it."""
        self._hurried = False

    def probe(self, store: Store) -> bool:
        """Ask cheaply whether the store can be reached; tell whether it is online now."""
        self.asking()
        era = self._era
        try:
            store.probe()
        except BusyError:
            # It answers: reachable. Each photo's own back-off does the rest.
            self._online()
        except SIGN_IN_TROUBLE as error:
            self.trouble(error)
        except StoreError as error:
            self._still_away(error, era)
        else:
            self._online()
        return self.online

    def _still_away(self, error: StoreError, era: int) -> None:
        """Take note of a probe that failed, unless somebody signed in or out meanwhile."""
        if era == self._era and self._state.standing is not Standing.SIGNED_OUT:
            self._set(Standing.OFFLINE, error.title, error.detail)

    def _online(self, *, forget: bool = False) -> None:
        # The count of probes stays until something succeeded: a store that answers probes and
        # loses every photo must not be asked ever faster.
        with self._lock:
            if forget:
                self._probes = 0
            if self._state.standing is Standing.ONLINE:
                return
            if self._state.standing is Standing.SIGNED_OUT and not forget:
                return
            self._era += 1
            self._state = LinkState(Standing.ONLINE, self._clock())
        self._tell()

    def _set(self, standing: Standing, title: str, detail: str, asked: float | None = None) -> None:
        now = self._clock()
        with self._lock:
            before = self._state
            since = before.since if before.standing is standing else now
            next_try = now + self._pause(asked) if standing is Standing.OFFLINE else 0.0
            self._state = LinkState(standing, since, next_try, title, detail)
        self._tell()

    def _pause(self, asked: float | None) -> float:
        """Seconds to the next probe, up to a quarter less by chance. The lock is held.

        Not less than the store `asked` for.
        """
        if self._hurried:
            self._hurried = False
            return 0.0
        longest = min(LONGEST, FIRST * 2.0 ** min(self._probes, 10))
        self._probes += 1
        own = longest * (1 - self._chance() / 4)
        return own if asked is None else max(own, self._backoff.delay(self._probes, asked))

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change(self._state)
