"""A label that is an icon. Not among the others: the first paint does without."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from uploader.ui.theme import Role, Theme


class IconLabel(QWidget):
    """A tinted icon. It has no name: the words beside it say the same."""

    SPOKEN_ROLE = QAccessible.Role.Graphic

    def __init__(self, theme: Theme, icon: str, role: Role, size: int = 16) -> None:
        super().__init__()
        self._theme, self._icon, self._role, self._size = theme, icon, role, size
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def show_icon(self, icon: str, role: Role) -> None:
        """Change the icon and its colour; an empty name shows none."""
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon at the device's ratio."""
        if self._icon:
            ratio = self.devicePixelRatioF()
            pixmap = self._theme.pixmap(self._icon, self._role, ratio, self._size)
            QPainter(self).drawPixmap(0, 0, pixmap)
