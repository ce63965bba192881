"""Fields for a limit, a time of day and a place in a row, without the little arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTime
from PySide6.QtGui import QWheelEvent
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


class _Room(QObject):
    """Gives the text of a field its room again whenever Qt puts it elsewhere.

    Where a style sheet draws the frame, Qt leaves no room beside buttons that aren't there.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = self.parent()
        if event.type() in _PLACED and isinstance(watched, QLineEdit):
            assert isinstance(field, QAbstractSpinBox)
            watched.setGeometry(field.rect().adjusted(PADDING, 2, -PADDING, -2))
        return False


_PLACED = (QEvent.Type.Move, QEvent.Type.Resize)


def _prepare(field: QAbstractSpinBox, name: str) -> None:
    field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    field.setKeyboardTracking(False)
    field.setAccessibleName(name)
    editor = field.findChild(QLineEdit)
    assert editor is not None
    editor.installEventFilter(_Room(field))
