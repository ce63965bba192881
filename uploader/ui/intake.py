"""All ways in which photos come into the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from uploader.background.desk import Desk
from uploader.background.values import Notice
from uploader.domain.photos import Photo
from uploader.ui import files
from uploader.ui.offers import picture_of, png_of, read_offer
from uploader.ui.text import translate

_Mode = QFileDialog.FileMode


class Intake(QObject):
    """Dialogs, drops and the clipboard; `notify` shows a line where there was nothing to add."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        settings: QSettings,
        notify: Callable[[Notice], None],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._settings, self._notify = window, desk, settings, notify

    def choose_photos(self) -> None:
        """Ask for photos to add."""
        self._ask(translate("Files", "Add photos"), _Mode.ExistingFiles, self._desk.add)

    def choose_folder(self) -> None:
        """Ask for a folder to add."""
        self._ask(translate("Files", "Add a folder"), _Mode.Directory, self._desk.add)

    def replace(self, photo: Photo) -> None:
        """Ask for another file for a photo."""

        def put(paths: list[Path]) -> None:
            self._desk.replace_file(photo.id, paths[0])

        title = translate("Files", "Replace {name}", name=photo.name)
        self._ask(title, _Mode.ExistingFile, put)

    def paste(self) -> None:
        """Add what was copied."""
        # Some systems have no clipboard at all.
        self.take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def take(self, mime: QMimeData) -> None:
        """Add files, folders or a picture."""
        offer = read_offer(mime)
        if offer.paths:
            self._desk.add(offer.paths)
        elif image := picture_of(mime):
            self._desk.add_picture(partial(png_of, image))
        else:
            self._notify(Notice(translate("Files", "There is no photo in the clipboard.")))

    def _ask(self, title: str, mode: _Mode, chosen: Callable[[list[Path]], None]) -> None:
        files.choose(self._window, self._settings, title, mode, chosen)
