"""The tray, and what is said while the window isn't in front."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gui_fakes import ONLINE, make_photo
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from uploader.background.values import Link, Totals
from uploader.domain.states import State
from uploader.ui import batch_news
from uploader.ui.batch_news import BatchNews
from uploader.ui.remembered import NOTIFY, STAY, remember
from uploader.ui.single.front import bring_forward


@pytest.fixture
def news(desk, qapp, monkeypatch):
    monkeypatch.setattr(batch_news, "SETTLED_MS", 20)
    made = BatchNews(desk)
    made.said = []
    made.told.connect(made.said.append)
    return made


def photos(count, state):
    return [make_photo(n, state) for n in range(1, count + 1)]


def settle(qtbot, news, count):
    qtbot.waitUntil(lambda: len(news.said) == count and not news._settled.isActive())


def test_a_batch_is_told_once_when_it_is_done(news, desk, qtbot):
    desk.changed.emit(photos(3, State.WAITING))
    desk.changed.emit(photos(2, State.PROCESSING))
    desk.changed.emit(photos(2, State.LIVE))
    assert not news._settled.isActive()
    desk.changed.emit([make_photo(3, State.LIVE)])
    settle(qtbot, news, 1)
    assert news.said == ["3 photos are live."]
    desk.changed.emit(photos(3, State.LIVE))
    assert not news._settled.isActive()


def test_what_needs_someone_is_told_with_it(news, desk, qtbot):
    desk.reset.emit(photos(4, State.WAITING))
    desk.changed.emit([*photos(2, State.LIVE), make_photo(3, State.FAILED)])
    desk.changed.emit([make_photo(4, State.REJECTED)])
    settle(qtbot, news, 1)
    assert news.said == ["2 photos are live. 2 photos need you."]


def test_photos_that_come_singly_are_one_batch(news, desk, qtbot):
    desk.changed.emit([make_photo(1, State.WAITING)])
    desk.changed.emit([make_photo(1, State.LIVE)])
    assert news._settled.isActive()
    desk.changed.emit([make_photo(2, State.WAITING)])
    assert not news._settled.isActive()
    desk.changed.emit([make_photo(2, State.LIVE)])
    settle(qtbot, news, 1)
    assert news.said == ["2 photos are live."]


def test_what_was_there_before_and_what_is_taken_back_is_no_news(news, desk, qtbot):
    desk.reset.emit([*photos(3, State.LIVE), make_photo(9, State.FAILED)])
    desk.changed.emit([make_photo(4, State.WAITING), make_photo(5, State.WAITING)])
    desk.changed.emit([make_photo(4, State.CANCELLED)])
    desk.removed.emit([5])
    qtbot.waitUntil(lambda: not news._settled.isActive())
    assert news.said == []


def test_a_sign_in_that_is_needed_is_told_and_nothing_after_it(news, desk, qtbot):
    desk.changed.emit(photos(2, State.WAITING))
    signed_out = replace(ONLINE, link=Link.SIGNED_OUT)
    desk.connection_changed.emit(signed_out)
    assert news.said == []
    desk.connection_changed.emit(replace(signed_out, title="You are signed out"))
    assert news.said == ["2 photos wait for you to sign in."]
    desk.changed.emit(photos(2, State.LIVE))
    qtbot.waitUntil(lambda: not news._settled.isActive())
    assert len(news.said) == 1
    # The next batch is told again.
    desk.changed.emit([make_photo(7, State.WAITING)])
    desk.changed.emit([make_photo(7, State.LIVE)])
    settle(qtbot, news, 2)


# ---- the icon
@pytest.fixture
def tray(window, desk, monkeypatch):
    """As on a desktop with a tray."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "isVisible", lambda self: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    said = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, *args: said.append(args[1]))
    desk.opened.emit()
    window.tray.said = said
    yield window.tray
    QApplication.setQuitOnLastWindowClosed(True)


def close(window):
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_it_says_how_the_batch_stands(tray, desk):
    assert "No photos" in tray.icon.toolTip()
    before = tray.icon.icon().cacheKey()
    desk.totals_changed.emit(Totals(207, 312, waiting=100))
    assert "207 of 312 photos live" in tray.icon.toolTip()
    drawn = tray.icon.icon().cacheKey()
    assert drawn != before
    # One more photo is no new picture.
    desk.totals_changed.emit(Totals(208, 312, waiting=99))
    assert tray.icon.icon().cacheKey() == drawn


def test_what_needs_the_person_shows_on_the_icon(tray, desk):
    before = tray.icon.icon().cacheKey()
    desk.reset.emit([make_photo(1, State.FAILED)])
    assert tray.icon.icon().cacheKey() != before


def test_its_menu_pauses_and_resumes(tray, desk):
    tray.pause.trigger()
    assert desk.named("pause") == [()]
    desk.paused_changed.emit(True)
    assert tray.pause.text() == "Resume"
    tray.pause.trigger()
    assert desk.named("resume") == [()]


def test_closing_quits_unless_it_is_set_to_stay(window, tray, settings):
    assert close(window)


def test_set_to_stay_it_goes_on_in_the_tray_and_comes_back(window, tray, settings):
    remember(settings, STAY, True)
    closing = []
    window.closing.connect(lambda: closing.append(1))
    assert not close(window)
    assert window.isHidden()
    assert closing == []
    assert not QApplication.quitOnLastWindowClosed()
    tray.open()
    assert window.isVisible()


@pytest.mark.parametrize("show", [bring_forward, QWidget.show, QWidget.showMinimized])
def test_whoever_brings_it_back_closing_quits_again(window, tray, show):
    tray.send_away()
    assert not QApplication.quitOnLastWindowClosed()
    show(window)
    assert QApplication.quitOnLastWindowClosed()


def test_quitting_quits_wherever_the_window_is(window, tray, settings, monkeypatch):
    quits = []
    monkeypatch.setattr(QApplication, "quit", staticmethod(lambda: quits.append(1)))
    remember(settings, STAY, True)
    close(window)
    closing = []
    window.closing.connect(lambda: closing.append(1))
    window.leave()
    window.leave()
    assert (closing, quits) == ([1], [1])


def test_news_come_only_while_the_window_is_not_in_front(window, tray, settings, monkeypatch):
    front = [True]
    monkeypatch.setattr(window, "isActiveWindow", lambda: front[0])
    tray.tell("3 photos are live.")
    front[0] = False
    tray.tell("4 photos are live.")
    remember(settings, NOTIFY, False)
    tray.tell("5 photos are live.")
    assert tray.said == ["4 photos are live."]


def test_without_a_tray_the_task_bar_is_asked(window, desk, monkeypatch):
    desk.opened.emit()
    assert not window.tray.is_there
    asked = []
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    monkeypatch.setattr(QApplication, "alert", staticmethod(lambda w, *_: asked.append(w)))
    window.tray.tell("3 photos are live.")
    assert asked == [window]


# ---- a start in the background
def test_a_start_in_the_background_disturbs_nobody_where_the_app_runs(tmp_path, monkeypatch):
    from uploader import app
    from uploader.ui.single.place import Place

    handed = []
    monkeypatch.setattr(Place, "take", lambda self: False)
    monkeypatch.setattr(app, "_hand_over", lambda *args: handed.append(args) or 0)
    assert app.run(tmp_path, background=True) == 0
    assert handed == []
    # With photos it has something to say.
    assert app.run(tmp_path, [tmp_path / "a.jpg"], background=True) == 0
    assert len(handed) == 1


@pytest.mark.parametrize("tray_there", [True, False])
def test_a_start_in_the_background_begins_without_the_window(
    qtbot, settings, theme, monkeypatch, tray_there
):
    from uploader import app
    from uploader.ui import threshold
    from uploader.ui.threshold import Threshold

    available = staticmethod(lambda: tray_there)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", available)
    monkeypatch.setattr(threshold, "UNSEEN_MS", 20)
    window = Threshold(settings, theme)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        app._stay_away(window)
    assert window.isVisible() is not tray_there
    assert window.isMinimized() is not tray_there
    assert QApplication.quitOnLastWindowClosed() is not tray_there
    # Shown later, it isn't painted for the first time again.
    with qtbot.assertNotEmitted(window.painted, wait=60):
        window.showNormal()
    assert QApplication.quitOnLastWindowClosed()


def test_the_option_stands_before_and_behind_the_command():
    from uploader.commands.arguments import read

    assert not read([]).background
    assert read(["--background"]).background
    assert read(["open", "--background"]).background
    assert read(["--background", "open"]).background
    assert read(["--background", "a.jpg"]).background
