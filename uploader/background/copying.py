"""Makes copies of photos that may be gone before they are sent, and removes them in time."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from uploader.background.errands import Errands
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.domain.cancel import CancelToken
from uploader.domain.photos import Photo
from uploader.domain.preferences import Copies as Wanted
from uploader.domain.states import State
from uploader.engine import words
from uploader.engine.copies import Copies
from uploader.engine.media import may_go
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

_COPIED = frozenset({State.READY, State.WAITING})
_DONE = frozenset({State.LIVE, State.ALREADY})
_OVER = _DONE | {State.ADDED}
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Copying:
    """`wanted` tells of which photos copies are kept at the moment."""

    def __init__(
        self,
        outbox: Outbox,
        copies: Copies,
        signals: DeskSignals,
        closing: CancelToken,
        *,
        heed: Callable[[Exception], bool],
        wanted: Callable[[], Wanted],
        goes: Callable[[Path], bool] = may_go,
    ) -> None:
        self._outbox = outbox
        self._copies = copies
        self._signals = signals
        self._closing = closing
        self._wanted = wanted
        self._goes = goes
        self._errands = Errands(heed)
        self._lock = threading.Lock()
        self._there: set[int] = set()
        self._said = False

    def start(self) -> None:
        """Remove what the last run left of photos that need none any more."""
        self._errands.run(self._tidy)

    def heard(self, photos: Sequence[Photo]) -> None:
        """See to photos that changed. Never blocks."""
        with self._lock:
            fresh = [p for p in photos if p.state in _COPIED and p.id not in self._there]
            # One that is looked at anew may have another file by now.
            done = [p for p in photos if p.state in _OVER and p.id in self._there]
        if fresh and self._wanted() is not Wanted.NEVER:
            self._errands.run(lambda: self._copy(fresh))
        if done:
            self._errands.run(lambda: self.drop(done))

    def drop(self, photos: Iterable[Photo]) -> None:
        """Remove the copies of photos that are live, or leave the list."""
        for photo in photos:
            with self._lock:
                self._there.discard(photo.id)
            try:
                self._copies.drop(photo)
            except OSError as error:
                log.info("photo %d: its copy stays: %s", photo.id, error.strerror)

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether it ended in time."""
        return self._errands.close(milliseconds)

    def _tidy(self) -> None:
        try:
            there = self._copies.numbers()
        except OSError as error:
            log.info("the copies can't be listed: %s", error.strerror)
            return
        known = self._outbox.some(there)
        with self._lock:
            self._there |= there
        self.drop(photo for photo in known if photo.state in _DONE)
        for number in there - {photo.id for photo in known}:
            self._copies.drop_number(number)

    def _copy(self, photos: Sequence[Photo]) -> None:
        goes: dict[Path, bool] = {}
        for photo in photos:
            everything = self._wanted() is Wanted.ALWAYS
            folder = photo.path.parent
            if folder not in goes:
                goes[folder] = everything or self._goes(photo.path)
            with self._lock:
                known = photo.id in self._there
            if known or not goes[folder]:
                continue
            try:
                kept = self._copies.keep(photo, self._closing)
            except OSError as error:
                self._say(error)
                continue
            self._note(photo, kept)

    def _note(self, photo: Photo, kept: bool) -> None:
        """Note a copy, unless its photo has been done with while it was made."""
        now = self._outbox.some([photo.id])
        if kept and now and now[0].state not in _DONE:
            with self._lock:
                self._there.add(photo.id)
            self._said = False
        else:
            self.drop([photo])

    def _say(self, error: OSError) -> None:
        """Say once that there is no room; a file that can't be read is told when it is sent."""
        log.info("a copy wasn't kept: %s", error.strerror)
        if error.errno in _FULL and not self._said:
            self._said = True
            self._signals.noticed.emit(Notice(*words.NO_ROOM_FOR_COPIES))
