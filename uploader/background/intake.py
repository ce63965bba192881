"""How photos come onto the list: folders are searched, pasted pictures kept as files."""

from __future__ import annotations

import contextlib
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.background.work import RETRY
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine import words
from uploader.engine.scan import scan
from uploader.outbox import Outbox, OutboxError, OutboxWriteError

log = logging.getLogger(__name__)


class Intake:
    """Adds to the outbox. `pictures` is the folder of what has no file of its own.

    `profile` tells where photos go at the moment. Its methods block: call them from workers.
    """

    def __init__(
        self,
        outbox: Outbox,
        pictures: Path,
        signals: DeskSignals,
        closing: CancelToken,
        *,
        profile: Callable[[], str],
        on_disk_trouble: Callable[[OutboxError], None],
    ) -> None:
        self._outbox = outbox
        self._pictures = pictures
        self._signals = signals
        self._closing = closing
        self._profile = profile
        self._on_disk_trouble = on_disk_trouble

    def add_picture(self, png: bytes) -> None:
        """Keep a picture from the clipboard as a file, and add it."""
        stamp = time.strftime("%Y-%m-%d %H.%M.%S")
        path = self._pictures / f"Pasted {stamp} {uuid.uuid4().hex[:4]}.png"
        try:
            self._pictures.mkdir(mode=0o700, exist_ok=True)
            path.write_bytes(png)
        except OSError as error:
            log.warning("a pasted picture wasn't kept: %s", error.strerror)
            path.unlink(missing_ok=True)
            self._signals.noticed.emit(Notice(*words.PICTURE_NOT_KEPT))
            return
        self._put([path])

    def scan(self, paths: Sequence[Path]) -> None:
        """Search files and folders, and add the photos in them, batch by batch."""
        listed = {photo.path: photo for photo in self._outbox.photos(self._profile())}
        added, doubled = 0, 0

        def found(batch: list[Path]) -> None:
            nonlocal added, doubled
            fresh = [path for path in batch if not _is_listed(path, listed)]
            added += len(fresh)
            doubled += len(batch) - len(fresh)
            self._put_in_time(fresh)

        try:
            ignored = scan(paths, self._closing, found).ignored
            if ignored or doubled:
                self._signals.noticed.emit(left_out(ignored, doubled))
        finally:
            # Whatever happened: somebody waits for the end.
            self._signals.added.emit(added)

    def drop_pictures(self, photos: Iterable[Photo]) -> None:
        """Remove the files of pasted pictures that leave the list."""
        for photo in photos:
            if photo.path.parent == self._pictures:
                with contextlib.suppress(OSError):
                    photo.path.unlink(missing_ok=True)

    def _put_in_time(self, paths: Sequence[Path]) -> None:
        """Add photos; a disk that takes none is tried until there is room again."""
        while True:
            try:
                self._put(paths)
            except OutboxWriteError as error:
                self._on_disk_trouble(error)
                if self._closing.wait(RETRY):
                    raise CancelledError from error
            else:
                return

    def _put(self, paths: Sequence[Path]) -> None:
        """Add photos to the profile on the list."""
        profile = self._profile()
        self._outbox.add(profile, paths, time.time())
        if not profile and (now := self._profile()):
            # The first sign-in took over what there was a moment before.
            self._outbox.adopt(now)


def left_out(ignored: int, doubled: int) -> Notice:
    """Say how many files stayed out of the list, and why."""
    parts = []
    if ignored:
        parts.append(
            words.NOT_PHOTOS_ONE if ignored == 1 else words.NOT_PHOTOS.format(count=ignored)
        )
    if doubled:
        parts.append(words.LISTED_ONE if doubled == 1 else words.LISTED.format(count=doubled))
    return Notice(" ".join(parts))


def _is_listed(path: Path, listed: dict[Path, Photo]) -> bool:
    """Whether this very file is in the list already, as it is now."""
    photo = listed.get(path)
    if photo is None or photo.state is State.CANCELLED:
        return False
    if photo.fingerprint is None:
        return True
    try:
        known = path.stat()
    except OSError:
        return False
    return (known.st_size, known.st_mtime_ns) == (
        photo.fingerprint.bytes,
        photo.fingerprint.mtime_ns,
    )
