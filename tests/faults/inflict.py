"""What the proxy can do to a request, as values, and a script that says when."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One way for a request to go wrong. Sizes are in bytes, times in seconds."""

    @property
    def name(self) -> str:
        """How it is counted: the class's name."""
        return type(self).__name__


@dataclass(frozen=True)
class Refuse(Fault):
    """Reset the connection without reading a byte of the body."""


@dataclass(frozen=True)
class Stall(Fault):
    """Hold the request, pass nothing on: until the client leaves, or for `seconds`, then cut."""

    seconds: float | None = None


@dataclass(frozen=True)
class StallAnswer(Fault):
    """Pass the request on and hold the answer: until the client leaves, or `seconds`, then cut."""

    seconds: float | None = None


@dataclass(frozen=True)
class CutUp(Fault):
    """Cut both sides once `after` bytes of the body went up; a shorter body passes unharmed."""

    after: int


@dataclass(frozen=True)
class CutDown(Fault):
    """Pass all of the request on; cut after `after` bytes of the answer, its head included."""

    after: int


@dataclass(frozen=True)
class DropAnswer(Fault):
    """Deliver the whole request, wait for the server's whole answer, and give none of it."""


@dataclass(frozen=True)
class Delay(Fault):
    """Pass the request on `seconds` late."""

    seconds: float


@dataclass(frozen=True)
class Limit(Fault):
    """Let so many bytes a second through, either way; equal limits share one link."""

    bytes_per_second: float


@dataclass(frozen=True)
class Answer(Fault):
    """Answer in the server's place, as problem+json without words of its own, or as a page."""

    status: int
    retry_after: int | str | None = None
    html: bool = False


@dataclass(frozen=True)
class Portal(Fault):
    """Answer as a hotel's network does: its sign-in page, whatever was asked."""


@dataclass(frozen=True)
class Gibberish(Fault):
    """Answer something that isn't HTTP, and close."""


@dataclass(frozen=True)
class BreakTls(Fault):
    """Send garbage where a TLS record belongs: in the handshake, or instead of an answer."""


@dataclass(frozen=True)
class Request:
    """One request as the proxy heard it. `number` counts all of them, from 1.

    `path` includes the query; header names are in small letters. With TLS there is one for every
    handshake too, with the method ``CONNECT`` and no path.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    number: int


@dataclass
class _Rule:
    fault: Fault
    method: str
    path: re.Pattern[str]
    first: int
    last: float
    heard: int = 0

    def take(self, request: Request) -> bool:
        """Count a request that matches; tell whether it is one of those to be hit."""
        if self.method not in ("*", request.method) or not self.path.search(request.path):
            return False
        self.heard += 1
        return self.first <= self.heard <= self.last


class Script:
    """Inflicts given faults on given requests: ``Script().on("PATCH", "/uploads/", Refuse())``.

    Thread-safe; give it to a `Proxy` as its `faults`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []

    def on(
        self, method: str, path: str, fault: Fault, *, nth: int = 1, times: int | None = 1
    ) -> Script:
        """Hit the `nth` request of `method` (``*``: any) whose path matches, and those after it.

        `path` is a regular expression, found anywhere; `times` is how many in all, None: for ever.
        Requests are counted from now on.
        """
        last = float("inf") if times is None else nth + times - 1
        with self._lock:
            self._rules.append(_Rule(fault, method, re.compile(path), nth, last))
        return self

    def spare(self, fault: Fault) -> None:
        """Keep a fault for the next request: the client left before it was inflicted."""
        with self._lock:
            for rule in self._rules:
                if rule.fault is fault:
                    rule.last += 1
                    return

    def clear(self) -> None:
        """Inflict nothing more."""
        with self._lock:
            self._rules.clear()

    def __call__(self, request: Request) -> Fault | None:
        """Give the fault of the first rule that hits; every rule counts the request."""
        with self._lock:
            hit = [rule.fault for rule in self._rules if rule.take(request)]
        return hit[0] if hit else None
