"""Settings: when the program runs, and what it says while the window isn't in front."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSystemTrayIcon

from uploader.background.desk import Desk
from uploader.ui.dialogs.settings.page import Page
from uploader.ui.remembered import NOTIFY, STAY, is_on, remember
from uploader.ui.text import translate
from uploader.ui.theme import Theme


class StartingPage(Page):
    """Start with the system, stay in the tray, notifications."""

    def __init__(self, desk: Desk, theme: Theme, settings: QSettings) -> None:
        super().__init__(theme, translate("Settings", "Start and notifications"))
        self.system = self.add_check(
            translate("Settings", "Start with the system"),
            translate("Settings", "Without its window: what waits is sent by itself."),
        )
        tray = QSystemTrayIcon.isSystemTrayAvailable()
        self.stay = self.add_check(
            translate("Settings", "Keep going in the tray when the window closes"),
            translate("Settings", "Quit from the tray, or with Ctrl+Q.")
            if tray
            else translate("Settings", "This desktop has no tray: closing the window quits."),
        )
        self.stay.setEnabled(tray)
        self.stay.setChecked(is_on(settings, STAY))
        self.notify = self.add_check(
            translate("Settings", "Say when a batch is done or needs you"),
            translate("Settings", "Once for a batch, and only while the window isn’t in front."),
        )
        self.notify.setChecked(is_on(settings, NOTIFY))
        self.end()
        desk.autostart_changed.connect(self.system.setChecked)
        self.system.clicked.connect(lambda on: desk.set_autostart(bool(on)))
        self.stay.clicked.connect(lambda on: remember(settings, STAY, bool(on)))
        self.notify.clicked.connect(lambda on: remember(settings, NOTIFY, bool(on)))
        desk.request_autostart()
