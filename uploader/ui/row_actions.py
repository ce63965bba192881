"""What rows offer: their button, their menu, and taking them off the list."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint

from uploader.background.desk import Desk
from uploader.ui.abilities import can_choose_item
from uploader.ui.intake import Intake
from uploader.ui.matching.opener import Matching
from uploader.ui.menus import row_menu
from uploader.ui.picture_acts import PictureActs
from uploader.ui.status import Action
from uploader.ui.widgets.photo_list import PhotoList


class RowActions(QObject):
    """Connects the list with the desk."""

    def __init__(
        self,
        view: PhotoList,
        desk: Desk,
        intake: Intake,
        matching: Matching,
        *,
        pictures: PictureActs,
    ) -> None:
        super().__init__(view)
        self._matching = matching
        self._view, self._desk, self._intake = view, desk, intake
        self._pictures = pictures
        view.acted.connect(self._act)
        view.menu_wanted.connect(self._show_menu)

    def remove(self) -> None:
        """Take the selected photos off the list."""
        if ids := [photo.id for photo in self._view.selected()]:
            self._desk.remove(ids)

    def _act(self, photo_id: int, action: Action) -> None:
        if action in (Action.RETRY_NOW, Action.SEND_AGAIN):
            self._desk.retry([photo_id])
        elif action in (Action.CHOOSE, Action.CHANGE_ITEM):
            self._view.edit_item(photo_id)
        elif action is Action.PUT_BACK:
            self._desk.put_back([photo_id])
        else:
            self._intake.replace(self._view.photos.ledger.photos[photo_id])

    def _show_menu(self, at: QPoint) -> None:
        photos = self._view.selected()

        def choose() -> None:
            # The menu offers it where it can be chosen for any of them.
            self._view.edit_item(next(photo.id for photo in photos if can_choose_item(photo)))

        replace, new_items = self._intake.replace, self._matching.open_new_items
        row_menu(
            self._view, self._desk, photos, choose, replace,
            new_items=new_items, pictures=self._pictures,
        ).popup(at)  # fmt: skip
