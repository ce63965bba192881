"""The filter chips with their counts, and the menu that sorts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QMenu

from uploader.ui.models.groups import Group
from uploader.ui.models.photos import Order
from uploader.ui.text import counted, translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import MenuButton, push_button

HEIGHT = 40
CHIP = 26
PADDING, EDGE = 11, 5
"""Beside the words, and what bold ones leave of it at least."""
GAP = 6


class Chip(QAbstractButton):
    """One filter: words, a count, and for what needs attention a sign."""

    def __init__(self, theme: Theme, text: str, *, warns: bool = False) -> None:
        super().__init__()
        self._theme, self.warns, self.count = theme, warns, 0
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(CHIP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Change the number; a chip with 0 stays."""
        self.count = count
        self.setAccessibleName(f"{self.text()}, {self._number()}")
        self._tell()
        self.updateGeometry()
        self.update()

    def _number(self) -> str:
        return self.locale().toString(self.count)

    @property
    def _sign(self) -> int:
        return 20 if self.warns else 0

    def sizeHint(self) -> QSize:
        """Fit words and count; as wide when chosen, so that nothing jumps."""
        plain = self._content(self._theme.small) + 2 * PADDING
        return QSize(max(plain, self._content(self._theme.small_strong) + 2 * EDGE), CHIP)

    def minimumSizeHint(self) -> QSize:
        """Let words be cut where the window is narrow, never the number."""
        least = QFontMetrics(self._theme.small).horizontalAdvance("…")
        return QSize(self.sizeHint().width() - self._words(self._theme.small) + least, CHIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell words that are cut."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(self.text() if cut else "")

    def _words(self, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(self.text())

    def _content(self, font: QFont) -> int:
        """Give the width of sign, words and count."""
        metrics = QFontMetrics(font)
        words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._number())
        return words + GAP + self._sign

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, chosen = self._theme.colour, self.isChecked()
        ground = Role.WASH if chosen else Role.HOVER if self.underMouse() else Role.BASE
        edge = Role.ACCENT if chosen or self.hasFocus() else Role.LINE
        painter.setPen(colour(edge))
        painter.setBrush(colour(ground))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, CHIP / 2 - 0.5, CHIP / 2 - 0.5)
        if chosen and self.hasFocus():
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), CHIP / 2 - 1, CHIP / 2 - 1)
        self._draw_words(painter, chosen)

    def _draw_words(self, painter: QPainter, chosen: bool) -> None:
        font = self._theme.small_strong if chosen else self._theme.small
        # Bold words are a little wider: they take their room from both sides.
        metrics, x = QFontMetrics(font), max(EDGE, (self.width() - self._content(font)) // 2)
        room = self.width() - 2 * EDGE - (self._content(font) - self._words(font))
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, room + 1))
        if self._sign:
            role = Role.ACCENT if chosen else Role.WARNING
            sign = self._theme.pixmap("attention", role, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(x - 2, 5), sign)
            x += self._sign
        painter.setFont(font)
        painter.setPen(self._theme.colour(Role.ACCENT if chosen else Role.TEXT))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(x, 0, self.width(), CHIP), middle, words)
        painter.setPen(self._theme.colour(Role.ACCENT if chosen else Role.TEXT_2))
        x += metrics.horizontalAdvance(words) + GAP
        painter.drawText(QRect(x, 0, self.width(), CHIP), middle, self._number())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()


class ChipsBar(QFrame):
    """Signals: `chosen(Group)`, `sorted(Order)`, `items_wanted()`."""

    chosen = Signal(object)
    sorted = Signal(object)
    items_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chips")
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 12, 0)
        self._row.setSpacing(GAP)
        self._buttons = QButtonGroup(self)
        self.chips = {
            group: Chip(theme, group.label, warns=group is Group.ATTENTION) for group in Group
        }
        for group, chip in self.chips.items():
            self._row.addWidget(chip)
            self._buttons.addButton(chip)
            chip.clicked.connect(lambda _=False, group=group: self.chosen.emit(group))
        self.chips[Group.ALL].setChecked(True)
        self._row.addStretch(1)
        self.asking = push_button("", "link")
        self.asking.setToolTip(translate("Chips", "Choose items one after the other (Ctrl+M)"))
        self.asking.clicked.connect(lambda _checked: self.items_wanted.emit())
        self.asking.hide()
        self._asking = 0
        self._row.addWidget(self.asking)
        self._row.addSpacing(8)
        self.sorting = MenuButton(theme, "")
        self.sorting.setFixedHeight(CHIP)
        self._row.addWidget(self.sorting)
        self._make_menu()

    def show_counts(self, counts: dict[Group, int], asking: int = 0) -> None:
        """Change the numbers, and lead to photos that need an item where there are several."""
        for group, chip in self.chips.items():
            if chip.count != counts[group]:
                chip.show_count(counts[group])
        self._asking = asking
        # A single one's row asks for itself.
        self.asking.setText(counted("Chips", "1 needs an item", "{n} need an item", asking))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the order's words go where the chips need their room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        chips = sum(chip.sizeHint().width() + GAP for chip in self.chips.values())
        room = self.width() - 28 - chips
        link = self.asking.sizeHint().width() + 8 + GAP if self._asking > 1 else 0
        fits = link > 0 and room - link >= self.sorting.full_width(compact=True)
        self.asking.setVisible(fits)
        self.sorting.set_compact(room - (link if fits else 0) < self.sorting.full_width())

    def choose(self, group: Group) -> None:
        """Press a chip."""
        self.chips[group].click()

    def _make_menu(self) -> None:
        menu, choices = QMenu(self), QActionGroup(self)
        for order, text in (
            (Order.ADDED, translate("Chips", "Order added")),
            (Order.NAME, translate("Chips", "File name")),
            (Order.STATUS, translate("Chips", "Status")),
        ):
            action = QAction(text, self, checkable=True, checked=order is Order.ADDED)
            action.triggered.connect(lambda _=False, o=order, t=text: self._sort(o, t))
            choices.addAction(action)
            menu.addAction(action)
        self.sorting.setMenu(menu)
        self._sort(Order.ADDED, translate("Chips", "Order added"))

    def _sort(self, order: Order, text: str) -> None:
        self.sorting.say(text)
        self.sorting.setAccessibleName(translate("Chips", "Sorted by {order}", order=text))
        self.sorted.emit(order)
