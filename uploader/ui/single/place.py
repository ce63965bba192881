"""Where the first start of a data folder can be found, and the lock that makes it the first."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCryptographicHash

from uploader.locking import FileLock, HeldError


class Place:
    """The one place for a window on a data folder.

    `address` is the local socket's: its name has the user and the folder in it.
    """

    def __init__(self, data: Path) -> None:
        self._lock_file = data / "window.lock"
        self._lock: FileLock | None = None
        self.address = _address(data)

    @property
    def held(self) -> bool:
        """Whether this start is known to be the only one."""
        return self._lock is not None

    def take(self) -> bool:
        """Become the first; False where another process is. Held until it ends, however."""
        try:
            self._lock = FileLock(self._lock_file)
        except HeldError:
            return False
        except OSError:
            # Nothing can be written there: opening the outbox says so, in the window.
            pass
        return True

    def leave(self) -> None:
        """Let another start be the first. Safe to repeat."""
        if self._lock is not None:
            self._lock.release()


def _address(data: Path) -> str:
    folder = os.fsencode(data)
    if sys.platform == "win32":  # pragma: no cover (another system's branch)
        folder = os.fsencode(os.environ.get("USERNAME", "")) + b"\0" + folder
    # Qt's hash, as it is in memory already.
    code = QCryptographicHash.hash(folder, QCryptographicHash.Algorithm.Sha256).toHex().data()
    name = f"store-uploader-{bytes(code).decode('ascii')[:16]}"
    # Pipes of Windows have names of their own; elsewhere it is a file nobody else may reach.
    return name if sys.platform == "win32" else str(_private_folder(data) / name)


if sys.platform != "win32":

    def _private_folder(data: Path) -> Path:
        """Give a folder of this user alone; in most data folders the path would be too long."""
        given = Path(os.environ.get("XDG_RUNTIME_DIR") or "-")
        if given.is_absolute() and _is_ours(given):
            return given
        made = Path(tempfile.gettempdir()) / f"store-uploader-{os.getuid()}"
        with contextlib.suppress(OSError):
            made.mkdir(mode=0o700)
        # Where somebody else took the name, the data folder itself is safe.
        return made if _is_ours(made) else data

    def _is_ours(folder: Path) -> bool:
        """Whether it is a folder, no link, of this user alone."""
        try:
            found = folder.lstat()
        except OSError:
            return False
        private = not stat.S_IMODE(found.st_mode) & 0o077
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and private
