"""The side on which an item is chosen: a search, the candidates with their numbers, commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout

from uploader.background.desk import Desk
from uploader.domain.names import title_from
from uploader.domain.photos import Photo
from uploader.domain.stores import Item
from uploader.ui.delegates.choice import MOST_NUMBERED, ChoiceDelegate
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.choices import CHOICE, ChoicesModel
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.triage.round import stem_of
from uploader.ui.widgets.labels import ElidedLabel

TYPING_MS = 120
_LEAST = 3
"""Letters of a first word that are worth looking for alone."""


class Panel(QFrame):
    """Signals: `chosen(object)` an `Item`, or None to leave the photo without one."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, pictures: ItemPictures) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._desk = desk
        self._photo: Photo | None = None
        self._asked: list[str] = []
        """What is still to be looked for, until something is found."""
        self.choices = ChoicesModel()
        self.field = QLineEdit()
        self.field.setPlaceholderText(translate("Triage", "Search items, or name a new one"))
        self.field.setAccessibleName(translate("Triage", "Search items"))
        self.hint = ElidedLabel("secondary")
        self.view = QListView()
        self.view.setObjectName("choices")
        self.view.setAccessibleName(translate("Triage", "Items"))
        self.view.setModel(self.choices)
        self.delegate = ChoiceDelegate(theme, pictures, self.view, numbered=True)
        self.view.setItemDelegate(self.delegate)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._clicked)
        pictures.arrived.connect(self.view.viewport().update)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._look)
        self.field.textEdited.connect(lambda _text: self._typing.start())
        self.field.installEventFilter(self)
        desk.items_found.connect(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.hint)
        column.addWidget(self.view, 1)

    # ---- what it offers
    def show_photo(self, photo: Photo) -> None:
        """Offer what fits this photo's name, or what is like it."""
        self._photo = photo
        self._typing.stop()
        self.field.clear()
        self._offer(photo.candidates)
        if photo.candidates:
            self._asked = []
            self.hint.setText(translate("Triage", "These fit the file name equally well."))
            return
        self.hint.setText(translate("Triage", "No item fits the file name. Like it are:"))
        stem = stem_of(photo)
        first = stem.split(" ")[0]
        alone = len(first) >= _LEAST and not first.isdigit() and first != stem
        self._asked = [stem, *([first] if alone else [])]
        self._ask()

    def _look(self) -> None:
        text = self.field.text().strip()
        if not text and self._photo is not None:
            self.show_photo(self._photo)
            return
        self._asked = [text]
        self.hint.setText(translate("Triage", "Found:"))
        self._ask()

    def _ask(self) -> None:
        if self._asked:
            self._desk.find_items(self._asked[0])

    def _found(self, query: str, items: list[Item]) -> None:
        if not self._asked or query != self._asked[0]:
            return
        if not items and len(self._asked) > 1:
            self._asked.pop(0)
            self._ask()
            return
        self._asked = []
        self._offer(items)
        if not items:
            self.hint.setText(
                translate("Triage", "No item is called that.")
                if self.field.text().strip()
                else translate("Triage", "No item fits the file name. Type to search.")
            )

    def _offer(self, items: Sequence[Item]) -> None:
        """Show items; nothing is selected before the person moves there."""
        self.delegate.typed = self.field.text() or (stem_of(self._photo) if self._photo else "")
        self.choices.offer(items, self.new_title())
        self.view.setCurrentIndex(QModelIndex())
        self.view.scrollToTop()

    def new_title(self) -> str:
        """Give the title of the item that would be made; empty where the store makes none."""
        if not self._desk.capabilities.new_items or self._photo is None:
            return ""
        return self.field.text().strip() or title_from(self._photo.path)

    # ---- choosing
    def take(self, number: int) -> bool:
        """Choose the item with this number, from 1; False where there is none."""
        index = self.choices.index(number - 1)
        if number > MOST_NUMBERED or not index.isValid() or index.data(CHOICE).is_command:
            return False
        self.chosen.emit(index.data(CHOICE).item)
        return True

    def take_current(self) -> None:
        """Choose the line that the person moved to, else the first item."""
        index = self.view.currentIndex()
        if index.isValid():
            self._clicked(index)
        elif not self.take(1) and self.field.text().strip():
            self.make_new()

    def make_new(self) -> None:
        """Choose a new item."""
        if title := self.new_title():
            self.chosen.emit(Item("", title))

    def move_by(self, by: int) -> None:
        """Move with the arrow keys, round the ends."""
        count, row = self.choices.rowCount(), self.view.currentIndex().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self.view.setCurrentIndex(self.choices.index(row))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(CHOICE).item)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keep the arrows for the list while somebody types; Esc ends the search."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._field_key(event)
        return False

    def _field_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._typing.isActive() and not self._asked:
                self.take_current()
        elif key == Qt.Key.Key_Escape:
            self.leave_search()
        else:
            return False
        return True

    def leave_search(self) -> None:
        """Empty the search and offer what was offered before it."""
        self.view.setFocus()
        if self.field.text() and self._photo is not None:
            self.show_photo(self._photo)
