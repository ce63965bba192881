"""A sign-in that is still under way ends when the person signs out, or gives it up."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from uploader.background.contact import Contact
from uploader.background.profiles import Profile, Profiles
from uploader.background.signals import DeskSignals
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import OfflineError
from uploader.domain.stores import Account, Capabilities, Credentials
from uploader.engine.connect import Standing
from uploader.outbox import Outbox


class SlowStore:
    """The first sign-in finds no network; the second one waits in the store until it may go on."""

    capabilities = Capabilities()

    def __init__(self):
        self.asked, self.may_go_on = threading.Event(), threading.Event()
        self.token = ""
        self.revoked = []
        self.away = True

    def sign_in(self, credentials):
        if self.away:
            self.away = False
            raise OfflineError("No way to the store")
        self.asked.set()
        assert self.may_go_on.wait(20)
        self.token = credentials.token
        return Account(credentials.email, "Ines", "Shop", credentials.token)

    def sign_out(self):
        token, self.token = self.token, ""
        self.revoked += [token] if token else []

    def close(self):
        pass


@pytest.fixture
def contact(tmp_path):
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    Profiles(outbox).use(Profile("shop", "https://shop.example", "ines@shop.example", "Shop"))
    keychain = SimpleNamespace(load=lambda _name: "key", forget=lambda _name: None)
    store = SlowStore()
    made = Contact(
        outbox, keychain, lambda _address: store, DeskSignals(),
        on_change=lambda: None, on_service=lambda _service: None,
    )  # fmt: skip
    made.resume()
    assert made.link.state.standing is Standing.OFFLINE
    yield made
    outbox.close()


@pytest.mark.parametrize("leave", ["sign_out", "let_go"])
def test_a_sign_in_that_is_under_way_ends_with_it(contact, leave):
    store, profile = contact.service.store, contact.service.profile
    probing = threading.Thread(target=contact.probe)
    probing.start()
    assert store.asked.wait(20)
    contact.sign_out() if leave == "sign_out" else contact.let_go(profile)
    store.may_go_on.set()
    probing.join()
    assert contact.link.state.standing is Standing.SIGNED_OUT
    assert not contact.service.signed_in
    assert (store.token, store.revoked) == ("", ["key"])


def test_one_that_nobody_ends_goes_on(contact):
    store = contact.service.store
    store.may_go_on.set()
    contact.probe()
    assert contact.link.online
    assert (store.token, store.revoked) == ("key", [])


def test_one_that_is_given_up_changes_nothing(contact):
    store, before = contact.service.store, contact.service
    cancel, told = CancelToken(), []
    for signal in (contact._signals.sign_in_succeeded, contact._signals.sign_in_failed):
        signal.connect(lambda *said: told.append(said))
    person = Credentials("kim@shop.example", "secret", "new key")
    signing = threading.Thread(
        target=lambda: contact.sign_in("other.example", person, stay=True, cancel=cancel)
    )
    signing.start()
    assert store.asked.wait(20)
    cancel.cancel()
    store.may_go_on.set()
    signing.join()
    assert contact.service is before
    assert contact.link.state.standing is Standing.OFFLINE
    assert [profile.name for profile in contact.profiles.shown()] == ["shop"]
    assert (store.token, store.revoked, told) == ("", ["new key"], [])


def test_one_that_was_given_up_before_its_turn_asks_nobody(contact):
    cancel = CancelToken()
    cancel.cancel()
    contact.sign_in("other.example", Credentials("kim@shop.example"), stay=True, cancel=cancel)
    assert not contact.service.store.asked.is_set()
