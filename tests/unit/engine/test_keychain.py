"""The keychain, with back-ends of keyring's own kind that live in memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from uploader.engine.keychain import SERVICE, Keychain


class InMemory(KeyringBackend):
    """Keeps secrets in a dict."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class Locked(InMemory):
    """The person pressed Cancel when asked to unlock it; its words name what it was asked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"locked: {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"locked: {username} {password}")

    delete_password = get_password  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def system() -> Iterator[InMemory]:
    before = keyring.get_keyring()
    backend = InMemory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_what_is_kept_is_found_by_the_next_start(system: InMemory) -> None:
    assert Keychain().usable()
    assert Keychain().save("ines at shop", "token-1")
    assert system.kept == {(SERVICE, "ines at shop"): "token-1"}
    assert Keychain().load("ines at shop") == "token-1"
    assert Keychain().load("somebody else") == ""
    assert Keychain().name() == system.name


def test_of_several_the_name_is_that_of_the_one_that_keeps(system: InMemory, monkeypatch) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [system, keyring.backends.null.Keyring()])
    keyring.set_keyring(ChainerBackend())
    assert Keychain().name() == system.name


def test_forgetting_leaves_nothing_and_nobody_else_is_hurt(system: InMemory) -> None:
    for name in ("ines", "cleo"):
        Keychain().save(name, f"token of {name}")
    Keychain().forget("ines")
    Keychain().forget("ines")
    assert system.kept == {(SERVICE, "cleo"): "token of cleo"}


@pytest.mark.parametrize(
    "backend",
    [keyring.backends.fail.Keyring(), keyring.backends.null.Keyring(), ChainerBackend()],
    ids=["none", "null", "chain of none"],
)
def test_what_keeps_nothing_is_no_keychain(backend, monkeypatch) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [])
    keyring.set_keyring(backend)
    keychain = Keychain()
    assert not keychain.usable()
    assert keychain.name() == ""
    assert not keychain.save("ines", "token")
    assert keychain.load("ines") == ""
    keychain.forget("ines")


def test_a_file_that_anybody_can_read_is_no_keychain(system: InMemory, monkeypatch) -> None:
    monkeypatch.setattr(InMemory, "__module__", "keyrings.alt.file")
    assert not Keychain().usable()
    assert not Keychain().save("ines", "token")
    assert system.kept == {}


def test_switched_off_it_is_never_asked(system: InMemory) -> None:
    system.kept[SERVICE, "ines"] = "token of an earlier time"
    keychain = Keychain(enabled=False)
    assert not keychain.usable()
    assert not keychain.save("ines", "token")
    assert keychain.load("ines") == ""
    keychain.forget("ines")
    assert system.kept == {(SERVICE, "ines"): "token of an earlier time"}


def test_a_locked_one_is_as_good_as_none_and_the_log_holds_no_secret(caplog) -> None:
    keyring.set_keyring(Locked())
    keychain = Keychain()
    with caplog.at_level(logging.DEBUG):
        assert not keychain.save("ines", "token-1")
        assert keychain.load("ines") == ""
        keychain.forget("ines")
    assert "token-1" not in caplog.text
    assert caplog.text.count("KeyringLocked") == 3


def test_a_search_that_fails_is_no_keychain(monkeypatch, log_watch) -> None:
    def broken() -> KeyringBackend:
        raise RuntimeError("no bus")

    log_watch.expect("looking for one failed")
    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert not Keychain().usable()
