"""Puts what is known of newer versions where the person sees it, and does what they say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.background.values import Notice
from uploader.domain.updates import Finding, Manifest, System, UpdateNews
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.updates.bar import UpdateBar

if TYPE_CHECKING:
    from uploader.ui.updates.dialog import UpdatesDialog

_SYSTEMS = {"win32": System.WINDOWS, "darwin": System.MACOS}


class UpdateTeller(QObject):
    """Shows `bar` when a version is out that wasn't skipped; `ask` opens the window.

    `notice` says in the main window what neither can, `speak` to a screen reader.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        theme: Theme,
        *,
        notice: Callable[[Notice], None],
        speak: Callable[[Notice], None],
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._notice, self._speak, self._open_url = notice, speak, open_url
        self._manifest: Manifest | None = None
        self.dialog: UpdatesDialog | None = None
        self.bar = UpdateBar(theme)
        self.bar.page_wanted.connect(self._open_page)
        self.bar.skipped.connect(self._skip)
        self.bar.later.connect(self.bar.hide)
        desk.update_told.connect(self._told)

    def ask(self) -> None:
        """Ask whether a newer version is out, and show the answer, whichever it is."""
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.updates.dialog import UpdatesDialog  # noqa: PLC0415

        if self.dialog is None:
            system = _SYSTEMS.get(sys.platform, System.LINUX)
            self.dialog = UpdatesDialog(system, self._window)
            self.dialog.page_wanted.connect(self._open)
            self.dialog.skipped.connect(self._skip_version)
            self.dialog.asked.connect(self._ask)
            self.dialog.finished.connect(self._closed)
            self.dialog.show()
            self._ask()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _ask(self) -> None:
        if self.dialog is not None:
            self.dialog.show_asking()
        self._desk.ask_for_updates()

    def _told(self, news: UpdateNews) -> None:
        if self.dialog is not None and news.wanted:
            self.dialog.show_news(news)
        if news.finding is Finding.NEWER and news.manifest is not None:
            self._manifest = news.manifest
            if not news.skipped and not news.wanted:
                self._show_bar(news.manifest)
        elif news.finding is Finding.NEWEST:
            self.bar.hide()

    def _show_bar(self, manifest: Manifest) -> None:
        fresh = self.bar.isHidden()
        self.bar.show_manifest(manifest)
        if fresh:
            self._speak(Notice(self.bar.title.text(), self.bar.detail.text()))

    def _open_page(self) -> None:
        if self._manifest is not None:
            self._open(QUrl(self._manifest.page))

    def _open(self, page: QUrl) -> None:
        self.bar.hide()
        if not self._open_url(page):
            title = translate("Updates", "The page can’t be opened here. Open it in a browser:")
            self._notice(Notice(title, page.toString(), stays=True))

    def _skip(self) -> None:
        if self._manifest is not None:
            self._skip_version(self._manifest.version)

    def _skip_version(self, version: str) -> None:
        self.bar.hide()
        self._desk.skip_version(version)

    def _closed(self) -> None:
        self.dialog = None
