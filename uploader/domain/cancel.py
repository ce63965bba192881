"""A cancel token: one side says stop, the other side hears it, at once if it wants to."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from enum import Enum

from uploader.domain.errors import CancelledError


class Stop(Enum):
    """Why work is stopped."""

    HALTED = "halted"
    """A pause, or the end of the program: it goes on from there later."""
    TAKEN_BACK = "taken back"
    """The person doesn't want it any more."""


class CancelToken:
    """Thread-safe. Work checks it between steps, or registers what interrupts a blocking one."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []
        self._stop: Stop | None = None

    @property
    def cancelled(self) -> bool:
        """Whether somebody said stop."""
        return self._event.is_set()

    @property
    def stop(self) -> Stop | None:
        """Why somebody said stop; None while nobody did."""
        return self._stop

    def cancel(self, stop: Stop = Stop.HALTED) -> None:
        """Say stop, and run the interrupts that are registered now.

        Safe to repeat; once taken back, work stays so whatever is said later.
        """
        with self._lock:
            if self._stop is not Stop.TAKEN_BACK:
                self._stop = stop
            self._event.set()
            interrupts, self._interrupts = self._interrupts, []
        for interrupt in interrupts:
            interrupt()

    def check(self) -> None:
        """Raise `CancelledError` once somebody said stop."""
        if self.cancelled:
            raise CancelledError

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds` or until cancelled; tell which: True when cancelled."""
        return self._event.wait(seconds)

    @contextlib.contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Have `interrupt` called on cancel while the block runs.

        It runs in the cancelling thread and must not block or raise: shut a socket down.
        If the token is cancelled already, the block isn't entered: raises `CancelledError`.
        """
        with self._lock:
            if self._event.is_set():
                raise CancelledError
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                if interrupt in self._interrupts:
                    self._interrupts.remove(interrupt)


@contextlib.contextmanager
def brief(seconds: float) -> Iterator[CancelToken]:
    """Give a token that is cancelled after `seconds`, for what must not take longer."""
    token = CancelToken()
    timer = threading.Timer(seconds, token.cancel)
    timer.daemon = True
    timer.start()
    try:
        yield token
    finally:
        timer.cancel()
        timer.join()
