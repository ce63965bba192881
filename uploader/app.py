"""The window's composition root: puts desk, previews and window together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from uploader import __version__
from uploader.background.darkroom.client import Darkroom
from uploader.background.desk import Desk
from uploader.background.garbage import Garbage
from uploader.background.previews import Previews
from uploader.background.settings import Settings
from uploader.journal import journal
from uploader.paths import data_dir
from uploader.ui.language import speak
from uploader.ui.main_window import MainWindow
from uploader.ui.resources import resource
from uploader.ui.single.place import Place
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.single.message import Message

SWITCH = 0.0005
"""Seconds for which a worker keeps the interpreter when the window wants it.

Python's own 5 ms, times ten workers in a queue, is a stutter that one can see.
"""


@dataclass(slots=True)
class App:
    """The parts of a running app; `close` ends its work."""

    qt: QApplication
    desk: Desk
    darkroom: Darkroom
    previews: Previews
    window: MainWindow
    garbage: Garbage

    def close(self) -> None:
        """Stop quickly. Everything goes on at the next start."""
        self.window.close()
        self.desk.close()
        self.darkroom.close()
        self.previews.close()
        self.garbage.close()


def build(settings: Settings) -> App:
    """Put the app together; the window isn't shown yet and nothing has begun."""
    instance = QApplication.instance()
    qt = instance if isinstance(instance, QApplication) else QApplication(sys.argv[:1])
    qt.setApplicationName("store-uploader")
    qt.setApplicationDisplayName("Store Uploader")
    qt.setApplicationVersion(__version__)
    qt.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    sys.setswitchinterval(SWITCH)
    darkroom = Darkroom(settings.data / "previews")
    desk = Desk(settings, developer=darkroom)
    previews = Previews(developer=darkroom)
    desk.capabilities_changed.connect(lambda known: previews.use(known.styles, known.limits))
    remembered = _remembered(settings.data)
    speak(qt, str(remembered.value("language", "")))
    window = MainWindow(desk, previews, remembered, Theme(qt))
    garbage = Garbage()
    # Once the workers' modules are loaded too.
    desk.opened.connect(garbage.start)
    desk.opened.connect(previews.warm)
    return App(qt, desk, darkroom, previews, window, garbage)


def _remembered(data: Path) -> QSettings:
    """Give what the window keeps. Beside the outbox: a data folder holds all of the program."""
    return QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)


def run(data: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window, add `files`, and stay until it is closed; return the exit code.

    Where this folder has a window already, that one comes forward and gets the files: 0, or 1
    where it can't be reached.
    """
    settings, paths = Settings(data_dir(data)), [file.absolute() for file in files]
    place = Place(settings.data)
    if not place.take() and (code := _hand_over(place, paths, settings.data)) is not None:
        return code
    with journal(settings.data):
        app = build(settings)
        for opened in (app.desk.opened, app.desk.failed):
            # A window that can do no more than say why comes forward too.
            opened.connect(lambda *_: _receive(app, place))
        return show(app, (lambda: app.desk.add(paths)) if paths else None)


def _hand_over(place: Place, paths: Sequence[Path], data: Path) -> int | None:
    """Let the window that there is go on with it; None where it has gone meanwhile."""
    # Imported here, as most starts are the only one.
    from uploader.ui.single.second import Standing, hand_over  # noqa: PLC0415

    standing = hand_over(place, paths)
    if standing is Standing.UNHEARD:
        from uploader.ui.single.unheard import say_unheard  # noqa: PLC0415

        say_unheard(bool(paths), str(_remembered(data).value("language", "")))
        return 1
    return 0 if standing is Standing.HANDED_OVER else None


def _receive(app: App, place: Place) -> None:
    """Hear other starts from now on, until the window closes."""
    # Imported here, after the first paint: Qt's network part takes a while to load.
    from uploader.ui.single.front import bring_forward  # noqa: PLC0415
    from uploader.ui.single.reception import Reception  # noqa: PLC0415

    def heard(message: Message) -> None:
        bring_forward(app.window, message.token)
        if message.paths:
            app.desk.add(message.paths)

    # Without the lock another may be the first.
    if place.held and app.window.findChild(Reception) is None:
        reception = Reception(app.window)
        reception.asked.connect(heard)
        app.window.closing.connect(reception.close)
        reception.open(place.address)


def show(app: App, when_open: Callable[[], None] | None = None) -> int:
    """Show a built app and run it. `when_open` is called once the outbox is open."""
    if when_open is not None:
        app.desk.opened.connect(when_open)
    app.window.show()
    # After the first paint, so that the window is there before anything heavy is imported.
    QTimer.singleShot(0, app.desk.start)
    code = app.qt.exec()
    app.close()
    return code
