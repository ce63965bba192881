"""The watched folder of the store in use: its new photos are added by themselves."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from uploader.background.lanes import Lanes
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.engine import words
from uploader.engine.watch import Watch, WatchMemoryError
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

_KEY = "watched:"
PAUSE = 4.0
"""Seconds between looks, at least."""
SHARE = 20
"""How much longer than a look the pause after it is: a large folder is looked at more rarely."""


class Watching:
    """`add` puts photos on a profile's list, and returns once they are on record.

    `memory` is a folder.
    """

    def __init__(
        self,
        outbox: Outbox,
        memory: Path,
        signals: DeskSignals,
        closing: CancelToken,
        *,
        add: Callable[[str, list[Path]], None],
        heed: Callable[[Exception], bool],
        pause: float = PAUSE,
    ) -> None:
        self._outbox = outbox
        self._memory = memory
        self._signals = signals
        self._closing = closing
        self._add = add
        self._heed = heed
        self._least = pause
        self._nudged = threading.Event()
        self._lock = threading.Lock()
        self._watch: Watch | None = None
        self._profile = ""
        self._told: tuple[str, str] | None = None
        self._lane = Lanes(1, self._turn)

    def serve(self, profile: str) -> None:
        """Watch the folder of this profile from now on, if it has one."""
        folder = self._outbox.get_setting(_KEY + profile) if profile else ""
        self._use(profile, folder)

    def choose(self, profile: str, folder: str) -> None:
        """Watch this folder for a profile; what is in it now isn't new. Empty: none."""
        self._outbox.set_setting(_KEY + profile, folder)
        # Chosen anew, it begins anew.
        self._memory_of(profile, folder).unlink(missing_ok=True)
        self._use(profile, folder)

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether it ended in time."""
        self._nudged.set()
        return self._lane.close(milliseconds)

    def _use(self, profile: str, folder: str) -> None:
        watch = Watch(Path(folder), self._memory_of(profile, folder)) if folder else None
        with self._lock:
            self._watch, self._profile, self._told = watch, profile, None
        self._signals.watched_changed.emit(folder)
        self._nudged.set()
        self._lane.wake()

    def _memory_of(self, profile: str, folder: str) -> Path:
        name = hashlib.sha256(f"{profile}\n{folder}".encode("utf-8", "surrogateescape"))
        return self._memory / f"{name.hexdigest()[:32]}.jsonl"

    def _turn(self) -> bool:
        """Look once and pause; False where there is nothing to watch."""
        with self._lock:
            watch = self._watch
        if watch is None or self._closing.cancelled:
            return False
        began = time.monotonic()
        try:
            self._look(watch)
        except CancelledError:
            return False
        except WatchMemoryError as error:
            log.info("what came from the watched folder can't be noted: %s", error)
            self._say_once(words.WATCHED_UNNOTED)
        except OSError as error:
            log.info("the watched folder can't be read: %s", error.strerror)
            self._say_once(words.WATCHED_GONE)
        except Exception as error:
            if not self._heed(error):
                raise
        self._nudged.wait(max(self._least, SHARE * (time.monotonic() - began)))
        self._nudged.clear()
        return True

    def _look(self, watch: Watch) -> None:
        fresh = watch.look(self._closing)
        self._told = None
        with self._lock:
            if not fresh or watch is not self._watch:
                return
            profile = self._profile
        self._add(profile, fresh)
        watch.take(fresh)

    def _say_once(self, trouble: tuple[str, str]) -> None:
        """Say what is in the way, until it is another thing; it goes on when that is over."""
        if self._told != trouble:
            self._told = trouble
            self._signals.noticed.emit(Notice(*trouble))
