"""Opens the settings, one at a time, at the page that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from uploader.background.desk import Desk
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.dialogs.settings.dialog import SettingsDialog


class SettingsOpener(QObject):
    """The functions tell how these stand, as the desk tells it only when it changes."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        *,
        removes_metadata: Callable[[], bool],
        checks_batch: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme, self._settings = window, desk, theme, settings
        self._removes_metadata, self._checks_batch = removes_metadata, checks_batch
        self.dialog: SettingsDialog | None = None

    def open(self, above: QWidget | None = None) -> None:
        """Open the window, or bring the open one to the front.

        `above` a dialog that keeps the main window from the person: it goes with that one.
        """
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.dialogs.settings.dialog import SettingsDialog, Standing  # noqa: PLC0415

        if self.dialog is None:
            standing = Standing(self._removes_metadata(), self._checks_batch())
            self.dialog = dialog = SettingsDialog(
                self._desk,
                self._theme,
                self._settings,
                standing,
                above or self._window,
            )
            for ended in (dialog.finished, dialog.destroyed):
                ended.connect(lambda _how: self._ended(dialog))
            dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def open_network(self) -> None:
        """Open it at the page of certificates and proxy."""
        if self.dialog is not None:
            self.dialog.close()
        self.open(QApplication.activeModalWidget())
        if self.dialog is not None:
            self.dialog.show_page(self.dialog.network)

    def _ended(self, dialog: SettingsDialog) -> None:
        # One that was closed is destroyed later, when another may be open.
        if self.dialog is dialog:
            self.dialog = None
