"""Choosing items in the list: which photos a choice is for, and which comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.domain.photos import Photo
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.photos import PhotosModel
from uploader.ui.status import asks_for_item
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.item_editor import ItemEditor
from uploader.ui.widgets.photo_list import PhotoList


class ItemChoice(QObject):
    """Makes the item's field for the list's rows. Set `view` before the first one."""

    def __init__(
        self, desk: Desk, model: PhotosModel, theme: Theme, pictures: ItemPictures
    ) -> None:
        super().__init__(model)
        self._pictures = pictures
        self._desk, self._model, self._theme = desk, model, theme
        self.view: PhotoList | None = None

    def make_editor(self, parent: QWidget, photo: Photo) -> QWidget:
        """Make the field for a row; with several rows selected, the choice is for all."""
        chosen = self.view.selected() if self.view else []
        others = [p for p in chosen if p.id != photo.id] if photo in chosen else []
        asking, place = self._asking(), ""
        if photo.id in asking and not others:
            number = asking.index(photo.id) + 1
            place = translate("ItemChoice", "{n} of {all}", n=number, all=len(asking))
        photos = [photo, *others]
        return ItemEditor(
            parent, self._desk, self._theme, self._pictures,
            photos=photos, place=place, finished=partial(self._finished, {p.id for p in photos}),
        )  # fmt: skip

    def _asking(self, row: int = 0) -> list[int]:
        """Give the photos in the list that have no item, from a row on."""
        photos = map(self._model.photo_at, range(row, self._model.rowCount()))
        return [photo.id for photo in photos if asks_for_item(photo)]

    def _finished(self, answered: set[int], editor: QWidget, and_next: bool) -> None:
        view = self.view
        if view is None:
            return
        # The list hears of the answer only later.
        below = self._asking(view.currentIndex().row() + 1) if and_next else []
        later = next((photo_id for photo_id in below if photo_id not in answered), None)
        view.close_editor(editor)
        if later is not None:
            # After the field has gone: two can't be open at once.
            QTimer.singleShot(0, view, lambda: view.edit_item(later, alone=True))
