"""The sign-in dialog: each message, and where the keyboard goes."""

import pytest
from gui_fakes import FakeDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from uploader.domain.stores import Account
from uploader.ui.dialogs.sign_in import SignInDialog


@pytest.fixture
def dialog(qtbot, desk, theme):
    made = SignInDialog(desk, theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.address.setText("harbourpine.shop")
    made.email.setText("ines@harbourpine.shop")
    made.password.setText("secret")
    return made


def test_the_address_is_greeted_after_a_pause(dialog, desk, qtbot):
    dialog.address.clear()
    QTest.keyClicks(dialog.address, "harbourpine.shop/")
    qtbot.waitUntil(lambda: desk.named("greet") == [("harbourpine.shop/",)], timeout=3000)
    desk.greeted.emit("https://elsewhere.shop", "Elsewhere")
    assert "Elsewhere" not in dialog.greeting.text()
    desk.greeted.emit("https://harbourpine.shop", "Harbour & Pine")
    assert dialog.greeting.text() == "Harbour & Pine, secure connection"


def test_leaving_the_address_greets_at_once(dialog, desk):
    dialog.address.setFocus()
    QTest.keyClick(dialog.address, Qt.Key.Key_Tab)
    assert desk.named("greet") == [("harbourpine.shop",)]


def test_an_open_line_is_said(dialog, desk):
    dialog.address.setText("http://127.0.0.1:8000")
    desk.greeted.emit("http://127.0.0.1:8000", "Demo")
    assert dialog.greeting.text() == "Demo, not encrypted: only this computer"


def test_no_store_at_the_address(dialog, desk):
    desk.greeting_failed.emit("harbourpine.shop", "No store here", "Check the address.")
    assert dialog.greeting.text() == "No store here. Check the address."


def test_signing_in(dialog, desk, qtbot):
    dialog.submit.click()
    address, credentials, stay = desk.named("sign_in")[0]
    assert (address, credentials.email, stay) == ("harbourpine.shop", "ines@harbourpine.shop", True)
    assert credentials.password == "secret"
    assert not dialog.submit.isEnabled()
    desk.sign_in_succeeded.emit(Account("i", "Ines", "Harbour & Pine"))
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.result() == 1


def test_another_store_that_comes_back_takes_nothing_that_was_typed(dialog, desk):
    desk.signed_in.emit(Account("i", "Ines", "The store in use"))
    assert dialog.isVisible()
    assert dialog.password.text() == "secret"


def test_cancelling_gives_up_what_is_under_way(dialog, desk, qtbot):
    dialog.submit.click()
    dialog.cancel.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert len(desk.named("cancel_sign_in")) == 1


@pytest.mark.parametrize("field", ["address", "email", "password"])
def test_a_failure_goes_to_the_field_to_correct(dialog, desk, field):
    before = dialog.message.geometry()
    dialog.submit.click()
    desk.sign_in_failed.emit(field, "That didn’t work", "Try again.")
    assert getattr(dialog, field).hasFocus()
    assert dialog.message.title.text() == "That didn’t work"
    assert dialog.message.accessibleName() == "That didn’t work. Try again."
    assert dialog.submit.isEnabled()
    assert dialog.message.geometry() == before


@pytest.mark.parametrize("field", ["address", "email", "password"])
def test_what_is_missing_is_asked_for(dialog, desk, field):
    getattr(dialog, field).clear()
    dialog.submit.click()
    assert desk.named("sign_in") == []
    assert getattr(dialog, field).hasFocus()
    assert "missing" in dialog.message.title.text()


def test_typing_takes_the_message_away(dialog, desk):
    desk.sign_in_failed.emit("password", "Wrong", "")
    QTest.keyClicks(dialog.password, "x")
    assert dialog.message.title.text() == ""


def test_without_a_keychain_it_says_so(qtbot, theme):
    made = SignInDialog(FakeDesk(keychain=False), theme)
    qtbot.addWidget(made)
    assert not made.stay.isEnabled()
    assert not made.stay.isChecked()
    assert made.keychain_note.text() == "No keychain here: signed in until you quit."


def test_the_eye_shows_the_password(dialog):
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.password.actions()[0].trigger()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Normal


def test_the_window_opens_one_and_remembers_the_address(window, desk, settings):
    window.ask_sign_in()
    window.ask_sign_in()
    assert len(window.findChildren(SignInDialog)) == 1
    dialog = window.findChild(SignInDialog)
    dialog.address.setText("new.shop")
    desk.sign_in_succeeded.emit(Account("i", "Ines", "New"))
    assert settings.value("address") == "new.shop"
    assert "secret" not in str([settings.value(key) for key in settings.allKeys()])
