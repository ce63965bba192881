"""Bringing the window before the person, as far as the desktop allows."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - a variable's name


def bring_forward(window: QWidget, token: str = "") -> None:
    """Show, unminimise, raise and activate a window.

    `token` is what the desktop gave the start that asks for it; Qt takes it from there.
    """
    if token:
        os.environ[_TOKEN] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    os.environ.pop(_TOKEN, None)
