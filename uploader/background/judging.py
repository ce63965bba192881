"""Looks for the product in ready photos, when nothing more urgent is to be done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from itertools import islice

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.findings import Facts, Limits
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine.judge import Find, asks, judge, keep
from uploader.imaging.subject import find_subject
from uploader.outbox import Outbox

HELPING = 16
"""Photos that are read from the outbox, and kept, at once at most."""
HELPING_SECONDS = 0.4
"""After this, what was found is kept and shown."""
LONGEST_REST = 0.25
"""Seconds; else it rests for as long as it worked, so that previews and checks go first."""


class Judging:
    """One unit of work is `step`; `heard` tells what there may be to do. Thread-safe.

    `find` looks for the product in a file, `limits` gives the store's limits of now.
    """

    def __init__(
        self,
        outbox: Outbox,
        profile: Callable[[], str],
        limits: Callable[[], Limits],
        stop: CancelToken,
        find: Find = find_subject,
    ) -> None:
        self._outbox, self._profile, self._limits = outbox, profile, limits
        self._stop, self._find = stop, find
        self._lock = threading.Lock()
        self._asking: dict[int, None] = {}
        self._begun_with: str | None = None
        """The profile of which also what an earlier run left was noted."""

    def heard(self, photos: Iterable[Photo]) -> bool:
        """Take note of photos that nobody has judged; tell whether there are any at all."""
        asking = [photo.id for photo in photos if asks(photo)]
        with self._lock:
            self._asking.update(dict.fromkeys(asking))
            return bool(self._asking)

    def step(self) -> bool:
        """Judge a helping of photos; False where there is nothing to do, or checks go first."""
        profile = self._profile()
        if self._outbox.oldest(profile, State.ADDED) is not None:
            return False
        ready = () if profile == self._begun_with else self._outbox.ids(profile, State.READY)
        self._begun_with = profile
        with self._lock:
            self._asking.update(dict.fromkeys(ready))
            ids = list(islice(self._asking, HELPING))
        if not ids:
            return False
        found, seen = self._judged([p for p in self._outbox.some(ids) if asks(p)], set(ids))
        keep(self._outbox, found)
        with self._lock:
            for photo_id in seen:
                self._asking.pop(photo_id, None)
        return bool(seen)

    def _judged(self, photos: list[Photo], ids: set[int]) -> tuple[dict[int, Facts], set[int]]:
        """Judge as many as one helping's time allows; give what was found, and who is done."""
        left = {photo.id for photo in photos}
        done = ids - left
        found: dict[int, Facts] = {}
        began = time.monotonic()
        for photo in photos:
            if self._stop.cancelled or time.monotonic() - began > HELPING_SECONDS:
                break
            at = time.monotonic()
            try:
                facts = judge(photo, self._limits(), self._find)
            except CancelledError:
                break
            if facts is not None:
                found[photo.id] = facts
            done.add(photo.id)
            self._stop.wait(min(time.monotonic() - at, LONGEST_REST))
        return found, done
