"""The first start: three steps in the empty window, which go once they were gone."""

from __future__ import annotations

import pytest
from gui_fakes import ONLINE, make_photo
from PySide6.QtWidgets import QApplication

from uploader.background.values import Connection
from uploader.domain.stores import Account
from uploader.ui.main_window import MainWindow
from uploader.ui.remembered import GUIDED, is_on


@pytest.fixture
def fresh(qtbot, desk, previews, settings, theme):
    """A window of somebody who has never been here."""
    settings.remove(GUIDED)
    made = MainWindow(desk, previews, settings, theme)
    qtbot.addWidget(made)
    made.show()
    yield made
    made._parting = True


def titles(window):
    return [title.text() for title in window.empty.steps._titles]


def test_the_first_start_leads(fresh, desk):
    assert fresh.empty.steps.isVisible()
    assert fresh.empty.sign_in.isVisible()
    assert titles(fresh)[0] == "Connect your store"
    desk.connection_changed.emit(ONLINE)
    assert titles(fresh)[0] == "Connected to Harbour & Pine"
    assert not fresh.empty.sign_in.isVisible()


def test_it_goes_for_good_with_a_store_and_photos_for_it(fresh, desk, settings):
    desk.connection_changed.emit(ONLINE)
    assert not is_on(settings, GUIDED)
    desk.reset.emit([make_photo(1)])
    desk.reset.emit([])
    assert fresh.pages.currentWidget() is fresh.empty
    assert not fresh.empty.steps.isVisible()
    assert fresh.empty._drawing.isVisible()
    assert is_on(settings, GUIDED)


def test_photos_before_the_store_dont_end_it(fresh, desk, settings):
    desk.connection_changed.emit(Connection())
    desk.reset.emit([make_photo(1)])
    desk.reset.emit([])
    assert fresh.empty.steps.isVisible()


def test_who_has_signed_in_before_knows_the_way(qtbot, desk, previews, settings, theme):
    settings.remove(GUIDED)
    settings.setValue("address", "harbourpine.shop")
    made = MainWindow(desk, previews, settings, theme)
    qtbot.addWidget(made)
    made.show()
    assert made.empty.steps is None
    assert made.empty._drawing.isVisible()
    made._parting = True


def test_the_help_menu_shows_it_again(fresh, desk, settings):
    desk.connection_changed.emit(ONLINE)
    desk.reset.emit([make_photo(1)])
    fresh.show_first_steps()
    assert "as soon as the list is empty" in fresh.notice.text.text()
    desk.reset.emit([])
    assert fresh.empty.steps.isVisible()


def test_a_failure_takes_its_place(fresh, desk):
    desk.failed.emit("The disk is full", "Make some room.")
    assert not fresh.empty.steps.isVisible()
    assert fresh.empty.again.isVisible()
    desk.opened.emit()
    assert fresh.empty.steps.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_sign_in_dialog_leads_to_certificates_and_proxy(fresh, desk, qtbot):
    fresh.empty.sign_in.click()
    dialog = fresh.sign_in._dialog
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    dialog.network.click()
    opened = fresh.settings_window.dialog
    assert opened.pages.currentWidget() is opened.network
    # Above the dialog that keeps the window from the person, and gone with it.
    assert opened.parent() is dialog
    desk.sign_in_succeeded.emit(Account("i", "Ines", "Harbour & Pine"))
    qtbot.waitUntil(lambda: fresh.settings_window.dialog is None)
