"""How long this process has been there, by what the system notes of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_STAT = Path("/proc/self/stat")
_STARTED = 19
"""Place of ``starttime`` in it (proc(5)) after the name in brackets."""


def age() -> float | None:
    """Give the seconds since the system made this process; None where it doesn't say.

    Python and whatever unpacks and loads it count too, as they do for who waits for the window.
    """
    if sys.platform == "win32":
        return _on_windows()
    return _on_linux() if _STAT.exists() else None


def _on_linux() -> float:
    stat = _STAT.read_text("ascii", "replace")
    ticks = int(stat.rpartition(")")[2].split()[_STARTED])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def _on_windows() -> float | None:
    """Windows counts in 100 ns."""
    import ctypes  # noqa: PLC0415 - for Windows alone
    from ctypes.wintypes import FILETIME, HANDLE  # noqa: PLC0415

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown to checkers elsewhere
    kernel.GetCurrentProcess.restype = HANDLE
    kernel.GetProcessTimes.argtypes = [HANDLE, *[ctypes.POINTER(FILETIME)] * 4]
    now, times = FILETIME(), [FILETIME() for _ in range(4)]
    kernel.GetSystemTimeAsFileTime(ctypes.byref(now))
    if not kernel.GetProcessTimes(kernel.GetCurrentProcess(), *map(ctypes.byref, times)):
        return None
    high = now.dwHighDateTime - times[0].dwHighDateTime
    return float((high << 32) + now.dwLowDateTime - times[0].dwLowDateTime) / 1e7
