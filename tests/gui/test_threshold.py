"""The window is on the screen before all that isn't seen of it is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QMainWindow

from uploader.ui.main_window import MainWindow
from uploader.ui.threshold import LEAST, SIZE, Threshold, first_size

HEAVY = (
    *("PIL", "requests", "keyring", "sqlite3", "logging.handlers", "subprocess"),
    *("PySide6.QtNetwork", "uploader.ui.main_window", "uploader.background.desk"),
    *("uploader.domain", "uploader.engine", "uploader.imaging", "uploader.stores"),
)


@pytest.fixture
def threshold(qtbot, settings, theme):
    made = Threshold(settings, theme)
    qtbot.addWidget(made)
    return made


def whole(threshold, desk, previews):
    made = MainWindow.of(threshold, desk, previews)
    made._parting = True
    return made


def test_what_the_first_paint_can_do_without_is_loaded_after_it(tmp_path) -> None:
    program = f"""
        import os, sys
        from uploader.ui.threshold import Threshold
        def seen(window):
            if not window._seen:
                print(*[name for name in {HEAVY!r} if name in sys.modules], flush=True)
                os._exit(0)
        Threshold._see = seen
        from uploader.cli import main
        main([])
    """
    environment = {
        **os.environ,
        "STORE_UPLOADER_DATA": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
    }
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ended.stdout.split() == []


def test_it_tells_once_that_it_was_painted(qtbot, threshold) -> None:
    told = []
    threshold.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(threshold.painted):
        threshold.show()
    threshold.repaint()
    qtbot.wait(20)
    assert told == [True]


def test_unseen_it_goes_on_after_a_while(qtbot, threshold, monkeypatch) -> None:
    monkeypatch.setattr(threshold, "isVisible", lambda: True)
    with qtbot.waitSignal(threshold.painted, timeout=10_000):
        threshold.showMinimized()


def test_the_same_window_becomes_whole(qtbot, threshold, desk, previews) -> None:
    with qtbot.waitSignal(threshold.painted):
        threshold.show()
    number = threshold.winId()
    window = whole(threshold, desk, previews)
    assert window is threshold
    assert window.winId() == number
    assert window.isVisible()
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.big.size() == QSize(900, 600))
    window.close()
    assert not window.isVisible()


def test_what_qt_calls_stands_in_the_threshold_too() -> None:
    """PySide notes, at a window's first call, which of Qt's methods its class has not."""
    ours = {name for name in vars(MainWindow) if hasattr(QMainWindow, name)}
    ours -= {"__doc__", "__init__", "__module__", "staticMetaObject"}
    assert ours <= set(vars(Threshold)), "give these to Threshold as well"


def test_it_looks_as_the_whole_window_without_photos(qtbot, threshold, desk, previews) -> None:
    with qtbot.waitSignal(threshold.painted):
        threshold.show()
    before = threshold.grab().toImage()
    window = whole(threshold, desk, previews)
    assert window.grab().toImage() == before, "nothing jumps"


def test_it_has_the_size_and_place_that_it_had_last(
    qtbot, threshold, desk, previews, theme
) -> None:
    assert threshold.size() == QSize(*SIZE)
    assert threshold.minimumSize() == QSize(*LEAST)
    window = whole(threshold, desk, previews)
    window.show()
    window.setGeometry(20, 50, 760, 600)
    qtbot.waitUntil(lambda: window.size() == QSize(760, 600))
    window.close()
    again = Threshold(window.settings, theme)
    qtbot.addWidget(again)
    assert (again.size(), again.pos()) == (QSize(760, 600), QPoint(20, 50))


@pytest.mark.parametrize(
    ("room", "size"),
    [((1920, 1080), (1200, 760)), ((1366, 768), (1200, 720)), ((640, 400), (720, 420))],
)
def test_the_first_time_it_is_no_larger_than_the_screen(room, size):
    assert first_size(QSize(*room)) == QSize(*size)
