"""The window as it is there first: all that is seen of it before anything else is loaded."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from uploader.ui.remembered import GUIDED, is_on
from uploader.ui.theme import Theme
from uploader.ui.widgets.empty import EmptyState
from uploader.ui.widgets.toolbar import Toolbar

SIZE = (1200, 760)
LEAST = (720, 420)
FRAME = QSize(16, 48)
"""What a desktop puts around a window, at most."""
UNSEEN_MS = 1500
"""A window that is shown where nobody sees it (minimized, in the tray) isn't painted."""


class Threshold(QMainWindow):
    """Toolbar and invitation, of the size that the window had last. `MainWindow` makes it whole.

    What Qt calls (`closeEvent` and the like) stands here too if `MainWindow` has it: PySide notes
    for each window, at the first call, what there is none of.

    Signals: `closing()` once the person quits, before the window goes; `painted()` once, after
    it was painted first.
    """

    closing = Signal()
    painted = Signal()

    def __init__(self, settings: QSettings, theme: Theme) -> None:
        super().__init__()
        self.settings, self.theme = settings, theme
        self._seen = False
        self.setWindowTitle("Store Uploader")
        self.setMinimumSize(*LEAST)
        self.resize(first_size(self._room()))
        if scheme := str(settings.value("scheme", "")):
            theme.set_scheme(scheme)
        self.toolbar, self.empty = Toolbar(theme), EmptyState(theme)
        # Whoever has signed in before knows the way.
        self.empty.guide(not (is_on(settings, GUIDED) or settings.value("address")))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        whole = QWidget()
        self.column = column(whole)
        self.column.addWidget(self.toolbar)
        self.column.addWidget(self.pages, 1)
        self.setCentralWidget(whole)
        # Nothing has the ring before the person uses the keyboard.
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pages.setFocus()
        self.pages.setAccessibleName(self.windowTitle())
        geometry = settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _room(self) -> QSize:
        """Give what the screen has for a window and its frame."""
        # What is drawn nowhere has a screen in name only.
        nowhere = QGuiApplication.platformName() in {"offscreen", "minimal"}
        return QSize(*SIZE) + FRAME if nowhere else self.screen().availableSize()

    def go_on_unseen(self) -> None:
        """Count as painted without being shown, once the event loop runs."""
        QTimer.singleShot(0, self, self._see)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on after a while also where it isn't painted; from now on closing it quits."""
        super().showEvent(event)
        # Here, as not only the tray brings it back: another start does, and what it has to say.
        QApplication.setQuitOnLastWindowClosed(True)
        if not self._seen:
            QTimer.singleShot(UNSEEN_MS, self, self._see)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note the first time, once all of it has been drawn."""
        super().paintEvent(event)
        if not self._seen:
            QTimer.singleShot(0, self, self._see)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Do as Qt does."""
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do as Qt does."""
        self.closing.emit()
        super().closeEvent(event)

    def _see(self) -> None:
        if not self._seen:
            self._seen = True
            self.painted.emit()


def first_size(room: QSize) -> QSize:
    """Give the size of a window that was never sized: the design's, or what `room` has."""
    return QSize(*SIZE).boundedTo(room - FRAME).expandedTo(QSize(*LEAST))


def column(widget: QWidget) -> QVBoxLayout:
    """Lay a widget's parts out from top to bottom, without gaps."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made
