"""The file of an upload under way: locked by one writer, synced before it counts."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from uploader.server.problems import ProblemError
from uploader.server.room import is_full

CHUNK = 256 * 1024

PATIENCE = 3.0
"""Seconds that a request waits for the one before it, nearly always the same client's."""
_TICK = 0.05


class Readable(Protocol):
    """A request's body."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; none at the end."""


@contextlib.contextmanager
def locked(
    path: Path, patience: float = PATIENCE, rest: Callable[[float], object] = time.sleep
) -> Iterator[BinaryIO]:
    """Open an upload's file for writing, alone among all processes.

    Waits up to `patience` seconds for another request to let go: a client that gave one up
    goes on at once, before the server has noticed. Raises ProblemError 423 where the other
    still writes then, 404 where the file is gone. The system lets go of the lock when a
    process dies.
    """
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        raise gone() from None
    with file:
        until = time.monotonic() + patience
        while not _taken(file):
            if time.monotonic() >= until:
                raise _busy()
            rest(_TICK)
        if not path.exists():
            raise gone()
        yield file


def _taken(file: BinaryIO) -> bool:
    try:
        _lock(file)
    except OSError:
        return False
    return True


def _busy() -> ProblemError:
    return ProblemError(
        423,
        "upload-busy",
        "Another request is sending this photo",
        "Try again in a moment.",
        {"Retry-After": "1"},
    )


def create(path: Path, length: int, reserve: int) -> None:
    """Make the empty file. Raises ProblemError 507 where the disk lacks room."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < length + reserve:
            raise full()
        with path.open("xb"):
            pass
    except OSError as error:
        raise _told(error) from error


def append(
    file: BinaryIO, offset: int, body: Readable, length: int, checksum: tuple[str, bytes] | None
) -> int:
    """Write up to `length` bytes at `offset`, synced; return how many arrived.

    With a checksum all or nothing counts: raises ProblemError 460 where it differs. A body
    that breaks off without one leaves what arrived.
    """
    digest = hashlib.new(checksum[0]) if checksum else None
    arrived = 0
    try:
        # What a crash left behind the offset was never acknowledged.
        file.truncate(offset)
        file.seek(offset)
        while arrived < length and (chunk := _chunk(body, length - arrived)):
            file.write(chunk)
            arrived += len(chunk)
            if digest:
                digest.update(chunk)
        if checksum and digest and digest.digest() != checksum[1]:
            file.truncate(offset)
            raise ProblemError(
                460, "checksum-mismatch", "Changed on the way", "This part has to be sent again."
            )
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise _told(error) from error
    return arrived


def sha256_of(file: BinaryIO) -> str:
    """Hash a file from its start, as hex."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def gone() -> ProblemError:
    """Say that there is no such upload."""
    return ProblemError(404, "not-found", "Not found", "There is nothing at this address.")


def full() -> ProblemError:
    """Say that the disk is full."""
    return ProblemError(
        507,
        "store-full",
        "The store is full",
        "There is no room for this photo. Ask the shop's developer.",
    )


def _chunk(body: Readable, most: int) -> bytes:
    try:
        return body.read(min(CHUNK, most))
    except OSError:
        return b""  # Django's UnreadablePostError too: the client has gone


def _told(error: OSError) -> Exception:
    return full() if is_full(error) else error


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        # A byte beyond any photo: locked bytes can't be read on Windows.
        file.seek(1 << 40)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
