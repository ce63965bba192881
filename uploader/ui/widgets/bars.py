"""The lines at the bottom: progress of the batch, the offline line."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from uploader.background.values import Connection, Link, Totals
from uploader.ui import numbers
from uploader.ui.phrasebook import say
from uploader.ui.text import counted, translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import ElidedLabel, label

HEIGHT = 40


class Bar(QWidget):
    """A progress bar 6 pixels high."""

    SPOKEN_ROLE = QAccessible.Role.ProgressBar

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share, self._halted = theme, 0.0, False
        self.setFixedSize(160, 6)
        self.setAccessibleName(translate("Bottom", "Photos live"))
        theme.changed.connect(self.update)

    def show_share(self, share: float, halted: bool) -> None:
        """Show a share from 0 to 1; grey where nothing moves."""
        self._share, self._halted = share, halted
        self.update()

    def spoken_value(self) -> str:
        """Give the share to a screen reader."""
        return numbers.percent(self._share)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(self._theme.colour(Role.TRACK))
        painter.drawRoundedRect(whole, 3, 3)
        whole.setWidth(max(6.0, whole.width() * self._share) if self._share else 0.0)
        painter.setBrush(self._theme.colour(Role.FIELD if self._halted else Role.ACCENT))
        painter.drawRoundedRect(whole, 3, 3)


class BottomBar(QFrame):
    """Photos done of total, bytes to go, speed, time left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self.setFixedHeight(HEIGHT)
        self.bar = Bar(theme)
        self._done, self._total = label("", "label"), label("")
        self._to_go, self._rate = label("", "secondary-base"), label("", "secondary-base")
        self._dots = [label("·", "faint") for _ in range(2)]
        self._left = label("")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self.bar)
        row.addSpacing(12)
        row.addWidget(self._done)
        row.addWidget(self._total)
        row.addStretch(1)
        first, second = self._dots
        for widget in (self._to_go, first, self._rate, second, self._left):
            if widget in self._dots:
                widget.setContentsMargins(12, 0, 12, 0)
            row.addWidget(widget)
        self._totals, self._away, self._paused = Totals(), False, False

    def show_totals(self, totals: Totals) -> None:
        """Take the batch's numbers over."""
        self._totals = totals
        self._update()

    def show_connection(self, connection: Connection) -> None:
        """Turn grey and say nothing of speed while nothing can be sent."""
        self._away = connection.link in (Link.OFFLINE, Link.SIGNED_OUT)
        self._update()

    def show_paused(self, paused: bool) -> None:
        """Do the same while the person wants nothing sent."""
        self._paused = paused
        self._update()

    def _update(self) -> None:
        totals, halted = self._totals, self._away or self._paused
        share = totals.live / totals.photos if totals.photos else 0.0
        self.bar.show_share(share, halted)
        self._done.setText(self.locale().toString(totals.live))
        text = counted("Bottom", " of {n} photo live", " of {n} photos live", totals.photos)
        self._total.setText(text)
        to_go = numbers.size(totals.bytes_to_go)
        self._to_go.setText(translate("Bottom", "{size} to go", size=to_go))
        self._rate.setText(numbers.rate(totals.rate))
        left = totals.seconds_left
        if left is not None:
            text = translate("Bottom", "about {time} left", time=numbers.duration(left))
            self._left.setText(text)
        moving = totals.rate > 0 and not halted
        self._to_go.setVisible(totals.bytes_to_go > 0)
        for widget in (self._dots[0], self._rate):
            widget.setVisible(totals.bytes_to_go > 0 and moving)
        for widget in (self._dots[1], self._left):
            widget.setVisible(totals.bytes_to_go > 0 and moving and left is not None)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room, rather than half of it."""
        super().resizeEvent(event)
        self._update()

    def _fit(self) -> None:
        """Let go in turn of the speed, of what is to go, and of the time left."""
        first, second = self._dots
        for group in ((first, self._rate), (self._to_go, second), (self._left,)):
            if self._row.minimumSize().width() <= self.width():
                return
            for widget in group:
                widget.hide()


class OfflineBar(QFrame):
    """Says since when, how many wait, why, and when the next try is. Signals: `try_now()`."""

    try_now = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setMinimumHeight(HEIGHT)
        self._since, self._waiting = label("", "label"), ElidedLabel()
        self._next, self._why = label("", "detail"), label("", "secondary")
        # Whole, in lines of its own: here may stand what the person can do about it.
        self._why.setWordWrap(True)
        self._why.setContentsMargins(0, 0, 0, 6)
        self._button = push_button(translate("Offline", "Try now"), "small")
        self._button.clicked.connect(self.try_now)
        self._lay_out(IconLabel(theme, "offline", Role.TEXT))
        self._connection, self._count, self._paused = Connection(), 0, False
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._update)
        self.hide()

    def _lay_out(self, icon: IconLabel) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._since)
        line.addWidget(self._waiting, 1)
        line.addWidget(self._next)
        line.addSpacing(12)
        line.addWidget(self._button)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(icon, 0, 0)
        grid.addLayout(line, 0, 1)
        grid.addWidget(self._why, 1, 1)
        grid.setRowMinimumHeight(0, HEIGHT - 1)
        grid.setColumnStretch(1, 1)

    def show_connection(self, connection: Connection) -> None:
        """Appear while offline."""
        self._connection = connection
        why = (say(connection.title), say(connection.detail))
        self._why.setText(". ".join(part for part in why if part))
        self._why.setVisible(any(why))
        self._update()
        self.setVisible(connection.link is Link.OFFLINE)

    def show_totals(self, totals: Totals) -> None:
        """Say how many photos wait."""
        self._count = totals.waiting
        self._update()

    def show_paused(self, paused: bool) -> None:
        """Promise nothing that the person has paused."""
        self._paused = paused
        self._update()

    def _update(self) -> None:
        since = numbers.clock(self._connection.since, with_seconds=False)
        self._since.setText(translate("Offline", "Offline since {time}.", time=since))
        self._waiting.setText(self._what_waits() if self._count else "")
        seconds = self._connection.next_try - time.time()
        text = translate("Offline", "Next try in {time}", time=numbers.duration(max(1.0, seconds)))
        self._next.setText(text if seconds > 0 else translate("Offline", "Trying…"))

    def _what_waits(self) -> str:
        if self._paused:
            return counted(
                "Offline",
                "1 photo waits until you resume.",
                "{n} photos wait until you resume.",
                self._count,
            )
        return counted(
            "Offline",
            "1 photo waits and will be sent by itself.",
            "{n} photos wait and will be sent by themselves.",
            self._count,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Count down while it can be seen."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still."""
        super().hideEvent(event)
        self._clock.stop()
