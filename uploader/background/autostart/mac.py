"""macOS: a launch agent of the person's own (launchd.plist(5))."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path

LABEL = "store-uploader.start"


class LaunchAgent:
    """`folder` is where launch agents are; the person's own by default."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        agents = folder or Path.home() / "Library" / "LaunchAgents"
        self._file = agents / f"{LABEL}.plist"
        self._command = command

    def is_on(self) -> bool:
        """Whether there is an agent."""
        return self._file.is_file()

    def turn(self, on: bool) -> None:
        """Write the agent, which counts from the next login, or remove it."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        self._file.write_bytes(plistlib.dumps(agent))
