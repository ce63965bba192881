"""The search field, with its icon and a hint at its shortcut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme


class SearchField(QLineEdit):
    """Esc empties it; the next Esc goes back to the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hint = QKeySequence(QKeySequence.StandardKey.Find).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        self.setPlaceholderText(translate("Search", "Search"))
        self.setAccessibleName(translate("Search", "Search photos and items"))
        self.setToolTip(self.accessibleName())
        self.setFixedHeight(32)
        self.setObjectName("search")
        self.setTextMargins(24, 0, 0, 0)
        theme.changed.connect(self.update)

    def event(self, event: QEvent) -> bool:
        """Have Esc before the window's own shortcut has it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            ours = event.key() == Qt.Key.Key_Escape and bool(self.text())
        else:
            ours = False
        if ours:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc clear; on an empty field it is the window's."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the icon and the hint."""
        super().paintEvent(event)
        painter = QPainter(self)
        role = Role.TEXT_2 if self.isEnabled() else Role.DISABLED
        pixmap = self._theme.pixmap("search", role, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(11, 8), pixmap)
        room = self.width() - 36 - self.fontMetrics().horizontalAdvance(self.placeholderText())
        if not self.text() and not self.hasFocus() and room > 60:
            painter.setFont(self._theme.small)
            painter.setPen(self._theme.colour(role))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -11, 0), middle, self._hint)
