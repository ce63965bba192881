"""All that helps: the guide, the shortcuts, diagnostics, the log, and what this program is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from uploader.background.desk import Desk
from uploader.background.values import Notice
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.text import translate
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.dialogs.guide import GuideDialog
    from uploader.ui.guide.shelf import Shelf

PLACES = {
    "SignInDialog": "start.md#sign-in-to-your-store",
    "HistoryDialog": "uploading.md#what-was-sent-when",
    "AltTextsDialog": "checking.md#alt-text",
    "BatchCheckDialog": "checking.md#before-it-goes-out",
    "SettingsDialog": "settings.md",
    "RenameDialog": "settings.md#several-stores",
    "ForgetDialog": "settings.md#several-stores",
    "MatchingDialog": "matching.md",
    "TriageDialog": "matching.md#one-by-one-by-keyboard",
    "NewItemsDialog": "matching.md#new-items-for-many-photos",
    "ShortcutsDialog": "keyboard.md",
    "DiagnosticsDialog": "trouble.md#copy-diagnostics",
    "AboutDialog": "privacy.md",
    "UpdatesDialog": "settings.md#updates",
}
"""Where the guide opens, by the dialog in which F1 was pressed."""


class Helper(QObject):
    """Opens each of its windows when it is wanted; none is loaded before.

    `notice` says in the main window what none of them can.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        notice: Callable[[Notice], None],
        *,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme, self._settings = window, desk, theme, settings
        self._notice, self._open_url = notice, open_url
        self._shelf: Shelf | None = None
        self.dialog: GuideDialog | None = None
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._teach)

    def close(self) -> None:
        """Close the guide, which has no parent that would."""
        if self.dialog is not None:
            self.dialog.close()
        if self._shelf is not None:
            self._shelf.close()

    def menu(
        self, parent: QWidget, first_steps: Callable[[], None], updates: Callable[[], None]
    ) -> QMenu:
        """Make the menu *Help*.

        `first_steps` shows the first start's steps again, `updates` asks for a newer version.
        """
        menu = QMenu(translate("Help", "Help"), parent)
        for text, keys, act in (
            (translate("Help", "Guide"), "F1", self.guide),
            (translate("Help", "Keyboard shortcuts"), "Ctrl+/", self.shortcuts),
            (translate("Help", "First steps"), "", first_steps),
            (translate("Help", "Copy diagnostics…"), "", self.diagnostics),
            (translate("Help", "Show the log folder"), "", self.show_log),
            (translate("Help", "Check for updates…"), "", updates),
            (translate("Help", "About Store Uploader"), "", self.about),
        ):
            action = menu.addAction(text)
            # Shown only: the window has the shortcut.
            action.setText(f"{text}\t{_native(keys)}" if keys else text)
            action.triggered.connect(lambda _checked, act=act: act())
        return menu

    def guide(self, link: str = "") -> None:
        """Open the guide at a link like those in its pages, or bring it to the front."""
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.dialogs.guide import GuideDialog  # noqa: PLC0415
        from uploader.ui.guide.shelf import Shelf  # noqa: PLC0415
        from uploader.ui.guide.trail import Place  # noqa: PLC0415

        self._shelf = self._shelf or Shelf(self)
        if self.dialog is None:
            self.dialog = GuideDialog(self._shelf, self._theme, self._settings, Place.of(link))
            self.dialog.diagnostics_wanted.connect(self.diagnostics)
            self.dialog.finished.connect(self._closed)
            self.dialog.show()
        elif link:
            self.dialog.go(Place.of(link))
        self.dialog.raise_()
        self.dialog.activateWindow()

    def shortcuts(self) -> None:
        """List the keyboard shortcuts."""
        from uploader.ui.dialogs.shortcuts import ShortcutsDialog  # noqa: PLC0415

        ShortcutsDialog(self._window).open()

    def diagnostics(self) -> None:
        """Show what a developer needs to know."""
        from uploader.ui.dialogs.diagnostics import DiagnosticsDialog  # noqa: PLC0415

        # Above the window that it was asked for in.
        parent = QApplication.activeWindow() or self._window
        DiagnosticsDialog(self._desk, self._theme, self._settings, self._window, parent).show()

    def show_log(self) -> None:
        """Open the folder that the log is in, in the system's own window."""
        # The settings lie beside the log and the outbox.
        folder = Path(self._settings.fileName()).parent
        if not self._open_url(QUrl.fromLocalFile(str(folder))):
            self._notice(
                Notice(translate("Help", "The folder can’t be opened."), str(folder), stays=True)
            )

    def about(self) -> None:
        """Say which version this is."""
        from uploader.ui.dialogs.about import AboutDialog  # noqa: PLC0415

        AboutDialog(self._window).open()

    def _closed(self) -> None:
        self.dialog = None

    def _teach(self, _window: QWindow | None) -> None:
        """Have F1 in a dialog that has come to the front open the guide where it speaks of it."""
        dialog = QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or not self._is_ours(dialog) or _has_f1(dialog):
            return
        link = PLACES.get(type(dialog).__name__, "")
        add_shortcuts(dialog, {"F1": lambda: self.guide(link)})

    def _is_ours(self, dialog: QDialog) -> bool:
        """Whether a dialog, other than the guide, stands above our window or above the guide."""
        parent = dialog.parentWidget()
        while parent is not None and parent not in (self._window, self.dialog):
            parent = parent.parentWidget()
        return parent is not None and dialog is not self.dialog


def _has_f1(dialog: QDialog) -> bool:
    return any(action.shortcut().toString() == "F1" for action in dialog.actions())


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
