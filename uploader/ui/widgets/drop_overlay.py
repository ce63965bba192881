"""What lies over the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from uploader.ui.offers import Offer
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.labels import label

CARD = (576, 120)


class DropOverlay(QWidget):
    """Never takes the drop itself: the window does."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window = theme, parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card = QFrame(self)
        card.setObjectName("drop-card")
        card.setFixedWidth(CARD[0])
        card.setMinimumHeight(CARD[1])
        self.title, self.detail = label("", "heading"), label("", "secondary-base")
        column = QVBoxLayout(card)
        column.setSpacing(2)
        column.addStretch(1)
        for part in (self.title, self.detail):
            part.setWordWrap(True)
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 32)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def show_offer(self, offer: Offer) -> None:
        """Cover the window and say what a drop would do."""
        self.show_words(offer.title, offer.detail)

    def show_words(self, title: str, detail: str) -> None:
        """Cover the window with a card of a title and a sentence."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Wash the window out and frame it."""
        painter = QPainter(self)
        wash = self._theme.colour(Role.WASH)
        wash.setAlphaF(0.88)
        painter.fillRect(self.rect(), wash)
        painter.setPen(QPen(self._theme.colour(Role.ACCENT), 3))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
