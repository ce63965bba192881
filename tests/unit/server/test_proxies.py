"""Who asks, behind proxies: from right to left, and only from those that are trusted."""

from __future__ import annotations

import pytest

from uploader.server import environment
from uploader.server.access.proxies import TrustedProxies, place

TRUSTED = TrustedProxies(["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.1.2.3", "1.1.1.1,198.51.100.1 ,192.0.2.7, 10.9.9.9", "198.51.100.1"),
        ("10.1.2.3", "10.5.5.5", "10.5.5.5"),
        ("10.1.2.3", "198.51.100.1:4711", "198.51.100.1"),
        ("10.1.2.3", "[2001:db8:9::1]:4711", "2001:db8:9::1"),
        ("2001:db8:1::5", "2001:db8:9::1", "2001:db8:9::1"),
        ("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "198.51.100.1, unknown", "10.1.2.3"),
        ("10.1.2.3", "198.51.100.1, _hidden, 10.2.2.2", "10.2.2.2"),
        ("10.1.2.3", ", ,", "10.1.2.3"),
        ("10.1.2.3", "'; DROP TABLE store_user; --", "10.1.2.3"),
        ("", "198.51.100.1", ""),
        ("localhost", "198.51.100.1", "localhost"),
    ],
)
def test_the_first_from_the_right_that_is_no_proxy_of_ours_asks(peer, forwarded, client):
    assert TRUSTED.client(peer, forwarded) == client


def test_a_socket_is_trusted_only_where_it_is_named():
    assert "" not in TRUSTED
    assert TrustedProxies(["unix"]).client("", "198.51.100.1") == "198.51.100.1"


def test_nobody_is_trusted_unless_named(monkeypatch):
    monkeypatch.delenv("STORE_TRUSTED_PROXIES", raising=False)
    assert environment.proxies("STORE_TRUSTED_PROXIES") == []
    assert "127.0.0.1" not in TrustedProxies([])


def test_what_is_no_network_is_said_at_the_start(monkeypatch):
    monkeypatch.setenv("STORE_TRUSTED_PROXIES", "10.0.0.0/8, unix, proxy.example")
    with pytest.raises(ValueError, match=r"addresses or networks .* not 'proxy\.example'"):
        environment.proxies("STORE_TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("2001:db8:9:1:aaaa::1", "2001:db8:9:1::/64"),
        ("2001:db8:9:1:bbbb::2", "2001:db8:9:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_who_has_a_whole_network_has_one_count(address, counted):
    assert place(address) == counted
