"""The field for a photo's place among its item's pictures; saves by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uploader.domain.photos import LAST_POSITION, Photo
from uploader.domain.stores import Capabilities
from uploader.ui import picture_words as words
from uploader.ui.text import translate
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.number_fields import PlaceNumber

PAUSE_MS = 500


class PlaceField(QWidget):
    """Signals: `placed(int, object)` a photo's id and its place from 1, None for the last."""

    placed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._photo_id, self._saved = 0, 0
        name = translate("PlaceField", "Position")
        self.field = PlaceNumber(name, LAST_POSITION)
        self._note = ElidedLabel("secondary")
        self._title = label(name, "secondary")
        self._title.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.field)
        row.addWidget(self._note, 1)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.save)
        self.field.valueChanged.connect(lambda _value: self._pause.start())
        self.field.editingFinished.connect(self.save)

    def show_photo(self, photo: Photo | None, can: Capabilities) -> None:
        """Show a photo's place; one that is being typed for the same photo stays."""
        number = photo.id if photo is not None else 0
        place = photo.position or 0 if photo is not None else 0
        if photo is not None:
            why = words.why_no_place(photo, can)
            self.field.setEnabled(not why)
            self.field.setAccessibleDescription(why)
            self._note.setText(why or translate("PlaceField", "among the pictures of its item"))
        if number == self._photo_id and (self._pause.isActive() or place == self._saved):
            return
        self.save()
        self._photo_id, self._saved = number, place
        self.field.blockSignals(True)
        self.field.setValue(place)
        self.field.blockSignals(False)

    def save(self) -> None:
        """Tell what was chosen, if anything was."""
        self._pause.stop()
        place = self.field.value()
        if self._photo_id and place != self._saved:
            self._saved = place
            self.placed.emit(self._photo_id, place or None)
