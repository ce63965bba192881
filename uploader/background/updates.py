"""Whether a newer version is out: asked about once a day, or when the person wants to know."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from uploader import __version__
from uploader.background.errands import Errands
from uploader.background.settings import Settings
from uploader.background.signals import DeskSignals
from uploader.background.update_memory import UpdateMemory
from uploader.background.values import Notice, UpdateStanding
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.preferences import Preferences
from uploader.domain.updates import (
    DAY,
    Channel,
    Finding,
    Manifest,
    Memory,
    UpdateError,
    UpdateNews,
    judge,
)

log = logging.getLogger(__name__)

FIRST_MS = 60_000
"""After the start: whatever the person has come for goes first."""
EVERY_MS = 3_600_000
"""Between looks at whether it is time."""
RETRY = 3 * 3600.0
"""Seconds, where nobody gave an answer that counts."""
JITTER = 3 * 3600.0
"""Seconds later at most, so that not all who start in the morning ask in the same minute."""


class Updates(QObject):
    """Lives on the UI thread; reads, asks and judges in a thread of its own.

    It needs no open list of photos: a newer version may be what mends one. `preferences` gives
    what the person has set. Answers with `DeskSignals.update_told` and `updates_stand`.
    """

    def __init__(
        self,
        settings: Settings,
        voice: DeskSignals,
        preferences: Callable[[], Preferences],
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
        running: str = __version__,
    ) -> None:
        super().__init__(parent)
        self._settings, self._voice, self._preferences = settings, voice, preferences
        self._clock, self._running = clock, running
        self._memory = UpdateMemory(settings.data / "updates.json")
        self._build: Channel | None = None
        self._closing = CancelToken()
        self._errands = Errands()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from time to time from now on; not at once."""
        self._errands.run(self._tell_standing)
        if self._settings.heeds_person and not self._timer.isActive():
            self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Ask if the person wants that, and if it is time. Returns at once."""
        self._timer.setInterval(EVERY_MS)
        preferences = self._preferences()
        if preferences.updates.look:
            self._errands.run(lambda: self._look(preferences))

    def ask(self) -> None:
        """Ask in any case: the person wants to know. Returns at once."""
        preferences = self._preferences()
        self._errands.run(lambda: self._ask(preferences, wanted=True))

    def skip(self, version: str) -> None:
        """Say nothing more of a version by itself."""
        self._errands.run(
            lambda: self._memory.keep(replace(self._memory.recall(), skipped=version))
        )

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether it ended in time."""
        self._timer.stop()
        self._closing.cancel()
        return self._errands.close(milliseconds)

    # ---- in the worker
    def _tell_standing(self) -> None:
        told, memory = self._told(), self._memory.recall()
        self._voice.updates_stand.emit(UpdateStanding(told.can_ask, told.address, memory.answered))

    def _look(self, preferences: Preferences) -> None:
        if self._channel(preferences).can_ask and self._memory.recall().is_due(self._clock()):
            self._ask(preferences, wanted=False)

    def _ask(self, preferences: Preferences, *, wanted: bool) -> None:
        memory, now = self._memory.recall(), self._clock()
        # Before it is asked: whatever goes wrong from here on, it isn't asked over and over.
        asked = replace(memory, asked=now, next_ask=now + RETRY + _jitter())
        self._memory.keep(asked)
        try:
            news = self._judged(self._answer(preferences, asked, now), now)
        except CancelledError:
            return
        except UpdateError as error:
            log.info("whether a newer version is out isn't known: %s", error)
            news = self._unknown(error.title, error.detail)
            if not wanted:
                self._warn(asked, now)
        except Exception:
            # The person must not wait for an answer that never comes.
            from uploader.engine.updates import words  # noqa: PLC0415

            log.exception("asking for a newer version met a bug")
            news = self._unknown(*words.BUG)
        self._voice.update_told.emit(replace(news, wanted=wanted))
        self._tell_standing()

    def _warn(self, memory: Memory, now: float) -> None:
        """Say that nothing has been heard for long: silence mustn't pass for good news."""
        if memory.is_overdue(now):
            from uploader.engine.updates import words  # noqa: PLC0415

            self._memory.keep(replace(memory, warned=now))
            self._voice.noticed.emit(Notice(*words.OVERDUE, stays=True))

    def _answer(self, preferences: Preferences, memory: Memory, now: float) -> Manifest:
        # Imported here, in a worker: requests and what checks signatures take a while.
        from uploader.engine.updates.asking import ask  # noqa: PLC0415
        from uploader.engine.updates.fetching import Fetcher  # noqa: PLC0415

        network = preferences.network
        fetcher = Fetcher(self._settings.verified_by(network), network)
        return ask(self._channel(preferences), memory, fetcher, now, self._closing)

    def _judged(self, manifest: Manifest, now: float) -> UpdateNews:
        memory = self._memory.recall().seen(manifest, now)
        self._memory.keep(replace(memory, next_ask=now + DAY + _jitter()))
        finding = judge(manifest, self._running)
        if finding is Finding.NEWEST:
            return UpdateNews(finding, self._running)
        skipped = memory.skips(manifest.version)
        return UpdateNews(finding, self._running, manifest=manifest, skipped=skipped)

    def _unknown(self, title: str, detail: str) -> UpdateNews:
        return UpdateNews(Finding.UNKNOWN, self._running, title=title, detail=detail)

    def _channel(self, preferences: Preferences) -> Channel:
        told = self._told()
        return replace(told, address=preferences.updates.address or told.address)

    def _told(self) -> Channel:
        """Give what this build was told, read once."""
        from uploader.engine.updates.channel import read_channel  # noqa: PLC0415

        self._build = self._build or read_channel(self._settings.channel)
        return self._build


def _jitter() -> float:
    return random.uniform(0, JITTER)  # noqa: S311 - nobody gains by guessing it
