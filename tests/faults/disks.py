"""Disks that are full when a drill wants them to be."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import tempfile
from pathlib import Path

_BLOCK = 1 << 16


class SmallDisk:
    """A disk of its own in memory, mounted on `folder`. Needs root: see `can_mount`."""

    def __init__(self, folder: Path, megabytes: int = 200) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._ballast = folder / "ballast"
        self.full = False
        options = f"size={megabytes}m,mode=700"
        _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))

    def fill(self, leaving: int = 0) -> None:
        """Leave no more than `leaving` bytes."""
        self.full = True
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(_BLOCK))
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(512))
        if leaving:
            os.truncate(self._ballast, max(0, self._ballast.stat().st_size - leaving))

    def empty(self) -> None:
        """Make room again."""
        self._ballast.unlink(missing_ok=True)
        self.full = False

    def unmount(self) -> None:
        """Take it away with all that is on it."""
        with contextlib.suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(self.folder))


@functools.cache
def can_mount() -> bool:
    """Whether this user on this machine may mount a disk."""
    if os.name != "posix" or os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            SmallDisk(Path(folder), 1).unmount()
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
