"""The settings' window: pages, and a list of them at the left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uploader.background.desk import Desk
from uploader.ui import files
from uploader.ui.dialogs.settings.appearance import AppearancePage
from uploader.ui.dialogs.settings.bandwidth import BandwidthPage
from uploader.ui.dialogs.settings.network import NetworkPage
from uploader.ui.dialogs.settings.page import Page
from uploader.ui.dialogs.settings.starting import StartingPage
from uploader.ui.dialogs.settings.updates import UpdatesPage
from uploader.ui.dialogs.settings.uploading import UploadingPage
from uploader.ui.sizing import give_size
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button

SIZE = (760, 664)
LEAST = (640, 420)
NAMES = 200
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Standing(NamedTuple):
    """How those stand that the desk tells of only when they change."""

    removes_metadata: bool
    checks_batch: bool


class SettingsDialog(QDialog):
    """Opens without blocking. What is changed holds at once."""

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        standing: Standing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Settings", "Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_size(self, theme, SIZE, LEAST)
        self._settings = settings
        self.uploading = UploadingPage(desk, theme, self._choose_folder)
        self.uploading.private.setChecked(standing.removes_metadata)
        self.uploading.checks.setChecked(standing.checks_batch)
        self.bandwidth = BandwidthPage(desk, theme)
        self.starting = StartingPage(desk, theme, settings)
        self.appearance = AppearancePage(theme, settings)
        self.network = NetworkPage(desk, theme, self._choose_certificates)
        self.updates = UpdatesPage(desk, theme)
        self.pages = QStackedWidget()
        self.names: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._turned)
        self._build()

    def _build(self) -> None:
        side = QFrame()
        side.setObjectName("settings-names")
        side.setMinimumWidth(NAMES)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        names = QVBoxLayout(side)
        names.setContentsMargins(12, 24, 12, 12)
        names.setSpacing(2)
        for page in (
            *(self.uploading, self.bandwidth, self.starting, self.appearance),
            *(self.network, self.updates),
        ):
            names.addWidget(self._add(page))
        names.addStretch(1)
        close = push_button(translate("Settings", "Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(32, 12, 32, 24)
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.names[0].setChecked(True)
        self.names[0].setFocus()

    def _add(self, page: Page) -> QPushButton:
        """Add a page; give the button that shows it."""
        number = self.pages.addWidget(page)
        name = push_button(page.title, "page")
        name.setCheckable(True)
        name.installEventFilter(self)
        self._group.addButton(name, number)
        self.names.append(name)
        return name

    def _turned(self, number: int, on: bool) -> None:
        if on:
            self.pages.setCurrentIndex(number)

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        name = self.names[self.pages.indexOf(page)]
        name.setChecked(True)
        name.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys turn the pages, as in a list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and watched in self.names:
                here = next(n for n, name in enumerate(self.names) if name is watched)
                there = self.names[max(0, min(len(self.names) - 1, here + step))]
                there.setChecked(True)
                there.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _choose_folder(self, title: str, chosen: Callable[[Path], None]) -> None:
        mode = QFileDialog.FileMode.Directory
        files.choose(self, self._settings, title, mode, lambda paths: chosen(paths[0]))

    def _choose_certificates(self, title: str, chosen: Callable[[Path], None]) -> None:
        files.choose_certificates(self, title, chosen)
