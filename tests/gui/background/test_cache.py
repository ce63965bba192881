"""What is kept of a store: comes back whole, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from uploader.background import cache as module
from uploader.background.cache import Cache, Known
from uploader.background.profiles import Profile
from uploader.domain.findings import Format, Limits
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Style

SHOP = Profile("shop", "https://shop.example", "ines@shop.example", "Harbour & Pine")
CAPABILITIES = Capabilities(
    styles=(Style("thumb", "90x90>"), Style("wide", "400x100#")),
    limits=Limits(1_000_000, 2_000_000, frozenset({Format.JPEG, Format.PNG})),
    resumable=True,
    idempotent=True,
    usual_seconds=3.5,
)
ITEMS = tuple(Item(str(n), f"Lämp {n} 🍳", f"HP-{n:04}", n % 7 > 0, n % 3) for n in range(350))
KNOWN = Known(CAPABILITIES, ITEMS)


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "catalogue")


@pytest.fixture
def kept(cache, tmp_path):
    """The file of a store that was kept."""
    cache.save(SHOP, KNOWN)
    [file] = (tmp_path / "catalogue").iterdir()
    return file


def test_it_comes_back_as_it_was(cache, kept) -> None:
    assert cache.load(SHOP) == KNOWN


def test_an_empty_catalogue_is_one_too(cache) -> None:
    cache.save(SHOP, Known(CAPABILITIES))
    assert cache.load(SHOP) == Known(CAPABILITIES)


def test_nothing_is_known_before_anything_was_kept(cache) -> None:
    assert cache.load(SHOP) is None


def test_what_is_new_takes_the_place_of_the_old(cache, kept) -> None:
    cache.save(SHOP, Known(Capabilities(), ITEMS[:1]))
    assert cache.load(SHOP) == Known(Capabilities(), ITEMS[:1])
    assert list(kept.parent.iterdir()) == [kept]


def test_another_store_of_the_same_name_is_not_taken_for_it(cache, kept) -> None:
    assert cache.load(replace(SHOP, address="https://other.example")) is None
    assert cache.load(replace(SHOP, name="other")) is None


@pytest.mark.parametrize("at", [0.0, 0.02, 0.2, 0.5, 0.999])
def test_a_single_flipped_bit_is_noticed(cache, kept, at) -> None:
    content = bytearray(kept.read_bytes())
    content[int(len(content) * at)] ^= 4
    kept.write_bytes(content)
    assert cache.load(SHOP) is None


@pytest.mark.parametrize("keep", [0, 1, 40, 120, 400, 5000, -1])
def test_a_cut_file_is_ignored(cache, kept, keep) -> None:
    kept.write_bytes(kept.read_bytes()[:keep])
    assert cache.load(SHOP) is None


@pytest.mark.parametrize(
    "content", [b"\0" * 5000, b"\xff" * 5000, b"[" * 100_000, b"{}\n{}\n", b"\n" * 9]
)
def test_what_makes_no_sense_is_ignored_and_replaced(cache, kept, content) -> None:
    kept.write_bytes(content)
    assert cache.load(SHOP) is None
    cache.save(SHOP, KNOWN)
    assert cache.load(SHOP) == KNOWN


def test_another_format_is_ignored(cache, kept) -> None:
    kept.write_bytes(kept.read_bytes().replace(b"catalogue 1", b"catalogue 2", 1))
    assert cache.load(SHOP) is None


def test_a_file_that_is_too_large_is_not_read(cache, kept, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    assert cache.load(SHOP) is None


def test_half_a_catalogue_is_never_kept(cache, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_ITEMS", 10)
    cache.save(SHOP, KNOWN)
    assert cache.load(SHOP) is None


def test_only_some_stores_are_kept(cache, tmp_path) -> None:
    for n in range(module.MOST_FILES + 3):
        cache.save(replace(SHOP, name=f"shop {n}"), KNOWN)
    assert len(list((tmp_path / "catalogue").iterdir())) == module.MOST_FILES


def test_a_place_that_takes_nothing_is_no_trouble(tmp_path) -> None:
    (tmp_path / "catalogue").write_text("in the way")
    cache = Cache(tmp_path / "catalogue")
    cache.save(SHOP, KNOWN)
    assert cache.load(SHOP) is None


def test_no_address_of_a_picture_is_kept(cache, tmp_path) -> None:
    signed = replace(ITEMS[0], thumb_url="https://cdn.example/1.jpg?signature=secret")
    cache.save(SHOP, Known(CAPABILITIES, (signed,)))
    [file] = (tmp_path / "catalogue").iterdir()
    assert b"secret" not in file.read_bytes()
