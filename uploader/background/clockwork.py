"""Waits for whatever is due next; notices when a clock was set and when the machine slept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from uploader.background.contact import Contact
from uploader.engine.clocks import DayClock, steady
from uploader.engine.settle import Clock
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

LOOK = 10.0
"""Seconds between looks at the clocks at most."""
OVERSLEPT = 5.0
"""Seconds over the time to wait after which the machine must have slept."""


class Clockwork:
    """`tick` is called over and over by one thread; `wake` gets those going who have work."""

    def __init__(
        self,
        outbox: Outbox,
        contact: Contact,
        clock: DayClock,
        wake: Callable[[], None],
        passing: Clock = steady,
    ) -> None:
        self._outbox = outbox
        self._contact = contact
        self._clock = clock
        self._wake = wake
        self._passing = passing
        self._nudged = threading.Event()
        self._woken_at = clock()
        """Who was due by then has been woken."""

    def nudge(self) -> None:
        """Say that what is due may have changed. From any thread."""
        self._nudged.set()

    def tick(self) -> bool:
        """Wait for what is due next, and see to it."""
        due = self._until_next()
        wait = LOOK if due is None else min(due, LOOK)
        begun = self._passing()
        nudged = self._nudged.wait(wait)
        if nudged:
            # What is due has changed: look again.
            self._nudged.clear()
        self._look_at_clocks(self._passing() - begun - wait)
        if nudged:
            return True
        if self._contact.link.due() == 0.0:
            self._contact.probe()
        elif wait == due:
            self._wake_due()
        return True

    def _until_next(self) -> float | None:
        """Seconds until something is due; None: only when nudged.

        What has become due while a nudge was heeded is still to be woken: it counts.
        """
        link = self._contact.link
        if not link.online:
            return link.due()
        service = self._contact.service
        if service is None:
            return None
        later = self._outbox.next_later(service.profile.name, self._woken_at)
        return None if later is None else max(0.0, later - self._clock())

    def _wake_due(self) -> None:
        # Noted first: what becomes due from here on is for the next time.
        self._woken_at = self._clock()
        self._wake()

    def _look_at_clocks(self, overslept: float) -> None:
        if by := self._clock.drift():
            log.info("the clock was set by %.0f s", by)
            self._follow(by)
        if overslept > OVERSLEPT:
            log.info("awake again after %.0f s", overslept)
            self._contact.link.try_now(afresh=True)
            self._wake_due()

    def _follow(self, by: float) -> None:
        """Move all that was noted along; whoever looks in between sees too little time passed."""
        if by < 0:
            self._clock.follow(by)
        self._outbox.move_times(by)
        if by > 0:
            self._clock.follow(by)
        self._contact.link.moved(by)
        self._woken_at += by
