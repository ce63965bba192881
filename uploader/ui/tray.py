"""The icon in the system's tray: how the batch stands, and what to do while the window is away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSettings, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from uploader.background.desk import Desk
from uploader.background.values import Totals
from uploader.ui.batch_news import BatchNews
from uploader.ui.models.groups import Group
from uploader.ui.remembered import NOTIFY, is_on
from uploader.ui.resources import resource
from uploader.ui.single.front import bring_forward
from uploader.ui.text import counted, translate
from uploader.ui.theme import Role, Theme

SIDE = 64
STEPS = 20
"""Lengths that the bar in the icon can have: no new icon for every photo."""
MESSAGE_MS = 10_000


class Tray(QObject):
    """Made after the first paint. `pause` pauses or resumes, `leave` ends the program.

    Where the desktop has no tray there is no icon; news then let the window's entry in the task
    bar ask for attention.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        *,
        pause: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._settings = window, theme, settings
        self._shown: tuple[int, bool] | None = None
        self._done, self._asking = 0, False
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu(window)
        self._state = self.menu.addAction("")
        self._state.setEnabled(False)
        self.menu.addSeparator()
        self._entry(translate("Tray", "Open"), self.open)
        self.pause = self._entry(translate("Tray", "Pause"), pause)
        self._entry(translate("Tray", "Quit"), leave)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.open)
        news = BatchNews(desk, self)
        news.told.connect(self.tell)
        desk.totals_changed.connect(self.show_totals)
        desk.paused_changed.connect(self.show_paused)
        theme.changed.connect(self._draw)
        self.show_totals(Totals())
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    @property
    def is_there(self) -> bool:
        """Whether the program can be reached by it while the window is away."""
        return self.icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def open(self) -> None:
        """Bring the window to the front."""
        bring_forward(self._window)

    def send_away(self) -> None:
        """Hide the window; until it is shown the program goes on, whichever window closes."""
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.hide()

    def close(self) -> None:
        """Take the icon away."""
        self.icon.hide()

    def tell(self, sentence: str) -> None:
        """Say something to a person who doesn't look at the window."""
        if self._window.isActiveWindow() or not is_on(self._settings, NOTIFY):
            return
        if self.is_there and QSystemTrayIcon.supportsMessages():
            self.icon.showMessage("Store Uploader", sentence, self.icon.icon(), MESSAGE_MS)
        else:
            QApplication.alert(self._window)

    def show_totals(self, totals: Totals) -> None:
        """Say how many photos are live, and show it as a bar while some are on their way."""
        words = translate("Tray", "No photos")
        if totals.photos:
            words = counted(
                "Tray",
                "{live} of {n} photo live",
                "{live} of {n} photos live",
                totals.photos,
                live=self._window.locale().toString(totals.live),
            )
        self._state.setText(words)
        self.icon.setToolTip(f"Store Uploader\n{words}")
        moving = totals.waiting > 0 and totals.photos > 0
        self._done = 1 + STEPS * totals.live // totals.photos if moving else 0
        self._draw()

    def show_counts(self, counts: dict[Group, int]) -> None:
        """Show by a dot whether something needs the person."""
        self._asking = counts[Group.ATTENTION] > 0
        self._draw()

    def show_paused(self, paused: bool) -> None:
        """Turn Pause into Resume and back."""
        words = translate("Tray", "Resume") if paused else translate("Tray", "Pause")
        self.pause.setText(words)

    def _entry(self, words: str, act: Callable[[], object]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open()

    def _draw(self) -> None:
        """Draw the program's icon with the bar and the dot, where they have changed."""
        wanted = (self._done, self._asking)
        if wanted == self._shown:
            return
        self._shown = wanted
        pixmap = QIcon(str(resource("icons", "app.svg"))).pixmap(SIDE, SIDE)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._done:
            self._bar(painter)
        if self._asking:
            self._dot(painter)
        painter.end()
        self.icon.setIcon(QIcon(QPixmap(pixmap)))

    def _bar(self, painter: QPainter) -> None:
        painter.setBrush(self._theme.colour(Role.TRACK))
        painter.drawRoundedRect(QRectF(4, 50, 56, 10), 5, 5)
        painter.setBrush(self._theme.colour(Role.LIVE))
        painter.drawRoundedRect(QRectF(4, 50, max(10.0, 56.0 * (self._done - 1) / STEPS), 10), 5, 5)

    def _dot(self, painter: QPainter) -> None:
        painter.setBrush(self._theme.colour(Role.BASE))
        painter.drawEllipse(QRectF(38, 0, 26, 26))
        painter.setBrush(self._theme.colour(Role.WARNING))
        painter.drawEllipse(QRectF(41, 3, 20, 20))
