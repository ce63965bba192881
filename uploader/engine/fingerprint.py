"""Takes a file's fingerprint: one read, and only of a file that holds still meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import FindingKind
from uploader.domain.photos import Fingerprint
from uploader.engine.source import FileTroubleError
from uploader.imaging.private import CannotCleanError
from uploader.imaging.splice import Cutter, Splice

_BLOCK = 1 << 20

Plan = Callable[[BinaryIO, int], Splice]
"""Says what is sent of a file of so many bytes. May raise `CannotCleanError`."""


class Content(NamedTuple):
    """What is sent of a file: `bytes` and `sha256` (hex)."""

    bytes: int
    sha256: str


def fingerprint(path: Path, cancel: CancelToken | None = None) -> Fingerprint:
    """Read the whole file once. Raises `FileTroubleError`, or `CancelledError`.

    A file that changes while it is read (a copy that isn't finished) raises CHANGED.
    """
    return fingerprints(path, None, cancel)[0]


def stands(path: Path, known: Fingerprint | None) -> bool:
    """Whether a file is still the known one, by size and time; no for what can't be looked at."""
    try:
        now = path.stat()
    except OSError:
        return False
    return known is not None and (now.st_size, now.st_mtime_ns) == (known.bytes, known.mtime_ns)


def fingerprints(
    path: Path, plan: Plan | None, cancel: CancelToken | None = None
) -> tuple[Fingerprint, Content | None]:
    """Take the file's fingerprint and, by `plan`, that of what is sent of it, in one read.

    None where there is no plan, or none can be made. Raises like `fingerprint`.
    """
    try:
        with open_file(path) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise FileTroubleError(FindingKind.UNREADABLE)
            splice = _planned(plan, file, before.st_size)
            count, sha256, content = _hashed(file, splice, cancel)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise FileTroubleError.of(error) from error
    if (before.st_mtime_ns, count) != (after.st_mtime_ns, after.st_size):
        raise FileTroubleError(FindingKind.CHANGED)
    return Fingerprint(count, after.st_mtime_ns, sha256), content


def _planned(plan: Plan | None, file: BinaryIO, size: int) -> Splice | None:
    if plan is None:
        return None
    try:
        return plan(file, size)
    except CannotCleanError:
        return None


def _hashed(
    file: BinaryIO, splice: Splice | None, cancel: CancelToken | None
) -> tuple[int, str, Content | None]:
    """Read all of it; hash it and, where they differ, what is sent of it."""
    file.seek(0)
    digest, sent, count = hashlib.sha256(), hashlib.sha256(), 0
    differs = splice is not None and not splice.leaves(os.fstat(file.fileno()).st_size)
    cutter = Cutter(splice) if splice is not None and differs else None
    while block := file.read(_BLOCK):
        if cancel is not None:
            cancel.check()
        digest.update(block)
        count += len(block)
        for part in cutter.feed(block) if cutter else ():
            sent.update(part)
    sha256 = digest.hexdigest()
    if splice is None:
        return count, sha256, None
    return count, sha256, Content(splice.size, sent.hexdigest() if cutter else sha256)


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading. Raises OSError."""
    # O_NONBLOCK: a pipe that took the file's place mustn't hold us for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
