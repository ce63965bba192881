"""Windows: a value under the account's own Run key."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Any

from uploader.background.autostart import NAME

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class RunKey:
    """`registry` stands for the module winreg, in tests."""

    def __init__(self, command: Sequence[str], registry: Any = None) -> None:  # noqa: ANN401
        if registry is None:
            import winreg as registry  # noqa: PLC0415 - there on Windows alone
        self._registry = registry
        self._command = command

    def is_on(self) -> bool:
        """Whether there is a value of ours."""
        winreg = self._registry
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _KEY) as key:
                winreg.QueryValueEx(key, NAME)
        except FileNotFoundError:
            return False
        return True

    def turn(self, on: bool) -> None:
        """Write the value, or remove it."""
        winreg = self._registry
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _KEY) as key:
            if on:
                line = subprocess.list2cmdline(self._command)
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)
                return
            try:
                winreg.DeleteValue(key, NAME)
            except FileNotFoundError:
                return
