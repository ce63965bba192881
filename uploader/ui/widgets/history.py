"""What happened to a photo, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uploader.domain.photos import Event
from uploader.ui.delegates.lines import Lines
from uploader.ui.numbers import clock
from uploader.ui.phrasebook import say
from uploader.ui.theme import Role, Theme

LINE = 18
DOT_X = 67.5
TEXT_GAP = 16.5
TIME_GAP = 14
LATE = 86_399.0
"""A time with as many digits as there are, in any zone with whole hours."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class History(QWidget):
    """A line an event, the newest in bold with an accent dot."""

    SPOKEN_ROLE = QAccessible.Role.StaticText

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._events = theme, list[Event]()
        self._line = round(LINE * theme.scale)
        self._small, self._strong = Lines(theme.small), Lines(theme.small_strong)
        # A time may be longer than in the pictures: 10:42:10 PM.
        longest = self._small.width(clock(LATE)) + TIME_GAP * theme.scale
        self._dot_x = max(DOT_X * theme.scale, longest)
        self._text_x = round(self._dot_x + TEXT_GAP * theme.scale)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show events, newest first."""
        self._events = [replace(event, text=say(event.text)) for event in events]
        self.setFixedHeight(max(1, len(events)) * self._line)
        said = ", ".join(f"{clock(event.at)} {event.text}" for event in self._events)
        self.setAccessibleName(said)
        self.setToolTip("\n".join(event.text for event in self._events))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw times, dots and sentences."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, last = self._theme.colour, len(self._events) - 1
        painter.setPen(colour(Role.THUMB))
        if last > 0:
            painter.drawLine(
                QPointF(self._dot_x, self._line / 2),
                QPointF(self._dot_x, last * self._line + self._line / 2),
            )
        for number, event in enumerate(self._events):
            top, newest = number * self._line, number == 0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(Role.ACCENT if newest else Role.THUMB))
            painter.drawEllipse(QPointF(self._dot_x, top + self._line / 2), 3.5, 3.5)
            painter.setFont(self._theme.small)
            painter.setPen(colour(Role.TEXT_2))
            painter.drawText(QRect(0, top, int(self._dot_x), self._line), _LEFT, clock(event.at))
            lines = self._strong if newest else self._small
            painter.setFont(lines.font)
            painter.setPen(colour(Role.TEXT))
            room = self.width() - self._text_x
            text = lines.elided(event.text, room)
            painter.drawText(QRect(self._text_x, top, room, self._line), _LEFT, text)
