"""The window's composition root: puts desk, previews and window together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from uploader import __version__
from uploader.background.settings import Settings
from uploader.ui.language import speak
from uploader.ui.resources import resource
from uploader.ui.single.place import Place
from uploader.ui.theme import Theme, application
from uploader.ui.threshold import Threshold

if TYPE_CHECKING:
    from uploader.background.darkroom.client import Darkroom
    from uploader.background.desk import Desk
    from uploader.background.garbage import Garbage
    from uploader.background.previews import Previews
    from uploader.ui.main_window import MainWindow
    from uploader.ui.single.message import Message

# ruff: noqa: PLC0415 - only what the first paint shows is imported before it.

SWITCH = 0.0005
"""Seconds for which a worker keeps the interpreter when the window wants it.

Python's own 5 ms, times ten workers in a queue, is a stutter that one can see.
"""

DESKTOP_ENTRY = "io.github.store_uploader.StoreUploader"
"""The menu entry that the packages install, without its ending: by it a desktop knows whose a
window is."""


class App(NamedTuple):
    """The parts of a running app; `close` ends its work."""

    qt: QApplication
    desk: Desk
    darkroom: Darkroom
    previews: Previews
    window: MainWindow
    garbage: Garbage

    def close(self) -> None:
        """Stop quickly. Everything goes on at the next start."""
        self.window.leave()
        self.desk.close()
        self.darkroom.close()
        self.previews.close()
        self.garbage.close()
        # Now, not when Python lets go of it: by then a folder for one run alone is gone.
        self.window.settings.sync()


def threshold(settings: Settings) -> Threshold:
    """Make what is seen of the window first; nothing has begun."""
    instance = QApplication.instance()
    qt = instance if isinstance(instance, QApplication) else application()
    qt.setApplicationName("store-uploader")
    qt.setApplicationDisplayName("Store Uploader")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName(DESKTOP_ENTRY)
    sys.setswitchinterval(SWITCH)
    remembered = _remembered(settings.data)
    speak(qt, str(remembered.value("language", "")))
    return Threshold(remembered, Theme(qt))


def build(settings: Settings, window: Threshold | None = None) -> App:
    """Put the app together behind `window`, or one that isn't shown yet; nothing has begun."""
    window = window or threshold(settings)
    from PySide6.QtGui import QIcon

    from uploader.background.darkroom.client import Darkroom
    from uploader.background.desk import Desk
    from uploader.background.garbage import Garbage
    from uploader.background.previews import Previews
    from uploader.ui.main_window import MainWindow

    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    # After the first paint too: drawing it takes a plugin of Qt's.
    qt.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    darkroom = Darkroom(settings.data / "previews")
    desk = Desk(settings, developer=darkroom)
    previews = Previews(developer=darkroom)
    desk.capabilities_changed.connect(lambda known: previews.use(known.styles, known.limits))
    previews.unread.connect(desk.look_first)
    whole = MainWindow.of(window, desk, previews)
    garbage = Garbage()
    # Once the workers' modules are loaded too.
    desk.opened.connect(garbage.start)
    qt.applicationStateChanged.connect(garbage.turned)
    desk.opened.connect(previews.warm)
    return App(qt, desk, darkroom, previews, whole, garbage)


def _remembered(data: Path) -> QSettings:
    """Give what the window keeps. Beside the outbox: a data folder holds all of the program."""
    return QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)


def run(data: Path | None = None, files: Sequence[Path] = (), *, background: bool = False) -> int:
    """Open the window, add `files`, and stay until it is closed; return the exit code.

    Where this folder has a window already, that one comes forward and gets the files: 0, or 1
    where it can't be reached. In the `background` the window stays in the tray, where there is one.
    """
    from uploader.paths import data_dir

    settings = Settings(data_dir(data), channel=resource("updates", "channel.txt"))
    paths = [file.absolute() for file in files]
    place = Place(settings.data)
    if not place.take():
        if background and not paths:
            # It runs already: nobody has asked to see it.
            return 0
        if (code := _hand_over(place, paths, settings.data)) is not None:
            return code
    window = threshold(settings)
    with ExitStack() as ending:
        window.painted.connect(lambda: _furnish(window, settings, place, paths, ending))
        if background:
            _stay_away(window)
        else:
            window.show()
        return QApplication.exec()


def _stay_away(window: Threshold) -> None:
    """Begin without the window: in the tray, or minimised where there is none."""
    from PySide6.QtWidgets import QSystemTrayIcon

    if QSystemTrayIcon.isSystemTrayAvailable():
        QApplication.setQuitOnLastWindowClosed(False)
        window.go_on_unseen()
    else:
        window.showMinimized()


def _furnish(
    window: Threshold, settings: Settings, place: Place, paths: Sequence[Path], ending: ExitStack
) -> None:
    """Make the window whole and begin; what is opened for it is closed by `ending`."""
    from uploader.journal import journal

    ending.enter_context(journal(settings.data))
    try:
        app = build(settings, window)
    except BaseException:
        # Told by whoever hears what slots raise; without it the window would stand there dead.
        QApplication.exit(1)
        raise
    ending.callback(app.close)
    for opened in (app.desk.opened, app.desk.failed):
        # A window that can do no more than say why comes forward too.
        opened.connect(lambda *_: _receive(app, place))
    # What stands in the way is said, also where nobody has asked for the window.
    app.desk.failed.connect(lambda *_: window.show())
    if paths:
        app.desk.opened.connect(lambda: app.desk.add(paths))
    app.desk.start()


def _hand_over(place: Place, paths: Sequence[Path], data: Path) -> int | None:
    """Let the window that there is go on with it; None where it has gone meanwhile."""
    # Imported here, as most starts are the only one.
    from uploader.ui.single.second import Standing, hand_over

    standing = hand_over(place, paths)
    if standing is Standing.UNHEARD:
        from uploader.ui.single.unheard import say_unheard

        say_unheard(bool(paths), str(_remembered(data).value("language", "")))
        return 1
    return 0 if standing is Standing.HANDED_OVER else None


def _receive(app: App, place: Place) -> None:
    """Hear other starts from now on, until the window closes."""
    # Imported here, after the first paint: Qt's network part takes a while to load.
    from uploader.ui.single.front import bring_forward
    from uploader.ui.single.reception import Reception

    def heard(message: Message) -> None:
        if message.leave:
            # Once the caller has its answer.
            QTimer.singleShot(0, app.window, lambda: _leave(app))
            return
        bring_forward(app.window, message.token)
        if message.paths:
            app.desk.add(message.paths)

    # Without the lock another may be the first.
    if place.held and app.window.findChild(Reception) is None:
        reception = Reception(app.window)
        reception.asked.connect(heard)
        app.window.closing.connect(reception.close)
        reception.open(place.address)


def _leave(app: App) -> None:
    """Quit as the person would, also with a dialog open: what is in it counts as not yet said."""
    while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
        pass
    app.window.leave()


def show(app: App, when_open: Callable[[], None] | None = None) -> int:
    """Show a built app and run it. `when_open` is called once the outbox is open."""
    if when_open is not None:
        app.desk.opened.connect(when_open)
    # So that the window is there before anything heavy is imported.
    app.window.painted.connect(app.desk.start)
    app.window.show()
    code = app.qt.exec()
    app.close()
    return code
