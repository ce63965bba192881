"""What the window knows of itself and the desktop, for diagnostics. English, for developers."""

from __future__ import annotations

import os

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from uploader.ui.theme import Theme

Facts = tuple[str, list[tuple[str, str]]]


def window_facts(window: QWidget, theme: Theme) -> list[Facts]:
    """Give versions, screens, scale and language: nothing that names a person or a machine."""
    build = QLibraryInfo.version().toString()
    desktop = [os.environ.get(key, "") for key in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")]
    screens = [
        f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    style = QApplication.style()
    return [
        (
            "Window",
            [
                ("Qt", f"{qVersion()} (built with {build})"),
                ("platform", QGuiApplication.platformName()),
                ("desktop", ", ".join(filter(None, desktop)) or "unknown"),
                ("screens", "; ".join(screens)),
                ("size", f"{window.width()} × {window.height()}"),
                ("scale", f"{window.devicePixelRatioF():g}, font {theme.base.pixelSize()} px"),
                ("look", f"{style.name() if style else ''}, {theme.look}"),
                ("language", f"{QLocale().name()}, system {QLocale.system().name()}"),
            ],
        )
    ]


def chosen_settings(settings: QSettings) -> dict[str, str]:
    """Give the window's settings as texts; how much of each may be told is decided elsewhere."""
    return {key: str(settings.value(key, "")) for key in settings.allKeys()}
