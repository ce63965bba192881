"""Takes a file's fingerprint: one read, and only of a file that holds still meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import FindingKind
from uploader.domain.photos import Fingerprint
from uploader.engine.source import FileTroubleError

_BLOCK = 1 << 20


def fingerprint(path: Path, cancel: CancelToken | None = None) -> Fingerprint:
    """Read the whole file once. Raises `FileTroubleError`, or `CancelledError`.

    A file that changes while it is read (a copy that isn't finished) raises CHANGED.
    """
    try:
        with _opened(path) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise FileTroubleError(FindingKind.UNREADABLE)
            digest = hashlib.sha256()
            count = 0
            while block := file.read(_BLOCK):
                if cancel is not None:
                    cancel.check()
                digest.update(block)
                count += len(block)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise FileTroubleError.of(error) from error
    if (before.st_mtime_ns, count) != (after.st_mtime_ns, after.st_size):
        raise FileTroubleError(FindingKind.CHANGED)
    return Fingerprint(count, after.st_mtime_ns, digest.hexdigest())


def _opened(path: Path) -> BinaryIO:
    # O_NONBLOCK: a pipe that took the file's place mustn't hold us for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
