"""Starting with the system: each system's own way behind one small interface."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

from uploader.paths import data_dir

NAME = "Store Uploader"
QUIETLY = "--background"
"""The option under which the window stays away at the start."""


class Autostart(Protocol):
    """What a person sets in their own account; nobody else's. Calls may block."""

    def is_on(self) -> bool:
        """Whether the program starts with the system. Raises OSError."""

    def turn(self, on: bool) -> None:
        """Have it start with the system, or no longer. Raises OSError."""


def autostart(data: Path) -> Autostart:
    """Give this system's way; `data` is the folder that the program works in."""
    command = start_command(data)
    if sys.platform == "win32":
        from uploader.background.autostart.windows import RunKey  # noqa: PLC0415

        return RunKey(command)
    if sys.platform == "darwin":
        from uploader.background.autostart.mac import LaunchAgent  # noqa: PLC0415

        return LaunchAgent(command)
    from uploader.background.autostart.xdg import DesktopEntry  # noqa: PLC0415

    return DesktopEntry(command)


def start_command(data: Path) -> list[str]:
    """Give the words that start this very program without its window."""
    if packed := os.environ.get("APPIMAGE"):
        # What runs lies in a place that is gone with the process.
        program = [packed]
    elif getattr(sys, "frozen", False):
        program = [sys.executable]
    else:
        program = [sys.executable, "-m", "uploader"]
    chosen = [] if data == data_dir() else ["--data", str(data)]
    return [*program, *chosen, QUIETLY]
