"""Linux: a desktop entry in the autostart folder (freedesktop.org, Autostart 0.5)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from uploader.background.autostart import NAME

_FILE = "store-uploader.desktop"
_SPECIAL = re.compile(r'(["`$\\])')


class DesktopEntry:
    """`folder` is the autostart folder; the person's own by default."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        configured = os.environ.get("XDG_CONFIG_HOME", "")
        config = Path(configured) if configured else Path.home() / ".config"
        self._file = (folder or config / "autostart") / _FILE
        self._command = command

    def is_on(self) -> bool:
        """Whether there is an entry that the desktop doesn't pass over."""
        try:
            lines = self._file.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return False
        off = {"Hidden=true", "X-GNOME-Autostart-enabled=false"}
        return not off.intersection(lines)

    def turn(self, on: bool) -> None:
        """Write the entry, or remove it."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={NAME}",
            f"Exec={' '.join(map(quoted, self._command))}",
            "Icon=store-uploader",
            "X-GNOME-Autostart-enabled=true",
        )
        self._file.write_text("\n".join(lines) + "\n", "utf-8")


def quoted(word: str) -> str:
    r"""Write a word of `Exec` (Desktop Entry 1.5): quoted, and then as any text of such a file.

    ``a b`` becomes ``"a b"``, ``100%`` becomes ``"100%%"``, a backslash becomes four.
    """
    escaped = _SPECIAL.sub(r"\\\1", word.replace("%", "%%"))
    return '"' + escaped.replace("\\", "\\\\") + '"'
