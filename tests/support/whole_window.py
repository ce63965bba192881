"""The real window on a real desk, put together as the program does it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.background.settings import Settings
from uploader.ui.main_window import MainWindow
from uploader.ui.theme import Theme


@pytest.fixture
def make_window(qapp: Any, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Show a window; keywords are of `Settings`. Its desk hasn't started."""
    made: list[MainWindow] = []

    def make(**keywords: Any) -> MainWindow:
        (tmp_path / "data").mkdir(exist_ok=True)
        desk = Desk(Settings(tmp_path / "data", keychain=False, **keywords))
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        theme = qapp.findChild(Theme) or Theme(qapp, "light")
        window = MainWindow(desk, Previews(), settings, theme)
        made.append(window)
        window.show()
        return window

    yield make
    for window in made:
        # So that it doesn't stay to say what becomes of half-sent photos.
        window._parting = True
        window.close()
        window.desk.close()
        window.previews.close()
        window.deleteLater()
    gc.collect()
