"""Which files may be gone before they are sent: those on cards, sticks and the network."""

from __future__ import annotations

import os
import re
import sys
from functools import lru_cache
from pathlib import Path, PurePath

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "fuse.sshfs", "fuse.gvfsd-fuse"}
)
_PLUGGED_IN = ("/media/", "/run/media/")
_ESCAPED = re.compile(r"\\([0-7]{3})")

_REMOVABLE, _REMOTE, _DISC = 2, 4, 5
"""Windows' own numbers, of GetDriveType."""


def may_go(path: Path) -> bool:
    """Whether the file lies where it may be gone by the time it is sent. May block."""
    if sys.platform == "win32":
        return _may_go_windows(path)
    if sys.platform == "darwin":
        return str(path).startswith("/Volumes/")
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return is_away(path, mounts)


def is_away(path: PurePath, mounts: str) -> bool:
    """Tell the same for Linux; `mounts` as /proc/self/mountinfo tells them (proc(5))."""
    place, kind = "", ""
    for point, its_kind in _points(mounts):
        inside = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        # The later of two at one place lies over the other.
        if inside and len(point) >= len(place):
            place, kind = point, its_kind
    return kind in _NETWORK or f"{place}/".startswith(_PLUGGED_IN)


@lru_cache(maxsize=4)
def _points(mounts: str) -> tuple[tuple[str, str], ...]:
    """Read where what kind of file system is; asked again for every photo."""
    found = []
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, kind = before.split(), after.split()
        if len(fields) > 4 and kind:
            point = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields[4])
            found.append((point, kind[0]))
    return tuple(found)


def _may_go_windows(path: Path) -> bool:
    import ctypes  # noqa: PLC0415 - there on Windows alone

    drive = os.path.splitdrive(path)[0]
    if drive.startswith("\\\\"):
        return True
    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown to checkers elsewhere
    return windows.GetDriveTypeW(f"{drive}\\") in {_REMOVABLE, _REMOTE, _DISC}
