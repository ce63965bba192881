"""A newcomer's way with a real window and a real store, each click, drop and field counted."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uploader.domain.states import State

PHOTOS = 50
ITEMS = 5
MOST = 12
"""Actions from the start to the last photo live."""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Newcomer:
    """Acts only on what can be seen and used; every action counts."""

    def __init__(self, window):
        self.window = window
        self.actions = []

    def click(self, button):
        self._can_use(button)
        self.actions.append(f"press {button.text()}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def fill(self, field, text):
        self._can_use(field)
        self.actions.append(f"fill in {field.accessibleName()}")
        QTest.keyClicks(field, text)

    def drop(self, folder):
        self.actions.append("drop the folder")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(folder))])
        args = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        copy, centre = Qt.DropAction.CopyAction, self.window.rect().center()
        QApplication.sendEvent(self.window, QDragEnterEvent(QPoint(centre), copy, *args))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(centre), copy, *args))

    def _can_use(self, widget):
        assert widget.isVisible()
        assert widget.isEnabled()


@pytest.fixture
def window(make_window, qtbot):
    made = make_window()
    with qtbot.waitSignal(made.desk.opened, timeout=30_000):
        made.desk.start()
    return made


def test_from_the_start_to_fifty_photos_in_the_shop(window, companion, qtbot, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(PHOTOS):
        sku = f"FR-{n % ITEMS:04}"
        companion.item(f"First run {n % ITEMS}", sku)
        picture = Image.new("RGB", (240, 200), (n * 5, 90, 200 - n))
        picture.save(folder / f"{sku}_{n // ITEMS + 1}.jpg")
    person, desk = Newcomer(window), window.desk
    email, password = companion.admin

    assert window.empty.steps.isVisible()
    person.click(window.empty.sign_in)
    dialog = window.sign_in._dialog
    person.fill(dialog.address, companion.url)
    person.fill(dialog.email, email)
    person.fill(dialog.password, password)
    with qtbot.waitSignal(desk.catalogue_loaded, timeout=60_000):
        person.click(dialog.submit)
    qtbot.waitUntil(lambda: "Connected to" in window.empty.steps._titles[0].text())
    with qtbot.waitSignal(desk.added, timeout=60_000):
        person.drop(folder)
    states = lambda: [photo.state for photo in desk.photos()]  # noqa: E731
    qtbot.waitUntil(lambda: states().count(State.READY) == PHOTOS, timeout=60_000)
    assert all(photo.item is not None for photo in desk.photos())
    person.click(window.toolbar.upload)
    check(person)
    qtbot.waitUntil(lambda: states().count(State.LIVE) == PHOTOS, timeout=120_000)
    assert len(person.actions) <= MOST, person.actions


def check(person):
    """Where the batch is checked before it goes out, and has something to say: all of it goes."""
    from PySide6.QtWidgets import QDialog, QPushButton

    for dialog in person.window.findChildren(QDialog):
        for button in dialog.findChildren(QPushButton):
            if dialog.isVisible() and button.isVisible() and button.text().startswith("Upload all"):
                person.click(button)
                return
