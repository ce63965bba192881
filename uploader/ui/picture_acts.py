"""What is done to the selected photos' pictures and texts: by the menu, and by the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from uploader.background.desk import Desk
from uploader.domain.photos import Photo
from uploader.ui import picture_words as words
from uploader.ui.abilities import can_edit
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.theme import Theme
from uploader.ui.widgets.photo_list import PhotoList

if TYPE_CHECKING:
    from uploader.ui.dialogs.alt_texts import AltTextsDialog


class PictureActs(QObject):
    """Works on what `view` has selected; each act leaves out what can't be changed any more."""

    def __init__(self, window: QWidget, view: PhotoList, desk: Desk, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._view, self._desk, self._theme = window, view, desk, theme
        self.dialog: AltTextsDialog | None = None
        acts = {
            "Ctrl+Left": lambda: self.turn(view.selected(), -1),
            "Ctrl+Right": lambda: self.turn(view.selected(), 1),
            "Ctrl+Shift+P": lambda: self.pad(view.selected()),
            "Ctrl+T": lambda: self.write_texts(view.selected()),
        }
        add_shortcuts(window, acts)

    def turn(self, photos: Sequence[Photo], turns: int) -> None:
        """Turn pictures by quarters, each from where it is."""
        if not words.why_no_turn(photos, self._desk.capabilities):
            self._desk.rotate(_ids(photos), turns)

    def pad(self, photos: Sequence[Photo]) -> None:
        """Pad pictures; where all are padded (or the store can't), none."""
        can = self._desk.capabilities
        if not words.why_no_pad(photos, can):
            self._desk.set_pad(_ids(photos), can.pads and not _all_padded(photos))

    def write_texts(self, photos: Sequence[Photo]) -> None:
        """Ask for a template of alt texts."""
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.dialogs.alt_texts import AltTextsDialog  # noqa: PLC0415

        editable = [photo for photo in photos if can_edit(photo)]
        if self.dialog is None and editable:
            self.dialog = AltTextsDialog(self._desk, self._theme, editable, self._window)
            self.dialog.finished.connect(self._closed)
            self.dialog.open()

    def fill(self, menu: QMenu, photos: Sequence[Photo]) -> None:
        """Add what can be done to a menu on rows."""
        can = self._desk.capabilities
        menu.setToolTipsVisible(True)
        for text, turns in ((words.rotate_left(), -1), (words.rotate_right(), 1)):
            turn = menu.addAction(text)
            turn.triggered.connect(lambda _checked=False, by=turns: self.turn(photos, by))
            _allow(turn, words.why_no_turn(photos, can))
        pad = menu.addAction(words.pad())
        pad.setCheckable(True)
        pad.setChecked(_all_padded(photos))
        pad.triggered.connect(lambda _checked=False: self.pad(photos))
        _allow(pad, words.why_no_pad(photos, can))
        texts = menu.addAction(words.alt_texts())
        texts.triggered.connect(lambda _checked=False: self.write_texts(photos))
        texts.setEnabled(any(map(can_edit, photos)))

    def _closed(self) -> None:
        self.dialog = None


def _ids(photos: Sequence[Photo]) -> list[int]:
    return [photo.id for photo in photos if can_edit(photo)]


def _all_padded(photos: Sequence[Photo]) -> bool:
    return all(photo.edits.pad for photo in photos if can_edit(photo))


def _allow(action: QAction, why: str) -> None:
    """Offer something, or say in its tooltip why not."""
    action.setEnabled(not why)
    if why:
        action.setToolTip(why)
