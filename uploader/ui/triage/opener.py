"""Opens the window that asks for items, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.photos import PhotosModel
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.triage.dialog import TriageDialog


class TriageOpener(QObject):
    """`dialog` is the open window, or None."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        previews: Previews,
        theme: Theme,
        *,
        settings: QSettings,
        pictures: ItemPictures,
        model: PhotosModel,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._previews, self._theme = window, desk, previews, theme
        self._settings, self._pictures, self._model = settings, pictures, model
        self.dialog: TriageDialog | None = None

    def open(self, photo_id: int | None = None) -> None:
        """Open the window at this photo (the first without an item), or bring it to the front."""
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.triage.dialog import TriageDialog  # noqa: PLC0415

        if self.dialog is None:
            self.dialog = TriageDialog(
                self._desk, self._previews, self._theme,
                settings=self._settings, pictures=self._pictures,
                photos=lambda: self._model.ledger.photos, parent=self._window,
            )  # fmt: skip
            self.dialog.finished.connect(self._closed)
            self.dialog.start(photo_id)
            self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _closed(self) -> None:
        self.dialog = None
