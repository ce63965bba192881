"""The shop's pages: what customers see, and never a broken picture."""

from __future__ import annotations

import io
import re

import pytest
import requests
from PIL import Image


@pytest.fixture(scope="module")
def open_shop(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("shop"), STORE_SHOP_PUBLIC="yes") as store:
        yield store


@pytest.fixture(scope="module")
def seller(open_shop, client_of):
    with client_of(open_shop.url, open_shop.admin) as client:
        yield client


def page(store, path="/shop/"):
    answer = requests.get(f"{store.url}{path}", timeout=20)
    assert answer.status_code == 200
    return answer.text


def pictures(text):
    found = re.findall(r'<img[^>]* src="([^"]+)" width="(\d+)" height="(\d+)" alt="([^"]*)"', text)
    assert len(found) == text.count("<img")
    return found


def sent(seller, content, item, **metadata):
    answer = seller.upload(content, item, **metadata)
    assert answer.status_code == 201
    number = answer.headers["Store-Image"]
    assert seller.settled(number, "0")["state"] == "live"
    return number


def test_both_styles_are_shown_at_their_own_size(open_shop, seller, photo):
    item = open_shop.item("A <b>bold</b> lamp")
    sent(seller, photo(640, 480), item, alt='The "lamp"')
    sent(seller, photo(300, 900), item)
    text = page(open_shop, f"/shop/{item}")
    found = pictures(text)
    sizes = [(200, 200), (200, 200), (100, 75), (33, 100)]
    assert [(int(width), int(height)) for _, width, height, _ in found] == sizes
    for (url, _, _, _), size in zip(found, sizes, strict=True):
        with Image.open(io.BytesIO(requests.get(url, timeout=20).content)) as picture:
            assert picture.size == size
    assert found[0][3] == "The &quot;lamp&quot;"
    assert "<b>bold" not in text
    assert found[0][0] in page(open_shop)


def test_a_photo_in_processing_has_its_place_held(companion_of, client_of, photo, tmp_path):
    with companion_of(tmp_path, workers=0, STORE_SHOP_PUBLIC="yes") as store:
        item = store.item("Coming soon")
        store.item("Never photographed")
        with client_of(store.url, store.admin) as client:
            client.upload(photo(), item)
        for path in ("/shop/", f"/shop/{item}"):
            text = page(store, path)
            assert "The photo will be here in a moment." in text
            assert "<img" not in text
        assert "No photo yet" in page(store)


def test_what_failed_or_was_removed_is_not_shown(open_shop, seller, photo):
    item = open_shop.item("Bad luck")
    number = sent(seller, photo(), item)
    assert pictures(page(open_shop, f"/shop/{item}"))
    assert seller.delete(f"/api/v1/images/{number}").status_code == 204
    assert "No photo yet" in page(open_shop, f"/shop/{item}")


def test_what_is_not_on_sale_is_not_there(open_shop):
    item = open_shop.item("Archived", active=False)
    assert "Archived" not in page(open_shop)
    for path in (f"/shop/{item}", "/shop/99999999", "/shop/0"):
        assert requests.get(f"{open_shop.url}{path}", timeout=20).status_code == 404


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "99999", "9" * 400])
def test_a_page_that_is_none_is_the_nearest_that_is(open_shop, asked):
    assert "Catalogue" in page(open_shop, f"/shop/?page={asked}")


def test_only_reading_is_for_everybody(open_shop):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert requests.request(method, f"{open_shop.url}/shop/", timeout=20).status_code == 404
