"""New photos in a folder: found by looking again and again, each taken once."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import NamedTuple

from uploader.domain.cancel import CancelToken
from uploader.engine.scan import scan

log = logging.getLogger(__name__)

FORMAT = "store-uploader watched 1"
"""The memory's first line, so that one of an empty folder isn't what a kill left of another."""


class WatchMemoryError(Exception):
    """The memory can't be read or written, which says nothing of the folder."""


class Mark(NamedTuple):
    """By what a file is known again: its path, bytes and time."""

    path: str
    size: int
    mtime_ns: int


class Watch:
    """`memory` is the file that remembers what was taken. Its methods block.

    What lies in the folder at the very first look isn't new. Looking, rather than being told by
    the system, works alike on network drives and misses nothing while the program is off.
    """

    def __init__(self, folder: Path, memory: Path) -> None:
        self._folder = folder
        self._memory = memory
        self._seen: set[Mark] = set()
        self._known: set[Mark] | None = None
        self._saved = True

    def look(self, cancel: CancelToken) -> list[Path]:
        """Give the new photos that stood still since the last look, as a copy under way doesn't.

        `take` says that they are in. Nothing is new as long as the memory can't be written: what
        was taken then would be taken once more after a restart. Raises OSError where the folder
        can't be read, `WatchMemoryError`, and `CancelledError`.
        """
        # A folder that is gone has no photos, which `scan` alone would take for the truth.
        next(self._folder.iterdir(), None)
        now = {mark for path in scan([self._folder], cancel).photos if (mark := _mark(path))}
        if self._known is None:
            self._known = self._recall()
        if self._known is None:
            # Kept, also while it can't be saved: what comes from now on is new.
            self._known, self._saved = now, False
        self._save()
        still = now & self._seen
        self._seen = now
        return sorted(Path(mark.path) for mark in still - self._known)

    def take(self, paths: list[Path]) -> None:
        """Remember that these are in, as they were at the last look. Raises `WatchMemoryError`.

        They are remembered then too, and the next look saves them first.
        """
        wanted = {str(path) for path in paths}
        taken = {mark for mark in self._seen if mark.path in wanted}
        if self._known is not None:
            self._known, self._saved = self._known | taken, False
        self._save()

    def _recall(self) -> set[Mark] | None:
        """Read what was taken before; None: this is the first look. Nonsense is left out."""
        try:
            lines = self._memory.read_text("utf-8", "surrogateescape").splitlines()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WatchMemoryError(error.strerror) from error
        if not lines:
            return None
        found = set[Mark]()
        for line in lines:
            if line == FORMAT:
                continue
            try:
                path, size, mtime_ns = json.loads(line)
                found.add(Mark(str(path), int(size), int(mtime_ns)))
            except (ValueError, TypeError):
                log.info("a line of what was taken from the watched folder can't be read")
        return found

    def _save(self) -> None:
        """Write the memory if it has changed: whole and in place of the old one, or not at all.

        Half of one would make the rest of the folder new. Writing all of it takes less time
        than the look before it took.
        """
        if self._saved or self._known is None:
            return
        fresh = self._memory.with_suffix(".new")
        try:
            self._memory.parent.mkdir(mode=0o700, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                file.write(f"{FORMAT}\n")
                file.writelines(f"{json.dumps(mark)}\n" for mark in sorted(self._known))
                file.flush()
                # Renamed only when it is on the disk: else a power cut leaves an empty file.
                os.fsync(file.fileno())
            fresh.replace(self._memory)
        except OSError as error:
            raise WatchMemoryError(error.strerror) from error
        self._saved = True


def _mark(path: Path) -> Mark | None:
    """Tell how a file stands; None for one that is empty or has just gone."""
    try:
        known = path.stat()
    except OSError:
        return None
    return Mark(str(path), known.st_size, known.st_mtime_ns) if known.st_size else None
