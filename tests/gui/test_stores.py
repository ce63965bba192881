"""Several stores: the menu behind the name, turning to another, renaming, forgetting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gui_fakes import ONLINE
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from uploader.background.values import Link, StoreEntry
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.dialogs.stores import ForgetDialog, RenameDialog

SHOP = StoreEntry(
    "shop", "Harbour & Pine", "ines@harbourpine.shop", "https://harbourpine.shop", True
)
FAIR = StoreEntry("fair", "Fair", "ines@fair.example", "https://fair.example", False, 3, 2)


@pytest.fixture
def menu(window, desk):
    desk.stores = [SHOP, FAIR]
    desk.stores_changed.emit(desk.stores)
    window.stores.aboutToShow.emit()
    return window.stores


def entry(menu, words):
    return next(action for action in menu.actions() if action.text().startswith(words))


def texts(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_it_lists_the_stores_and_what_waits(menu, desk):
    assert texts(menu) == [
        "Harbour && Pine\tCtrl+1", "Fair, 3 wait\tCtrl+2",
        "Photos for another store wait until you turn to it.",
        "Sign out", "Add a store…", "Rename…", "Forget this store…",
        "Matching…",
    ]  # fmt: skip
    assert desk.named("request_stores") == [()]
    assert entry(menu, "Harbour").font().weight() > entry(menu, "Fair").font().weight()


def test_what_comes_while_it_is_open_changes_its_words(menu, desk):
    action = entry(menu, "Fair")
    desk.stores = [SHOP, replace(FAIR, waiting=1)]
    desk.stores_changed.emit(desk.stores)
    assert action.text() == "Fair, 1 waits\tCtrl+2"


def test_two_accounts_at_one_store_are_told_apart(menu, desk):
    desk.stores = [SHOP, replace(SHOP, name="other", email="ben@harbourpine.shop", current=False)]
    menu.aboutToShow.emit()
    assert texts(menu)[1] == "Harbour && Pine, ben@harbourpine.shop\tCtrl+2"


def test_a_click_or_a_key_turns_to_another(window, menu, desk):
    entry(menu, "Fair").trigger()
    entry(menu, "Harbour").trigger()
    for keys in ("Ctrl+2", "Ctrl+1", "Ctrl+9"):
        wanted = QKeySequence(keys)
        next(a for a in window.actions() if a.shortcut() == wanted).trigger()
    # The one in use, and one that isn't there, are nothing to turn to.
    assert desk.named("use_store") == [("fair",), ("fair",)]


def test_adding_one_begins_with_empty_fields(window, menu, settings):
    settings.setValue("address", "harbourpine.shop")
    entry(menu, "Add a store").trigger()
    dialog = window.findChild(SignInDialog)
    assert (dialog.address.text(), dialog.email.text()) == ("", "")
    dialog.reject()


def test_renaming(window, menu, desk):
    entry(menu, "Rename").trigger()
    dialog = window.findChild(RenameDialog)
    assert dialog.name.text() == "Harbour & Pine"
    dialog.name.setText("Our shop")
    dialog.accept()
    assert desk.named("rename_store") == [("shop", "Our shop")]


def test_forgetting_says_what_becomes_of_its_photos(window, desk):
    desk.stores = [replace(FAIR, current=True)]
    window.stores.aboutToShow.emit()
    entry(window.stores, "Forget").trigger()
    dialog = window.findChild(ForgetDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "5 photos aren’t in the store yet" in said
    assert desk.named("forget_store") == []
    dialog.forget.click()
    assert desk.named("forget_store") == [("fair",)]


def test_signed_out_and_offline(window, menu, desk):
    desk.connection_changed.emit(replace(ONLINE, link=Link.SIGNED_OUT))
    menu.aboutToShow.emit()
    assert "Sign in…" in texts(menu)
    desk.connection_changed.emit(replace(ONLINE, link=Link.OFFLINE))
    menu.aboutToShow.emit()
    entry(menu, "Try now").trigger()
    assert desk.named("try_now") == [()]


def test_without_a_store_it_offers_to_sign_in(window, desk):
    desk.connection_changed.emit(replace(ONLINE, link=Link.SIGNED_OUT))
    window.stores.aboutToShow.emit()
    assert texts(window.stores)[0] == "Sign in…"
