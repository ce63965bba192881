"""The buttons that turn and pad the inspector's photo."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.ui import picture_words as words
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import ToolButton


class PictureTools(QWidget):
    """Three icons; each says in its tooltip what it does, or why it can't."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._photo: Photo | None = None
        self.left = ToolButton(theme, "rotate-left", words.rotate_left(), compact=True)
        self.right = ToolButton(theme, "rotate-right", words.rotate_right(), compact=True)
        self.pad = ToolButton(theme, "pad", words.pad(), compact=True)
        self.pad.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.left, self.right, self.pad):
            button.ink = Role.TEXT_2
            row.addWidget(button)
        self.left.clicked.connect(lambda: self._turn(-1))
        self.right.clicked.connect(lambda: self._turn(1))
        self.pad.clicked.connect(self._pad)
        desk.capabilities_changed.connect(self._show)

    def show_photo(self, photo: Photo) -> None:
        """Show what is done to this photo, and what can be."""
        self._photo = photo
        self._show(self._desk.capabilities)

    def _show(self, can: Capabilities) -> None:
        if self._photo is None:
            return
        photos = [self._photo]
        for button, name, why in (
            (self.left, words.rotate_left(), words.why_no_turn(photos, can)),
            (self.right, words.rotate_right(), words.why_no_turn(photos, can)),
            (self.pad, words.pad(), words.why_no_pad(photos, can)),
        ):
            button.setEnabled(not why)
            button.setToolTip(why or name)
            button.setAccessibleDescription(why)
        self.pad.setChecked(self._photo.edits.pad)

    def _turn(self, turns: int) -> None:
        if self._photo is not None:
            self._desk.rotate([self._photo.id], turns)

    def _pad(self) -> None:
        if self._photo is not None:
            self._desk.set_pad([self._photo.id], self.pad.isChecked())
