"""How photos come onto the list: folders are searched, pasted pictures kept as files."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.background.work import RETRY
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine import words
from uploader.engine.fingerprint import stands
from uploader.engine.scan import Scan, scan
from uploader.outbox import Outbox, OutboxError, OutboxWriteError

log = logging.getLogger(__name__)

REST = 0.02
"""Seconds between two batches: a second for 10,000 photos, and their first previews at once."""

_ADDING = "adding"
"""The setting that keeps what is still to be searched."""


class Named(NamedTuple):
    """Files and folders, absolute, and the profile that photos in them go to.

    The profile is empty before the first sign-in.
    """

    profile: str
    paths: tuple[Path, ...]


class Intake:
    """Adds to the outbox. `pictures` is the folder of what has no file of its own.

    Photos go to the profile that `profile` tells when they are named, whichever is in use by the
    time they are found. What was named is on record until it has been searched, so that an end in
    between loses none. Its methods block: call them from workers.
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
        self._adding: dict[int, Named] = {}
        self._noting = threading.Lock()

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
        self._put(self._profile(), [path])

    def left(self) -> list[Named]:
        """Give what the last run was told of and didn't come to. To be noted anew."""
        try:
            kept = json.loads(self._outbox.get_setting(_ADDING, "[]"))
            return [Named(note["profile"], tuple(map(Path, note["paths"]))) for note in kept]
        except (ValueError, TypeError, KeyError):
            log.warning("what was still to be added can't be read")
            return []

    def note(self, paths: Sequence[Path]) -> int:
        """Put on record what is to be searched, for the present profile."""
        return self.note_named(Named(self._profile(), tuple(path.absolute() for path in paths)))

    def note_named(self, named: Named) -> int:
        """Put on record what is to be searched; give its number, for `scan`."""
        with self._noting:
            number = max(self._adding, default=0) + 1
            self._adding[number] = named
            self._keep_notes()
        return number

    def scan(self, number: int, *, quiet: bool = False, again: bool = False) -> None:
        """Search the files and folders of a note, and add the photos in them, batch by batch.

        `quiet`: nobody waits for it, nor wants to know what was in the list before. `again`: the
        last run was at it already.
        """
        added = 0
        try:
            added, found, doubled = self._search(self._adding[number], again=again)
            if not quiet and (notice := left_out(found, doubled)):
                self._signals.noticed.emit(notice)
            if found.strangers or found.shut:
                self._signals.passed_over.emit(found.strangers, found.shut)
        finally:
            if not self._closing.cancelled:
                self._forget(number)
            # Whatever happened: somebody waits for the end.
            if not quiet:
                self._signals.added.emit(added)

    def _search(self, named: Named, *, again: bool) -> tuple[int, Scan, int]:
        """Add what is found; tell how many came in, what was found, how many were in the list.

        `again`: what is in the list came from this very search, whatever became of it since.
        """
        # Named before the first sign-in, which has come since.
        profile = named.profile or self._profile()
        listed = {photo.path: photo for photo in self._outbox.photos(profile)}
        known = listed.__contains__ if again else partial(_is_listed, listed=listed)
        seen: set[Path] = set()

        def put(batch: list[Path]) -> None:
            # A file may be named and lie in a folder that is named too.
            fresh = [p for p in dict.fromkeys(batch) if p not in seen and not known(p)]
            seen.update(fresh)
            self._put_in_time(profile, fresh)
            # The list is one for all: who looks at the first photos gets to it in between.
            self._closing.wait(REST)

        found = scan(named.paths, self._closing, put)
        return len(seen), found, len(found.photos) - len(seen)

    def _forget(self, number: int) -> None:
        with self._noting:
            del self._adding[number]
            self._keep_notes()

    def _keep_notes(self) -> None:
        try:
            kept = [
                {"profile": named.profile, "paths": [str(path) for path in named.paths]}
                for named in self._adding.values()
            ]
            self._outbox.set_setting(_ADDING, json.dumps(kept))
        except OutboxError as error:
            # No reason not to add them, or to wait; adding says what is wrong with the disk.
            log.info("what is to be added isn't on record: %s", error)

    def drop_pictures(self, photos: Iterable[Photo]) -> None:
        """Remove the files of pasted pictures that leave the list."""
        for photo in photos:
            if photo.path.parent == self._pictures:
                with contextlib.suppress(OSError):
                    photo.path.unlink(missing_ok=True)

    def _put_in_time(self, profile: str, paths: Sequence[Path]) -> None:
        """Add photos; a disk that takes none is tried until there is room again."""
        while True:
            try:
                self._put(profile, paths)
            except OutboxWriteError as error:
                self._on_disk_trouble(error)
                if self._closing.wait(RETRY):
                    raise CancelledError from error
            else:
                return

    def _put(self, profile: str, paths: Sequence[Path]) -> None:
        self._outbox.add(profile, paths, time.time())
        if not profile and (now := self._profile()):
            # The first sign-in took over what there was a moment before.
            self._outbox.adopt(now)


def left_out(found: Scan, doubled: int) -> Notice | None:
    """Say what stayed out of the list, and why; None where nothing did."""
    parts = []
    if found.shut:
        name, count = found.shut[0].name, len(found.shut)
        said = words.SHUT.format(name=name) if count == 1 else words.SHUT_MANY.format(count=count)
        parts.append(said)
    if found.ignored:
        count = found.ignored
        parts.append(words.NOT_PHOTOS_ONE if count == 1 else words.NOT_PHOTOS.format(count=count))
    if doubled:
        parts.append(words.LISTED_ONE if doubled == 1 else words.LISTED.format(count=doubled))
    return Notice(" ".join(parts)) if parts else None


def _is_listed(path: Path, listed: dict[Path, Photo]) -> bool:
    """Whether this very file is in the list already, as it is now."""
    photo = listed.get(path)
    if photo is None or photo.state is State.CANCELLED:
        return False
    return photo.fingerprint is None or stands(path, photo.fingerprint)
