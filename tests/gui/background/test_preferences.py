"""What was set comes back as it was, whatever has become of the file in between."""

from __future__ import annotations

import json

import pytest

from uploader.background import preferences as kept
from uploader.domain.bandwidth import Bandwidth, Span
from uploader.domain.preferences import (
    Copies,
    Network,
    Preferences,
    ProxySecretError,
    ProxyUse,
    proxy_address,
)


class Kept:
    """Settings in memory."""

    def __init__(self, **values: str) -> None:
        self.values = values

    def get_setting(self, key: str, default: str = "") -> str:
        return self.values.get(key, default)

    def set_setting(self, key: str, value: str) -> None:
        self.values[key] = value


SET = Preferences(
    uploads=7,
    at_once=True,
    copies=Copies.ALWAYS,
    bandwidth=Bandwidth(20.5, (Span(480, 1080, 4), Span(1320, 360, 0))),
    network=Network(ProxyUse.OWN, "http://proxy:3128", "/etc/own.pem"),
)


def test_it_comes_back():
    settings = Kept()
    assert kept.read(settings) == Preferences()
    kept.write(settings, SET)
    assert kept.read(settings) == SET


@pytest.mark.parametrize(
    "stored",
    ["[{", "null", "7", "[]", '"x"', '{"copies": "perhaps"}', '{"uploads": "many"}', "[" * 9999,
     '{"bandwidth": 3}', '{"bandwidth": {"spans": [{"start": 1}]}}', '{"bandwidth": {"limit": []}}',
     '{"network": {"use": 1}}', '{"uploads": 1e999}'],
)  # fmt: skip
def test_nonsense_is_as_if_nothing_was_set(stored):
    assert kept.read(Kept(preferences=stored)) == Preferences()


def test_what_is_out_of_bounds_is_brought_in():
    stored = {"uploads": 99, "bandwidth": {"limit": -3, "spans": [
        {"start": 1500, "end": -60, "limit": 1e12}]}, "later": "unknown"}  # fmt: skip
    found = kept.read(Kept(preferences=json.dumps(stored)))
    assert found.uploads == 8
    assert found.bandwidth == Bandwidth(0, (Span(60, 1380, 100_000),))


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" proxy ", "http://proxy"), ("proxy:3128/", "http://proxy:3128"),
     ("https://Proxy.example:8", "https://proxy.example:8"), ("[::1]:80", "http://[::1]:80")],
)  # fmt: skip
def test_a_proxy_as_people_type_it(typed, address):
    assert proxy_address(typed) == address


@pytest.mark.parametrize("typed", ["", "http://", "proxy:99999", "socks5://proxy", "a b/c", "x/y"])
def test_what_is_no_proxy(typed):
    with pytest.raises(ValueError) as refused:
        proxy_address(typed)
    assert not isinstance(refused.value, ProxySecretError)


@pytest.mark.parametrize("typed", ["http://ines:secret@proxy:3128", "ines@proxy"])
def test_a_password_is_never_kept(typed):
    with pytest.raises(ProxySecretError):
        proxy_address(typed)
