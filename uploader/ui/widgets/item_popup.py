"""The popup under the item's field, which asks which item a photo is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from uploader.ui.delegates.choice import ChoiceDelegate
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.choices import CHOICE, ChoicesModel
from uploader.ui.text import translate
from uploader.ui.theme import SHADOW, Theme
from uploader.ui.widgets.labels import ElidedLabel, label

WIDTH = 431
SHADOW_ROOM = 20
MOST_VISIBLE = 4
"""Items shown at once; more scroll."""


class ItemPopup(QWidget):
    """Lies over the window as its child; the keyboard stays in the field.

    Signals: `chosen(QModelIndex)` a line was clicked.
    """

    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, pictures: ItemPictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.choices = ChoicesModel()
        frame = QFrame(self)
        frame.setObjectName("popup")
        self.title, self.place = ElidedLabel("label"), label("", "secondary")
        head = QHBoxLayout()
        head.setContentsMargins(16, 11, 16, 7)
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        self.view = QListView()
        self.view.setObjectName("choices")
        self.view.setAccessibleName(translate("ItemPopup", "Items"))
        self.view.setModel(self.choices)
        self.delegate = ChoiceDelegate(theme, pictures, self.view)
        pictures.arrived.connect(self.view.viewport().update)
        self.view.setItemDelegate(self.delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self.chosen)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)
        self._foot = self._make_foot()
        column.addWidget(self._foot)
        whole = QVBoxLayout(self)
        room = SHADOW_ROOM
        whole.setContentsMargins(room, room - 6, room, room + 6)
        whole.addWidget(frame)

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("popup-foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 7, 11, 8)
        row.setSpacing(0)
        for keys, words in (
            (("↑", "↓"), translate("ItemPopup", "move")),
            ((translate("ItemPopup", "Enter"),), translate("ItemPopup", "choose")),
            ((translate("ItemPopup", "Shift+Enter"),), translate("ItemPopup", "and next")),
            ((translate("ItemPopup", "Esc"),), translate("ItemPopup", "close")),
        ):
            if row.count():
                row.addStretch(1)
            for key in keys:
                shown = label(key, "key")
                shown.setIndent(0)
                row.addWidget(shown)
                row.addSpacing(5)
            row.addWidget(label(words, "secondary"))
        return foot

    # ---- what it shows
    def fit(self, field: QRect) -> None:
        """Stand under the field (its place in the parent), or above where there is no room."""
        height = self._height() + 2 * SHADOW_ROOM
        bounds = self._window.rect()
        # Wider where another language's words or a larger font need it: keys are never cut.
        width = max(WIDTH, self._foot.sizeHint().width() + 8)
        x = min(field.x(), bounds.right() - width - 8)
        below = field.bottom() + 36 - SHADOW_ROOM + 6
        above = field.y() - height + SHADOW_ROOM + 2
        y = below if below + height < bounds.height() + SHADOW_ROOM or above < 0 else above
        self.setGeometry(max(8, x) - SHADOW_ROOM, y, width + 2 * SHADOW_ROOM, height)

    def _height(self) -> int:
        """Give the frame's height: no more than a few items at once."""
        count = self.choices.rowCount()
        heights = [self.view.sizeHintForRow(row) for row in range(count)]
        commands = sum(1 for row in range(count) if self._is_command(row))
        items = heights[: count - commands]
        inner = sum(items[:MOST_VISIBLE]) + sum(heights[count - commands :]) + 6
        self.view.setFixedHeight(inner)
        return inner + 38 + self._foot.sizeHint().height() + 2

    def _is_command(self, row: int) -> bool:
        return bool(self.choices.index(row).data(CHOICE).is_command)

    def current(self) -> QModelIndex:
        """Give the line that Enter takes; invalid as long as nobody moved to one."""
        return self.view.currentIndex()

    def move_by(self, by: int) -> None:
        """Move with the arrow keys, round the ends."""
        count = self.choices.rowCount()
        row = self.current().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self.view.setCurrentIndex(self.choices.index(row))

    def clear_current(self) -> None:
        """Select nothing: what fits is shown, never guessed."""
        self.view.setCurrentIndex(QModelIndex())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow; the frame draws itself."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        frame = self.childrenRect().translated(QPoint(0, 6))
        steps = 12
        for step in range(steps):
            colour = QColor(SHADOW)
            colour.setAlphaF(SHADOW.alphaF() / steps * 0.9)
            painter.setBrush(colour)
            grown = 10 - 20 * step / steps
            area = QRectF(frame).adjusted(-grown, -grown, grown, grown)
            painter.drawRoundedRect(area, 8 + max(0, grown), 8 + max(0, grown))
