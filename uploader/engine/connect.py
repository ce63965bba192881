"""How the app stands with its store: online, offline or signed out, and when to ask again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from uploader.domain.errors import BusyError, StoreError
from uploader.engine.outcome import SIGN_IN_TROUBLE, STORE_TROUBLE
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

    Thread-safe. `on_change` is called outside the lock, in the thread that caused it.
    """

    def __init__(
        self, clock: Clock = time.time, on_change: Callable[[LinkState], None] | None = None
    ) -> None:
        self._clock = clock
        self._on_change = on_change
        self._lock = threading.Lock()
        self._state = LinkState(since=clock())
        self._probes = 0

    @property
    def state(self) -> LinkState:
        """How it stands now."""
        return self._state

    @property
    def online(self) -> bool:
        """Whether anything may be sent."""
        return self._state.standing is Standing.ONLINE

    def signed_in(self) -> None:
        """Say that a sign-in succeeded."""
        self._online(forget=True)

    def signed_out(self, title: str = "", detail: str = "") -> None:
        """Say that the person signed out, or has to sign in again."""
        self._set(Standing.SIGNED_OUT, title, detail)

    def succeeded(self) -> None:
        """Say that the store did what it was asked: the next trouble is a new one."""
        with self._lock:
            self._probes = 0

    def trouble(self, error: StoreError) -> None:
        """Tell of one of `STORE_TROUBLE`; pauses the store."""
        if isinstance(error, SIGN_IN_TROUBLE):
            self._set(Standing.SIGNED_OUT, error.title, error.detail)
        elif self._state.standing is not Standing.SIGNED_OUT:
            self._set(Standing.OFFLINE, error.title, error.detail)

    def away(self, error: StoreError) -> None:
        """Say that a kept sign-in key couldn't be tried, as the store can't be reached."""
        self._set(Standing.OFFLINE, error.title, error.detail)

    def due(self) -> float | None:
        """Seconds until the next probe; None unless offline."""
        state = self._state
        if state.standing is not Standing.OFFLINE:
            return None
        return max(0.0, state.next_try - self._clock())

    def try_now(self) -> None:
        """While offline: make the next probe due at once."""
        with self._lock:
            if self._state.standing is not Standing.OFFLINE:
                return
            self._state = replace(self._state, next_try=self._clock())
        self._tell()

    def probe(self, store: Store) -> bool:
        """Ask cheaply whether the store can be reached; tell whether it is online now."""
        try:
            store.probe()
        except BusyError:
            # It answers: reachable. Each photo's own back-off does the rest.
            self._online()
        except STORE_TROUBLE as error:
            self.trouble(error)
        except StoreError as error:
            self._set(Standing.OFFLINE, error.title, error.detail)
        else:
            self._online()
        return self.online

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
            self._state = LinkState(Standing.ONLINE, self._clock())
        self._tell()

    def _set(self, standing: Standing, title: str, detail: str) -> None:
        now = self._clock()
        with self._lock:
            before = self._state
            since = before.since if before.standing is standing else now
            if standing is before.standing is Standing.OFFLINE and before.next_try > now:
                # Several workers tell of one and the same loss.
                return
            next_try = 0.0
            if standing is Standing.OFFLINE:
                next_try = now + min(LONGEST, FIRST * 2.0 ** min(self._probes, 10))
                self._probes += 1
            self._state = LinkState(standing, since, next_try, title, detail)
        self._tell()

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change(self._state)
