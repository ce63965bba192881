"""A newer version is told: a line that can be put off or skipped, and a window that answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from uploader.background.values import UpdateStanding
from uploader.domain.preferences import Preferences, Updates
from uploader.domain.updates import Finding, Manifest, Package, System, UpdateNews
from uploader.engine.updates import words
from uploader.ui.updates import teller as tellers

PAGE = "https://store-uploader.example/download"
NEW = Manifest(
    "0.2.0",
    serial=2,
    issued=1.0,
    expires=2.0,
    page=PAGE,
    notes=("Photos go out twice as fast.", "The history can be printed."),
    packages=tuple(
        Package(system, f"store-uploader-0.2.0-{system}.x", 41_000_000, "ab" * 32)
        for system in System
    ),
)
NEWER = UpdateNews(Finding.NEWER, "0.1.0", manifest=NEW)
NEWEST = UpdateNews(Finding.NEWEST, "0.1.0", wanted=True)
UNKNOWN = UpdateNews(
    Finding.UNKNOWN, "0.1.0", wanted=True, title=words.UNSIGNED[0], detail=words.UNSIGNED[1]
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(window):
    pages = []
    window.updates._open_url = lambda url: pages.append(url.toString()) or True
    return pages


@pytest.fixture
def bar(window, batch):
    return window.updates.bar


@pytest.fixture
def asked(window, monkeypatch):
    """The window that *Check for updates…* opens."""
    monkeypatch.setattr(QDialog, "raise_", lambda _self: None)
    monkeypatch.setattr(tellers.sys, "platform", "linux")
    menu = window.toolbar.more.menu()
    helps = next(action.menu() for action in menu.actions() if action.text() == "Help")
    next(a for a in helps.actions() if a.text() == "Check for updates…").trigger()
    yield window.updates.dialog
    if window.updates.dialog is not None:
        window.updates.dialog.close()


# ---- the line
def test_nothing_is_said_before_there_is_something(bar, desk):
    assert not bar.isVisible()
    for news in (NEWEST, UNKNOWN, replace(NEWEST, wanted=False), replace(UNKNOWN, wanted=False)):
        desk.update_told.emit(news)
        assert not bar.isVisible()


def test_a_newer_version_is_a_line_above_the_bottom(window, bar, desk):
    rows = window.list.mapToGlobal(window.list.rect().topLeft())
    desk.update_told.emit(NEWER)
    assert bar.isVisible()
    assert bar.title.text() == "Store Uploader 0.2.0 is out."
    assert bar.detail.text() == "Photos go out twice as fast. The history can be printed."
    assert bar.accessibleName().startswith("Store Uploader 0.2.0 is out. Photos go out")
    assert window.list.mapToGlobal(window.list.rect().topLeft()) == rows, "rows never shift"


def test_it_is_seen_without_photos_too(window, desk):
    desk.update_told.emit(NEWER)
    assert window.pages.currentWidget() is window.empty
    assert window.updates.bar.isVisible()


def test_it_takes_no_keyboard(window, bar, desk):
    window.list.setFocus()
    before = QGuiApplication.focusObject()
    desk.update_told.emit(NEWER)
    assert QGuiApplication.focusObject() is before


def test_the_page_is_opened_in_the_browser(bar, desk, opened, qtbot):
    desk.update_told.emit(NEWER)
    qtbot.mouseClick(bar.page, Qt.MouseButton.LeftButton)
    assert opened == [PAGE]
    assert not bar.isVisible()
    assert desk.named("skip_version") == []


def test_a_page_that_cannot_be_opened_is_named(window, bar, desk):
    window.updates._open_url = lambda _url: False
    desk.update_told.emit(NEWER)
    bar.page.click()
    assert PAGE in window.notice.text.text()


def test_later_puts_it_off(bar, desk, qtbot):
    desk.update_told.emit(NEWER)
    qtbot.mouseClick(bar.wait, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert desk.named("skip_version") == []
    # Another day.
    desk.update_told.emit(NEWER)
    assert bar.isVisible()


def test_a_version_is_skipped(bar, desk, qtbot):
    desk.update_told.emit(NEWER)
    qtbot.mouseClick(bar.skip, Qt.MouseButton.LeftButton)
    assert desk.named("skip_version") == [("0.2.0",)]
    assert not bar.isVisible()
    desk.update_told.emit(replace(NEWER, skipped=True))
    assert not bar.isVisible()


def test_it_goes_when_it_is_true_no_more(bar, desk):
    desk.update_told.emit(NEWER)
    desk.update_told.emit(replace(NEWEST, wanted=False))
    assert not bar.isVisible()


def test_it_is_said_once_to_a_screen_reader(window, bar, desk, monkeypatch):
    said = []
    monkeypatch.setattr(window.announcer, "_speak", said.append)
    desk.update_told.emit(NEWER)
    desk.update_told.emit(NEWER)
    assert said == [f"{bar.title.text()} {bar.detail.text()}"]


def test_where_there_is_little_room_the_buttons_go_below(window, bar, desk, qtbot):
    desk.update_told.emit(NEWER)
    window.work.show_inspector(False)
    window.resize(1400, 760)
    qtbot.waitUntil(lambda: bar.height() == 40)
    assert bar.page.mapTo(bar, bar.page.rect().center()).y() < 40
    window.resize(QSize(720, 420))
    bar.title.setText("Store Uploader 0.2.0 with a name that is a good deal longer is out.")
    bar._arrange()
    qtbot.waitUntil(lambda: bar.height() > 60)
    assert bar.page.mapTo(bar, bar.page.rect().center()).y() > 40
    assert window.width() == 720
    assert bar.title.width() >= bar.title.sizeHint().width()


# ---- the window that answers
def test_it_is_asked_for_in_the_menu(asked, desk):
    assert desk.named("ask_for_updates") == [()]
    assert asked.heading.text() == "Looking for a newer version…"
    assert not asked.page.isVisible()


def test_one_window_at_a_time(window, asked, desk):
    window.updates.ask()
    assert window.updates.dialog is asked
    assert desk.named("ask_for_updates") == [()]


def test_the_newest_one_already(asked, desk):
    desk.update_told.emit(NEWEST)
    assert asked.heading.text() == "This is the newest version"
    assert asked.text.text() == "You have version 0.1.0."
    shown = [b for b in (asked.skip, asked.again, asked.away, asked.page) if b.isVisible()]
    assert shown == [asked.away]


def test_it_could_not_be_found_out(asked, desk):
    desk.update_told.emit(UNKNOWN)
    assert asked.heading.text() == "The answer can’t be trusted"
    assert "isn’t signed by the makers" in asked.text.text()
    asked.again.click()
    assert asked.heading.text() == "Looking for a newer version…"
    assert len(desk.named("ask_for_updates")) == 2


def test_a_newer_one(asked, desk, opened):
    desk.update_told.emit(replace(NEWER, wanted=True))
    assert asked.heading.text() == "Version 0.2.0 is out"
    assert asked.notes.text().splitlines() == [f"•\u2002{note}" for note in NEW.notes]
    assert asked.files.text() == "store-uploader-0.2.0-linux.x, 41 MB"
    asked.copy.click()
    sums = "ab" * 32 + "  store-uploader-0.2.0-linux.x\n"
    assert QGuiApplication.clipboard().text() == sums
    asked.page.click()
    assert opened == [PAGE]


def test_a_newer_one_is_skipped_there_too(window, asked, desk):
    desk.update_told.emit(NEWER)
    assert window.updates.bar.isVisible()
    assert asked.heading.text() == "Looking for a newer version…", "that wasn’t its answer"
    desk.update_told.emit(replace(NEWER, wanted=True))
    asked.skip.click()
    assert desk.named("skip_version") == [("0.2.0",)]
    assert not window.updates.bar.isVisible()


def test_what_was_skipped_is_told_all_the_same(asked, desk):
    desk.update_told.emit(replace(NEWER, wanted=True, skipped=True))
    assert "You have skipped the newer one." in asked.text.text()
    assert asked.page.isVisible()
    assert not asked.skip.isVisible()


def test_long_words_make_it_higher(asked, desk):
    desk.update_told.emit(replace(NEWER, wanted=True))
    low = asked.height()
    notes = tuple("A sentence that goes on for quite a while, as they do. " * 4 for _ in range(6))
    desk.update_told.emit(replace(NEWER, wanted=True, manifest=replace(NEW, notes=notes)))
    assert asked.height() > low + 200
    assert asked.notes.height() >= asked.notes.heightForWidth(asked.notes.width())


def test_an_answer_after_it_was_closed_is_heard_by_nobody(window, asked, desk):
    asked.away.click()
    desk.update_told.emit(NEWEST)
    assert window.updates.dialog is None


# ---- the settings
@pytest.fixture
def page(window, qtbot):
    window.settings_window.open()
    dialog = window.settings_window.dialog
    dialog.show_page(dialog.updates)
    yield dialog.updates
    dialog.close()


def test_it_is_turned_off_and_on(page, desk):
    assert page.look.isChecked()
    page.look.click()
    assert desk.preferences == Preferences(updates=Updates(look=False))
    page.look.click()
    assert desk.preferences == Preferences()


def test_another_address(page, desk):
    assert page.address.placeholderText() == "https://store-uploader.example/manifest"
    page.address.setText(" https://ours.example/manifest ")
    page.address.editingFinished.emit()
    assert desk.preferences.updates.address == "https://ours.example/manifest"
    page.address.setText("http://ours.example/manifest")
    page.address.editingFinished.emit()
    assert desk.preferences.updates.address == "https://ours.example/manifest"
    assert "begins with https://" in page.trouble.text()
    page.address.setText("")
    page.address.editingFinished.emit()
    assert desk.preferences == Preferences()
    assert page.trouble.text() == " "


def test_a_build_without_a_key_says_so(page, desk):
    desk.updates_stand.emit(UpdateStanding())
    assert not page.look.isEnabled()
    assert not page.look.isChecked()
    assert not page.address.isEnabled()
    assert "no key" in page.trouble.text()


def test_when_it_was_answered_last(page, desk):
    assert page.last.text() == " "
    desk.updates_stand.emit(UpdateStanding(True, "", 1_795_469_263.0))
    assert page.last.text() == "Last answered on 23 Nov 2026."


def test_other_settings_keep_this_one(page, desk, window):
    page.look.click()
    window.settings_window.dialog.uploading.at_once.click()
    assert desk.preferences == Preferences(at_once=True, updates=Updates(look=False))


def test_links_go_nowhere_but_to_the_page(window, desk, opened):
    desk.update_told.emit(replace(NEWER, manifest=replace(NEW, notes=("<a href='x'>Click</a>",))))
    assert window.updates.bar.detail.textFormat() is Qt.TextFormat.PlainText
    window.updates._open(QUrl(PAGE))
    assert opened == [PAGE]
