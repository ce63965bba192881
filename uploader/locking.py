"""A lock on a file that the system releases even when the process is killed."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover (another system's branch)
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _is_held(error: OSError) -> bool:
        # A place without locks says EINVAL, a held lock EACCES; under wine it may be any other.
        return error.errno != errno.EINVAL
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_held(error: OSError) -> bool:
        return error.errno in {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class HeldError(Exception):
    """Another process holds the lock."""


class FileLock:
    """Held from creation to `release`, or to the end of the process, however it ends.

    The file itself stays: deleting it would let two processes lock two files of one name.
    Raises `HeldError` where another holds it, OSError where the place takes no file or knows no
    locks.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        try:
            _take(self._file.fileno())
        except OSError as error:
            self._file.close()
            if _is_held(error):
                raise HeldError from error
            raise

    def release(self) -> None:
        """Let others in. Safe to repeat."""
        self._file.close()
