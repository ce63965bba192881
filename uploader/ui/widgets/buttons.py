"""Buttons of the toolbar and beside it, painted to the design's measures."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from uploader.ui.theme import Role, Theme

HEIGHT = 32
PADDING = 12
GAP = 8
ICON = 16


class ToolButton(QToolButton):
    """An icon and words. `compact` leaves the words to the tooltip and the screen reader."""

    def __init__(
        self, theme: Theme, icon: str, text: str, *, accent: bool = False, compact: bool = False
    ) -> None:
        super().__init__()
        self._theme, self.icon_name, self.accent = theme, icon, accent
        self.ink = Role.ON_ACCENT if accent else Role.TEXT
        self.setProperty("accent", accent)
        self.setFont(theme.strong if accent else theme.base)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.compact = compact
        self.say(text)
        theme.changed.connect(self.update)

    def say(self, text: str, tip: str = "") -> None:
        """Change the words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip or (text if self.compact else ""))
        self.updateGeometry()

    def set_compact(self, compact: bool) -> None:
        """Show or hide the words."""
        if compact != self.compact:
            self.compact = compact
            self.setToolTip(self.accessibleName() if compact else "")
            self.updateGeometry()

    def set_icon_name(self, icon: str) -> None:
        """Change the icon."""
        self.icon_name = icon
        self.update()

    def full_width(self, compact: bool = False) -> int:
        """Give the width that the button needs, with or without its words."""
        if compact:
            return HEIGHT
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return 2 * PADDING + ICON + GAP + text

    def sizeHint(self) -> QSize:
        """Fit the content."""
        return QSize(self.full_width(self.compact), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Leave icon and words to us: the style draws the ground alone."""
        super().initStyleOption(option)
        option.text, option.icon = "", QIcon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the style's ground, then icon and words at the design's distances."""
        super().paintEvent(event)
        self.draw_content(QPainter(self))

    def draw_content(self, painter: QPainter) -> None:
        """Draw icon and words."""
        role = self.ink if self.isEnabled() else Role.DISABLED
        if self.isCheckable() and self.isChecked():
            role = Role.ACCENT
        x = (self.width() - ICON) // 2 if self.compact else PADDING
        self.draw_icon(painter, self.icon_name, role, x)
        if not self.compact:
            painter.setFont(self.font() if self.isEnabled() else self._theme.base)
            painter.setPen(self._theme.colour(role))
            where = QRect(PADDING + ICON + GAP, 0, self.width(), self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.text())

    def draw_icon(self, painter: QPainter, icon: str, role: Role, x: int, size: int = 16) -> None:
        """Draw an icon in the middle of the height."""
        pixmap = self._theme.pixmap(icon, role, self.devicePixelRatioF(), size)
        painter.drawPixmap(QPoint(x, (self.height() - size) // 2), pixmap)


class StoreButton(ToolButton):
    """The store's name with its status dot; opens the profile menu."""

    def __init__(self, theme: Theme) -> None:
        self._dot, self._dot_role, self._word = "offline-dot", Role.TEXT_2, ""
        super().__init__(theme, "down", "")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def show_store(self, name: str, word: str, dot: str, role: Role) -> None:
        """Show a name, a word for how it stands, and a dot."""
        self._dot, self._dot_role, self._word = dot, role, word
        self.setText(name)
        self.setAccessibleName(f"{name}, {word}" if word else name)
        self.updateGeometry()
        self.update()

    def full_width(self, compact: bool = False) -> int:
        """Give the width that name and word need."""
        name = QFontMetrics(self._theme.strong).horizontalAdvance(self.text())
        word = QFontMetrics(self._theme.base).horizontalAdvance(self._word)
        word = 7 + word if self._word and not compact else 0
        return PADDING + 16 + name + word + 5 + ICON + 9

    def draw_content(self, painter: QPainter) -> None:
        """Draw dot, name, word and arrow."""
        self.draw_icon(painter, self._dot, self._dot_role, PADDING, 8)
        x, height = PADDING + 16, self.height()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.strong)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(QRect(x, 0, self.width(), height), middle, self.text())
        self.draw_icon(painter, "down", Role.TEXT_2, self.width() - ICON - 9)
        if self.compact:
            return
        x += QFontMetrics(self._theme.strong).horizontalAdvance(self.text()) + 7
        painter.setFont(self._theme.base)
        painter.setPen(self._theme.colour(Role.TEXT_2))
        painter.drawText(QRect(x, 0, self.width(), height), middle, self._word)


class MenuButton(ToolButton):
    """Quiet words with an arrow after them; opens a menu."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, "down", text)
        self.setFont(theme.small)
        self.ink = Role.TEXT_2
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def full_width(self, compact: bool = False) -> int:
        """Give the width of words and arrow."""
        if compact:
            return 24
        return 8 + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 4 + ICON + 4

    def draw_content(self, painter: QPainter) -> None:
        """Draw words and arrow."""
        self.draw_icon(painter, "down", self.ink, self.width() - ICON - 4)
        if self.compact:
            return
        painter.setFont(self.font())
        painter.setPen(self._theme.colour(self.ink))
        where = QRect(8, 0, self.width(), self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.text())


def push_button(text: str, kind: str = "", parent: QWidget | None = None) -> QPushButton:
    """Make a push button; `kind` is "accent", "small", "link" or nothing."""
    button = QPushButton(text, parent)
    if kind:
        button.setProperty(kind, True)
    button.setAutoDefault(False)
    return button
