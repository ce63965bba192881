"""The window that goes from one photo without an item to the next, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.domain.stores import Item
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.row_text import file_line
from uploader.ui.sizing import give_size
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.triage.keys import keys_line
from uploader.ui.triage.panel import Panel
from uploader.ui.triage.picture import Picture
from uploader.ui.triage.round import Round
from uploader.ui.triage.scopes import ScopeBar
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import ElidedLabel, label

SIZE = (1080, 640)
LEAST = (760, 420)
PANEL, PANEL_LEAST = 456, 320
COUNT_MS = 500
PREPARED_AT_ONCE = 500
_GEOMETRY = "triage-geometry"


class TriageDialog(QDialog):
    """Every answer goes to the desk at once: whoever leaves in between loses nothing.

    `photos` gives the list by id, in the order added.
    """

    def __init__(
        self,
        desk: Desk,
        previews: Previews,
        theme: Theme,
        *,
        settings: QSettings,
        pictures: ItemPictures,
        photos: Callable[[], Mapping[int, Photo]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.setWindowTitle(translate("Triage", "Find items"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_size(self, theme, SIZE, LEAST)
        self.round = Round(photos)
        self.picture, self.panel = Picture(previews, theme), Panel(desk, theme, pictures)
        self.scopes = ScopeBar(theme)
        self.question, self.place = ElidedLabel("name", Qt.TextElideMode.ElideMiddle), label()
        self.place.setObjectName("secondary")
        self.facts = ElidedLabel("secondary")
        self._build()
        self._connect()
        geometry = settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    # ---- building
    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picture, 1)
        column.addWidget(self._make_words())
        asking = QWidget()
        row = QHBoxLayout(asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        # In a small window both give way; in a large one all room is the photo's.
        self.panel.setMinimumWidth(PANEL_LEAST)
        self.panel.setMaximumWidth(PANEL)
        row.addWidget(side, 1)
        row.addWidget(self.panel, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(asking)
        self.pages.addWidget(self._make_done())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        self.keys = keys_line()
        whole.addWidget(self.keys)

    def _make_words(self) -> QFrame:
        words = QFrame()
        words.setObjectName("triage-words")
        head = QHBoxLayout()
        head.addWidget(self.question, 1)
        head.addWidget(self.place)
        column = QVBoxLayout(words)
        column.setContentsMargins(16, 11, 16, 11)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addSpacing(4)
        column.addWidget(self.scopes)
        return words

    def _make_done(self) -> QFrame:
        done = QFrame()
        done.setObjectName("empty-history")
        self.done_title, self.left = label("", "heading"), label("", "secondary-base")
        self.again = push_button(translate("Triage", "Go through them again"))
        self.close_button = push_button(translate("Triage", "Close"), "accent")
        # The button’s own argument is no photo.
        self.again.clicked.connect(lambda _checked: self.start())
        self.close_button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.close_button)
        row.addStretch(1)
        column = QVBoxLayout(done)
        column.setSpacing(4)
        column.addStretch(2)
        for words in (self.done_title, self.left):
            column.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(3)
        return done

    def _connect(self) -> None:
        self.panel.chosen.connect(self.choose)
        self.panel.view.installEventFilter(self)
        self._preparing = QTimer(self, interval=0)
        self._preparing.timeout.connect(self._prepare)
        self._counting = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._counting.timeout.connect(self._count)
        for signal in (self._desk.changed, self._desk.removed, self._desk.reset):
            signal.connect(self._on_changed)

    # ---- going on
    def start(self, photo_id: int | None = None) -> None:
        """Begin with this photo, or with the first that has no item."""
        self.round.begin(photo_id)
        self._prepare()
        self._show()

    def _prepare(self) -> None:
        """Look at the names of all photos, some in each turn of the event loop."""
        if not self.round.prepare(PREPARED_AT_ONCE):
            self._preparing.start()
        elif self._preparing.isActive():
            self._preparing.stop()
            self._count()

    def choose(self, item: Item | None) -> None:
        """Say that the photos in scope are this item (None: none), and go on."""
        photos = self.round.in_scope(self.scopes.scope)
        if photos:
            self._desk.choose_item([photo.id for photo in photos], item)
            self.round.answer(photos)
            self._show()

    def skip(self) -> None:
        """Leave this photo for later."""
        self.round.skip()
        self._show()

    def back(self) -> None:
        """Go to the photo before."""
        self.round.back()
        self._show()

    def _on_changed(self, _told: object) -> None:
        before = self.round.current
        self.round.refresh()
        now = self.round.current
        if now is None or before is None or now.id != before.id:
            self._show()
        elif not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        """Take over how many photos there are now; while thousands move, only now and then."""
        if (now := self.round.current) is not None:
            self.scopes.offer(now, self.round.scopes(), keep=True)

    def _show(self) -> None:
        photo = self.round.current
        self.pages.setCurrentIndex(0 if photo is not None else 1)
        self.keys.setVisible(photo is not None)
        self.picture.show_photo(photo)
        if photo is None:
            self._show_done()
            return
        number, all_ = self.round.place
        self.question.setText(translate("Triage", "Which item is {name}?", name=photo.name))
        self.place.setText(translate("Triage", "{n} of {all}", n=number, all=all_))
        folder = str(photo.path.parent)
        self.facts.setText(" · ".join(part for part in (file_line(photo), folder) if part))
        self.scopes.offer(photo, self.round.scopes())
        self.panel.show_photo(photo)
        self.panel.view.setFocus()

    def _show_done(self) -> None:
        left = len(self.round.asking)
        self.done_title.setText(
            counted("Triage", "1 photo has no item yet", "{n} photos have no item yet", left)
            if left
            else translate("Triage", "Every photo has its answer")
        )
        self.left.setText(
            translate("Triage", "Photos without an item stay here and aren’t sent.")
            if left
            else translate("Triage", "Nothing is sent until you press Upload.")
        )
        self.again.setVisible(left > 0)
        (self.again if left else self.close_button).setFocus()

    # ---- keys
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the list's keys before it moves by letters."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched is self.panel.view and self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        key, search = event.key(), self.panel.field
        commands = self._commands()
        # With Shift no letter is a command: names begin with capitals.
        if not held and key in commands:
            commands[key]()
        # These two are reached with Shift on some keyboards.
        elif key == Qt.Key.Key_Slash:
            search.setFocus()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.panel.take(key - Qt.Key.Key_0)
        elif event.text().isalpha():
            search.setFocus()
            search.insert(event.text())
            search.textEdited.emit(search.text())
        else:
            return False
        return True

    def _commands(self) -> dict[int, Callable[[], None]]:
        return {
            Qt.Key.Key_S: self.skip,
            Qt.Key.Key_A: self.scopes.step,
            Qt.Key.Key_N: self.panel.make_new,
            Qt.Key.Key_Backspace: self.back,
            Qt.Key.Key_Return: self.panel.take_current,
            Qt.Key.Key_Enter: self.panel.take_current,
            Qt.Key.Key_Down: lambda: self.panel.move_by(1),
            Qt.Key.Key_Up: lambda: self.panel.move_by(-1),
        }

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the size."""
        super().hideEvent(event)
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
