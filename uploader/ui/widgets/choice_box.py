"""A box that offers a few values, painted to the design."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from uploader.ui.theme import Role, Theme

ICON = 16
HEIGHT = 34


class ChoiceBox(QComboBox):
    """`values` with the words for each; `value` is the chosen one."""

    def __init__(self, theme: Theme, values: Sequence[tuple[object, str]], name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        for value, words in values:
            self.addItem(words, value)
        self.setFixedHeight(max(HEIGHT, theme.line + 16))
        # A wheel that scrolls the page must not change what is set.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    @property
    def value(self) -> object:
        """The chosen value; of an enum of texts, its text."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Show a value without telling of it."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """Fit the longest words and the arrow."""
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())),
            default=0,
        )
        return QSize(max(96, widest + 12 + 8 + ICON + 12), self.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the style's frame, the words and the arrow."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.subControls = QStyle.SubControl.SC_ComboBoxFrame
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        on = self.isEnabled()
        painter.setFont(self.font())
        painter.setPen(self._theme.colour(Role.TEXT if on else Role.DISABLED))
        where = self.rect().adjusted(12, 0, -ICON - 16, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.currentText())
        role = Role.TEXT_2 if on else Role.DISABLED
        pixmap = self._theme.pixmap("down", role, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self.width() - ICON - 10, (self.height() - ICON) // 2), pixmap)
