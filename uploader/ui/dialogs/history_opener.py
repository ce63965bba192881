"""Opens the history's window, one at a time, and says how an export went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.background.values import Notice
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.dialogs.history import HistoryDialog


class HistoryOpener(QObject):
    """`notice` says in the main window what the closed history no longer can."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        notice: Callable[[Notice], None],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme, self._settings = window, desk, theme, settings
        self._notice = notice
        self.dialog: HistoryDialog | None = None
        desk.history_exported.connect(self._on_exported)

    def open(self) -> None:
        """Open the window, or bring the open one to the front."""
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.dialogs.history import HistoryDialog  # noqa: PLC0415

        if self.dialog is None:
            self.dialog = HistoryDialog(self._desk, self._theme, self._settings, self._window)
            self.dialog.finished.connect(self._closed)
            self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _closed(self) -> None:
        self.dialog = None

    def _on_exported(self, notice: Notice) -> None:
        (self.dialog.show_notice if self.dialog is not None else self._notice)(notice)
