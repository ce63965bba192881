"""The first start's three steps, in the empty window: what is done, what comes now and then."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.labels import label

WIDTH = 400
SIDE = 26


class _Number(QWidget):
    """A step's number in a circle; a tick once it is done."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._done, self._now = False, False
        self.setFixedSize(QSize(SIDE, SIDE))
        theme.changed.connect(self.update)

    def show_standing(self, done: bool, now: bool) -> None:
        """Show whether the step is done, or is the one that comes now."""
        self._done, self._now = done, now
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle and number, or the tick of what is confirmed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._done:
            pixmap = self._theme.pixmap("live", Role.LIVE, self.devicePixelRatioF(), 20)
            painter.drawPixmap(3, 3, pixmap)
            return
        painter.setPen(self._theme.colour(Role.ACCENT if self._now else Role.FIELD))
        painter.setBrush(self._theme.colour(Role.WASH if self._now else Role.BASE))
        painter.drawEllipse(QRectF(0.5, 0.5, SIDE - 1, SIDE - 1))
        painter.setFont(self._theme.small_strong)
        painter.setPen(self._theme.colour(Role.ACCENT if self._now else Role.TEXT_2))
        number = self.locale().toString(self._number)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, number)


class FirstSteps(QWidget):
    """Connect the store, drop photos, upload."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._numbers: list[_Number] = []
        self._titles: list[QLabel] = []
        self._hints: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self.setMinimumWidth(WIDTH)
        self._add(
            translate("FirstSteps", "Connect your store"),
            translate("FirstSteps", "Its address, and your e-mail and password there."),
        )
        self._add(
            translate("FirstSteps", "Drop photos or folders here"),
            translate("FirstSteps", "Named after a SKU or a title, they find their items."),
        )
        self._add(
            translate("FirstSteps", "Press Upload"),
            translate("FirstSteps", "A photo turns green when the shop really shows it."),
        )
        self.show_connected("")

    def _add(self, title: str, hint: str) -> None:
        row = 3 * len(self._titles)
        number = _Number(self._theme, len(self._titles) + 1)
        name = label(title)
        self._grid.addWidget(number, row, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, row, 1)
        self._hints.append(label(hint, "secondary"))
        self._grid.addWidget(self._hints[-1], row + 1, 1)
        self._grid.setRowMinimumHeight(row + 2, 18)
        self._numbers.append(number)
        self._titles.append(name)

    def show_connected(self, store: str) -> None:
        """Show how far one has come: with the store's name, it is connected."""
        now = 1 if store else 0
        title = translate("FirstSteps", "Connect your store")
        hint = translate("FirstSteps", "Its address, and your e-mail and password there.")
        if store:
            title = translate("FirstSteps", "Connected to {store}", store=store)
            hint = translate("FirstSteps", "Photos find their items in its catalogue.")
        self._titles[0].setText(title)
        self._hints[0].setText(hint)
        for place, (number, name) in enumerate(zip(self._numbers, self._titles, strict=True)):
            number.show_standing(place < now, place == now)
            name.setFont(self._theme.strong if place == now else self._theme.base)
