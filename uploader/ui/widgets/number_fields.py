"""Fields for a limit, a time of day and a place in a row, without the little arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTime
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
)

from uploader.ui.text import translate

PADDING = 8
FASTEST = 10_000.0
"""Mbit/s that can be typed."""


class LimitField(QDoubleSpinBox):
    """Mbit/s; 0 stands for no limit."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(0, FASTEST)
        self.setDecimals(1)
        self.setSpecialValueText(translate("Settings", "No limit"))
        self.setSuffix(" " + translate("Settings", "Mbit/s"))
        _prepare(self, name)
        self.setFixedWidth(136)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text its room."""
        super().resizeEvent(event)
        _fit(self, self.lineEdit())

    def changeEvent(self, event: QEvent) -> None:
        """Give the text its room under another style sheet too."""
        super().changeEvent(event)
        _fit(self, self.lineEdit())


class PlaceNumber(QSpinBox):
    """A place from 1; 0 stands for the last. Scrolling over it doesn't change it."""

    def __init__(self, name: str, last: int) -> None:
        super().__init__()
        self.setRange(0, last)
        self.setSpecialValueText(translate("PlaceField", "Last"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        _prepare(self, name)
        self.setFixedWidth(72)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Count only with the keyboard on it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text its room."""
        super().resizeEvent(event)
        _fit(self, self.lineEdit())

    def changeEvent(self, event: QEvent) -> None:
        """Give the text its room under another style sheet too."""
        super().changeEvent(event)
        _fit(self, self.lineEdit())


class TimeField(QTimeEdit):
    """A time of day in the person's own way of writing it; `minutes` of the day."""

    def __init__(self, name: str, minutes: int) -> None:
        super().__init__(QTime(minutes // 60, minutes % 60))
        self.setDisplayFormat(self.locale().timeFormat(self.locale().FormatType.ShortFormat))
        _prepare(self, name)
        self.setFixedWidth(96)

    @property
    def minutes(self) -> int:
        """What stands in the field."""
        return self.time().hour() * 60 + self.time().minute()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text its room."""
        super().resizeEvent(event)
        _fit(self, self.lineEdit())

    def changeEvent(self, event: QEvent) -> None:
        """Give the text its room under another style sheet too."""
        super().changeEvent(event)
        _fit(self, self.lineEdit())


def _prepare(field: QAbstractSpinBox, name: str) -> None:
    field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    field.setKeyboardTracking(False)
    field.setAccessibleName(name)


def _fit(field: QAbstractSpinBox, editor: QLineEdit | None) -> None:
    # Where a style sheet draws the frame, Qt leaves no room beside buttons that aren't there.
    if editor is not None:
        editor.setGeometry(field.rect().adjusted(PADDING, 2, -PADDING, -2))
