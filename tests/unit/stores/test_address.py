from __future__ import annotations

import pytest

from uploader.domain.errors import NoStoreHereError
from uploader.stores.address import host_of, is_loopback, normalise, origin


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("harbourpine.shop", "https://harbourpine.shop"),
        ("  HarbourPine.shop / ", "https://harbourpine.shop"),
        ("https://x.shop/admin/", "https://x.shop"),
        ("https://x.shop/shop/admin/items?page=2#top", "https://x.shop/shop"),
        ("https://x.shop/index.html", "https://x.shop"),
        ("//x.shop", "https://x.shop"),
        ("x.shop.", "https://x.shop"),
        ("x.shop:443", "https://x.shop"),
        ("x.shop:8443", "https://x.shop:8443"),
        ("http://x.shop", "https://x.shop"),
        ("http://x.shop:80/", "https://x.shop"),
        ("localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000/jobs/", "http://127.0.0.1:8000"),
        ("http://localhost:80", "http://localhost"),
        ("https://localhost:8000", "https://localhost:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("192.168.1.5", "https://192.168.1.5"),
    ],
)
def test_addresses_that_can_be_asked(typed, expected):
    assert normalise(typed) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ftp://x.shop",
        "https://",
        "ines@harbourpine.shop",
        "https://ines:secret@x.shop",
        "x..shop",
        "-x.shop",
        "x.shop:99999",
        "x.shop:port",
        "https://[::1",
        "?what",
        "a" * 64 + ".shop",
        "ü" * 64 + ".shop",
        "x!y.shop",
    ],
)
def test_what_is_no_address_gets_a_sentence(typed):
    with pytest.raises(NoStoreHereError) as caught:
        normalise(typed)
    assert caught.value.title
    assert caught.value.detail.endswith(".")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("typed", ["http://192.168.1.5:8000", "http://x.shop:8080"])
def test_a_password_never_travels_openly(typed):
    with pytest.raises(NoStoreHereError, match="openly"):
        normalise(typed)


def test_loopback_is_only_this_machine():
    assert is_loopback("localhost")
    assert is_loopback("demo.localhost")
    assert is_loopback("127.8.8.8")
    assert is_loopback("::1")
    assert not is_loopback("localhost.evil.example")
    assert not is_loopback("10.0.0.1")


def test_parts_for_people_and_for_comparison():
    assert origin("https://x.shop:1/a/b?c") == "https://x.shop:1"
    assert host_of("https://x.shop:1/a") == "x.shop"
    assert host_of("nonsense") == "nonsense"
