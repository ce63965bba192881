"""The field in which the person says which item photos belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QMoveEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from uploader.background.desk import Desk
from uploader.domain.names import title_from, words
from uploader.domain.photos import Photo
from uploader.domain.stores import Item
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.choices import CHOICE
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.item_popup import ItemPopup

TYPING_MS = 150
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ItemEditor(QLineEdit):
    """Opens with the file's name; typing looks in the catalogue.

    `finished(and_next)` is called after a choice or Esc; `photos` are all that the choice is
    for, the first being the row that is edited.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        theme: Theme,
        pictures: ItemPictures,
        *,
        photos: Sequence[Photo],
        place: str,
        finished: Callable[[QWidget, bool], None],
    ) -> None:
        super().__init__(parent)
        self._desk, self._photos, self._finished = desk, list(photos), finished
        photo = self._photos[0]
        self._start = photo.item.title if photo.item else photo.path.stem
        self.setText(self._start)
        self.setStyleSheet("min-height: 28px; padding: 0 4px")
        self.setAccessibleName(translate("ItemEditor", "Item"))
        self.popup = ItemPopup(theme, pictures, parent.window())
        self.popup.title.setText(self._question())
        self.popup.place.setText(place)
        self.popup.chosen.connect(self._choose)
        self.popup.hide()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._look)
        self.textEdited.connect(self._typing_on)
        desk.items_found.connect(self._found)
        self.destroyed.connect(self.popup.deleteLater)
        self._offer(photo.candidates)
        if not photo.candidates:
            self._look()

    def _question(self) -> str:
        if len(self._photos) > 1:
            return counted(
                "ItemEditor",
                "Which item is this photo?",
                "Which item are these {n} photos?",
                len(self._photos),
            )
        return translate("ItemEditor", "Which item is {name}?", name=self._photos[0].name)

    # ---- looking
    def _typing_on(self, _text: str) -> None:
        self._typing.start()

    def _look(self) -> None:
        text = self.text().strip()
        self._desk.find_items(words(text) if text == self._start else text)

    def _found(self, query: str, items: list[Item]) -> None:
        text = self.text().strip()
        if query in (text, words(text)):
            self._offer(items)

    def _offer(self, items: Sequence[Item]) -> None:
        """Show what fits; nothing is selected before the person moves there."""
        self.popup.delegate.typed = self.text()
        self.popup.choices.offer(items, self._new_title())
        self.popup.clear_current()
        self._place_popup()

    def _new_title(self) -> str:
        if not self._desk.capabilities.new_items:
            return ""
        text = self.text().strip()
        return title_from(self._photos[0].path) if text == self._start else text

    # ---- choosing
    def _choose(self, index: QModelIndex, and_next: bool = False) -> None:
        if not index.isValid():
            return
        item = index.data(CHOICE).item
        self._desk.choose_item([photo.id for photo in self._photos], item)
        self._finished(self, and_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the popup, Enter chooses, Esc closes."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in _ENTER:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._choose(self.popup.current(), shift)
        elif key == Qt.Key.Key_Escape:
            self._finished(self, False)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Tab move in the popup instead of leaving."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            if event.type() == QEvent.Type.KeyPress:
                self.popup.move_by(1)
            return True
        return super().event(event)

    # ---- the popup's place
    def _place_popup(self) -> None:
        if self.isVisible():
            corner = self.mapTo(self.window(), QPoint(0, 0))
            self.popup.fit(QRect(corner, self.size()))
            self.popup.raise_()
            self.popup.show()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the popup along."""
        super().moveEvent(event)
        self._place_popup()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the popup; the pen stands behind the name, unless another is likely to be typed."""
        super().showEvent(event)
        self._place_popup()
        if len(self._photos) == 1 and self._photos[0].candidates:
            self.end(False)
        else:
            self.selectAll()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the popup too."""
        super().hideEvent(event)
        self.popup.hide()
