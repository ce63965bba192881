"""A window on a desk without an engine behind it; what Qt warns of fails the test."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSettings

from uploader.background.values import Progress

sys.path.insert(0, str(Path(__file__).parent))
from gui_fakes import ONLINE, TOTALS, FakeDesk, FakePreviews, design_batch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Allow what the offscreen platform says of itself; Qt's other warnings fail."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def settings(tmp_path):
    made = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    # Somebody who has been here before: the first start leads.
    made.setValue("guided", "true")
    return made


@pytest.fixture
def theme(qapp):
    from uploader.ui.theme import Theme

    found = qapp.findChild(Theme)
    made = found or Theme(qapp, "light")
    made.set_scheme("light")
    return made


@pytest.fixture
def desk(qapp):
    return FakeDesk()


@pytest.fixture
def previews(qapp):
    return FakePreviews({"photo-00001.jpg": Image.new("RGB", (300, 400), "teal")})


@pytest.fixture
def window(qtbot, desk, previews, settings, theme):
    from uploader.ui.main_window import MainWindow

    made = MainWindow(desk, previews, settings, theme)
    qtbot.addWidget(made)
    made.show()
    desk.connection_changed.emit(ONLINE)
    yield made
    made._parting = True


@pytest.fixture
def batch(window, desk):
    """The design's batch in the window."""
    photos = design_batch(time.time())
    desk.reset.emit(photos)
    desk.totals_changed.emit(TOTALS)
    desk.progressed.emit({5: Progress(5_300_000, 8_400_000, 1_000_000)})
    return photos
