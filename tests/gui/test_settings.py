"""The settings: what is changed holds at once, and is shown as it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QSystemTrayIcon
from shiboken6 import isValid

from uploader.domain.bandwidth import Bandwidth, Span
from uploader.domain.preferences import Copies, Network, Preferences, ProxyUse
from uploader.ui.dialogs.sign_in import SignInDialog


@pytest.fixture
def opened(window, qtbot):
    def open_():
        keys = QKeySequence("Ctrl+,")
        next(action for action in window.actions() if action.shortcut() == keys).trigger()
        return window.settings_window.dialog

    yield open_
    if window.settings_window.dialog is not None:
        window.settings_window.dialog.close()


@pytest.fixture
def dialog(opened):
    return opened()


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_one_window_at_a_time_from_menu_and_keys(window, dialog):
    assert window.settings_window.dialog is dialog
    window.settings_window.open()
    assert window.settings_window.dialog is dialog
    assert dialog.isVisible()


def test_above_the_sign_in_it_opens_once_too(window, dialog, qtbot):
    window.ask_sign_in()
    sign_in = window.findChild(SignInDialog)
    sign_in.network.click()
    qtbot.waitUntil(lambda: not isValid(dialog))
    above = window.settings_window.dialog
    assert above.parent() is sign_in
    window.settings_window.open()
    assert window.settings_window.dialog is above
    sign_in.close()
    qtbot.waitUntil(lambda: window.settings_window.dialog is None)


def test_the_pages_turn_by_arrow_keys(dialog):
    assert dialog.pages.currentWidget() is dialog.uploading
    QTest.keyClick(dialog.names[0], Qt.Key.Key_Down)
    assert dialog.pages.currentWidget() is dialog.bandwidth
    assert dialog.names[1].isChecked()
    QTest.keyClick(dialog.names[1], Qt.Key.Key_Up)
    QTest.keyClick(dialog.names[0], Qt.Key.Key_Up)
    assert dialog.pages.currentWidget() is dialog.uploading


def test_uploading(dialog, desk):
    page = dialog.uploading
    choose(page.uploads, 8)
    page.at_once.click()
    choose(page.copies, Copies.ALWAYS)
    assert desk.preferences == Preferences(uploads=8, at_once=True, copies=Copies.ALWAYS)
    desk.preferences_changed.emit(Preferences())
    assert (page.uploads.value, page.at_once.isChecked()) == (4, False)


def test_private_data_is_one_setting_in_two_places(window, desk, opened):
    desk.removes_metadata_changed.emit(False)
    page = opened().uploading
    assert not page.private.isChecked()
    page.private.click()
    assert desk.named("set_removes_metadata") == [(True,)]
    desk.removes_metadata_changed.emit(False)
    assert not page.private.isChecked()


def test_the_check_of_the_batch_is_one_setting_in_two_places(desk, opened):
    page = opened().uploading
    assert page.checks.isChecked()
    page.checks.click()
    assert desk.named("set_checks_batch") == [(False,)]
    desk.checks_batch_changed.emit(True)
    assert page.checks.isChecked()


def test_a_watched_folder_is_chosen_and_left(desk, opened, monkeypatch, tmp_path):
    from uploader.background.values import StoreEntry
    from uploader.ui import files

    page = opened().uploading
    assert not page.pick.isEnabled()
    desk.stores = [StoreEntry("shop", "Harbour & Pine", current=True)]
    desk.stores_changed.emit(desk.stores)
    monkeypatch.setattr(files, "choose", lambda *args: args[-1]([tmp_path]))
    page.pick.click()
    assert desk.named("set_watched_folder") == [(str(tmp_path),)]
    desk.watched_changed.emit(str(tmp_path))
    assert page.folder.text() == str(tmp_path)
    page.stop.click()
    assert desk.named("set_watched_folder")[1:] == [("",)]


def test_a_closed_window_hears_of_no_store(opened, desk, qtbot):
    dialog = opened()
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    # A slot that still ran would raise, which fails the test.
    desk.stores_changed.emit([])


def test_limits_by_the_time_of_day(dialog, desk):
    page = dialog.bandwidth
    page.limit.setValue(20)
    page.add_time.click()
    assert desk.preferences.bandwidth == Bandwidth(20, (Span(480, 1080, 4),))
    [row] = page.rows
    row.start.setTime(QTime(22, 30))
    row.end.setTime(QTime(6, 0))
    row.limit.setValue(0)
    assert desk.preferences.bandwidth == Bandwidth(20, (Span(1350, 360, 0),))
    # What the answer shows already isn't made anew under the keyboard.
    assert page.rows == [row]
    row.removed.emit()
    assert desk.preferences.bandwidth == Bandwidth(20)


def test_limits_are_shown_and_bounded(desk, opened):
    spans = tuple(Span(60 * n, 60 * n + 30, n) for n in range(6))
    desk.preferences = replace(desk.preferences, bandwidth=Bandwidth(0, spans))
    page = opened().bandwidth
    assert [row.span for row in page.rows] == list(spans)
    assert page.limit.text() == "No limit"
    assert not page.add_time.isEnabled()
    page.rows[0].removed.emit()
    assert page.add_time.isEnabled()
    assert desk.preferences.bandwidth.spans == spans[1:]


def test_no_limit_is_what_an_empty_field_means(dialog, desk):
    field = dialog.bandwidth.limit
    field.setValue(5)
    field.selectAll()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.preferences.bandwidth.limit == 0
    assert dialog.isVisible()


def test_a_proxy_of_ones_own(dialog, desk):
    page = dialog.network
    dialog.show_page(page)
    assert not page.address.isEnabled()
    choose(page.use, ProxyUse.OWN)
    assert desk.named("change_preferences") == []
    page.address.setText("ines:secret@proxy:3128")
    page.address.editingFinished.emit()
    assert desk.named("change_preferences") == []
    assert page.trouble.text() == "Leave out name and password: they aren’t kept in settings."
    page.address.setText("no such thing/")
    page.address.editingFinished.emit()
    assert "no address" in page.trouble.text()
    page.address.setText("proxy:3128")
    page.address.editingFinished.emit()
    assert desk.preferences.network == Network(ProxyUse.OWN, "http://proxy:3128")
    assert not page.trouble.text().strip()
    choose(page.use, ProxyUse.NONE)
    assert desk.preferences.network.use is ProxyUse.NONE


def test_certificates_are_chosen_and_removed(dialog, desk, settings, tmp_path):
    page, own = dialog.network, tmp_path / "own.pem"
    settings.setValue("last-folder", "/photos")
    page.pick.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser.nameFilters() == [
        "Certificates (*.pem *.PEM *.crt *.CRT *.cer *.CER)",
        "All files (*)",
    ]
    chooser.fileSelected.emit(str(own))
    assert desk.preferences.network.certificates == str(own)
    assert page.file.text() == str(own)
    assert settings.value("last-folder") == "/photos", "photos lie elsewhere"
    page.remove.click()
    assert desk.preferences.network.certificates == ""


def test_the_look_is_the_windows_own(dialog, settings, theme):
    choose(dialog.appearance.scheme, "dark")
    assert theme.dark
    choose(dialog.appearance.language, "de")
    assert (settings.value("scheme"), settings.value("language")) == ("dark", "de")


def test_starting_with_the_system_shows_what_the_system_says(dialog, desk):
    page = dialog.starting
    assert desk.named("request_autostart") == [()]
    desk.autostart_changed.emit(True)
    assert page.system.isChecked()
    page.system.click()
    assert desk.named("set_autostart") == [(False,)]


def test_without_a_tray_nothing_stays_in_it(dialog, settings):
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    assert not dialog.starting.stay.isEnabled()
    dialog.starting.notify.click()
    assert settings.value("notifies") == "false"


def test_where_a_page_is_wider_than_the_window_it_scrolls_sideways(dialog):
    """A large font on a small screen: nothing is out of reach."""
    page = dialog.uploading
    assert not page.horizontalScrollBar().isVisible()
    page.widget().setMinimumWidth(page.viewport().width() + 200)
    assert page.horizontalScrollBar().maximum() >= 200
