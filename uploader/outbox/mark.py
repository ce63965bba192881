"""How the outbox was left: a small file beside it that tells whether it is still the same.

Closed well, the mark has the file's size and CRC-32: at the next start that proves, faster than
any check of SQLite's, that nobody and nothing touched it. While the outbox is open the mark has
the number of its session, which stands in the outbox too: an outbox with a smaller one was
rolled back (its write-ahead log was lost, a backup was put in its place).
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from uploader.outbox.lock import FileLock

LARGEST = 256_000_000
"""Bytes up to which a file is read through at its end; a larger one is checked by SQLite."""

_CHUNK = 1 << 20
_TOO_MUCH = 1 << 53
_TOO_MANY = 1 << 30
"""No number of a mark that was written is as high: such a one was damaged."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the last session left: whose outbox, which session, the highest id ever given."""

    outbox: str
    session: int
    last_id: int
    size: int = -1
    crc: int = 0

    def vouches_for(self, path: Path) -> bool:
        """Whether the file is byte for byte what was closed."""
        return self.size >= 0 and self.size == path.stat().st_size and self.crc == _crc(path)


def read_mark(path: Path) -> Mark | None:
    """Read the mark of the outbox at `path`; None where there is none that makes sense."""
    try:
        mark = Mark(**json.loads(_place(path).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    numbers = (mark.session, mark.last_id, mark.size, mark.crc)
    sane = all(type(number) is int and number < _TOO_MUCH for number in numbers)
    return mark if sane and mark.last_id < _TOO_MANY else None


def write_mark(path: Path, mark: Mark) -> None:
    """Write the mark. Where it can't be written, the older one makes the next start check more."""
    fresh = path.with_name(f"{path.name}.mark-new")
    with contextlib.suppress(OSError):
        fresh.write_text(json.dumps(asdict(mark)))
        fresh.replace(_place(path))


class Hold:
    """One process's hold on an outbox: the lock, and the mark that is left at the end."""

    def __init__(self, path: Path, lock: FileLock, mark: Mark) -> None:
        self._path = path
        self._lock = lock
        self._mark: Mark | None = mark
        write_mark(path, mark)

    def distrust(self) -> None:
        """Damage was seen: the next start has to look closely."""
        self._mark = None

    def release(self) -> None:
        """Say how the file was left, and let others in. Call once it is closed. Repeatable."""
        mark, self._mark = self._mark, None
        try:
            if mark is not None:
                self._seal(mark)
        finally:
            self._lock.release()

    def _seal(self, mark: Mark) -> None:
        # With a log left (somebody reads beside us) the file alone isn't the outbox.
        log = self._path.with_name(self._path.name + "-wal")
        with contextlib.suppress(OSError):
            size = self._path.stat().st_size
            if not log.exists() and size <= LARGEST:
                write_mark(self._path, replace(mark, size=size, crc=_crc(self._path)))


def _place(path: Path) -> Path:
    return path.with_name(f"{path.name}.mark")


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            return -1
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc
