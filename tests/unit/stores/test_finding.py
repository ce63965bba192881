from __future__ import annotations

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import BusyError, CancelledError, OfflineError, StoreError
from uploader.domain.stores import Credentials, Item

CONTENT = "ab" * 32


@pytest.fixture
def plain(shop, store):
    """Signed in at a store that knows no references."""
    shop.features = {}
    store.sign_in(Credentials("ines@shop", "right"))
    shop.script.asked.clear()
    return store


def image(number, title="Lamp", item="12", **values):
    known = {"id": number, "sha256": CONTENT, "state": "live", "cursor": str(number)}
    return {**known, "item": {"id": item, "title": title}, **values}


def found_among(shop, says, images, **more):
    fields = {"images": images, "cursor": "9", "more": False, **more}
    shop.first = lambda asked: says(200, fields) if "images?sha256=" in asked.path else None


@pytest.mark.parametrize(
    ("images", "found"),
    [
        ([], None),
        ([image(4)], "4"),
        ([image(4, item="13")], None),
        ([image(5), image(4)], "5"),
        ([image(5, state="failed"), image(4)], "4"),
        ([image(5, state="failed")], "5"),
        ([image(5, item="13"), image(4, title="Renamed")], "4"),
    ],
)
def test_find_by_content(*, plain, shop, photo, says, images, found):
    found_among(shop, says, images)
    remote = plain.find(photo())
    assert (remote.id if remote else None) == found
    assert shop.script.asked[0].path == f"/api/v1/images?sha256={CONTENT}"


def test_what_the_store_had_goes_by_its_own_reference(signed_in, shop, photo):
    shop.images = [image("81", reference="a colleague's")]
    assert signed_in.find(photo()) is None
    assert signed_in.find(photo(remote_id="81")).id == "81"


def test_an_item_made_by_the_upload_is_known_by_its_title(plain, shop, photo, says):
    found_among(shop, says, [image(5, title="Vase"), image(4, title="New lamp")])
    assert plain.find(photo(item=Item("", " New lamp "))).id == "4"


def test_a_picture_that_the_store_named_is_asked_for_itself(plain, shop, photo, says):
    shop.images = [image("81", item="99")]
    assert plain.find(photo(remote_id="81")).id == "81"
    shop.images = [image("81", sha256="cd" * 32)]
    found_among(shop, says, [])
    assert plain.find(photo(remote_id="81")) is None
    shop.images = []
    assert plain.find(photo(remote_id="81")) is None


def test_a_removed_picture_counts_only_where_its_content_isnt_there_again(plain, shop, photo, says):
    shop.images = [image("81", state="failed", removed=True)]
    found_among(shop, says, [image("90")])
    assert plain.find(photo(remote_id="81")).id == "90"
    found_among(shop, says, [])
    found = plain.find(photo(remote_id="81"))
    assert (found.id, found.removed) == ("81", True)


@pytest.mark.parametrize(
    "said",
    [
        {"success": True},
        {"images": [], "login": "required"},
        {"images": None, "cursor": "9"},
        {"images": {}, "cursor": "9"},
        {"images": ["none"], "cursor": "9"},
        {"images": [image(1, sha256="cd" * 32, reference="another")], "cursor": "9"},
    ],
)
@pytest.mark.parametrize("kind", ["plain", "signed_in"])
def test_an_odd_answer_never_means_not_there(*, request, shop, photo, says, said, kind):
    store = request.getfixturevalue(kind)
    shop.first = lambda asked: says(200, said)
    with pytest.raises(OfflineError):
        store.find(photo())


@pytest.mark.parametrize("raw", [b"", b"<html>Welcome, guest</html>", b"[]", b'{"images": ['])
@pytest.mark.parametrize("status", [200, 204, 302, 511])
@pytest.mark.parametrize("kind", ["plain", "signed_in"])
def test_a_guest_networks_page_never_means_not_there(
    *, request, shop, photo, says, raw, status, kind
):
    store = request.getfixturevalue(kind)
    shop.first = lambda asked: says(status, raw=raw, headers={"Location": "http://wifi.invalid/"})
    with pytest.raises(StoreError):
        store.find(photo())


def test_more_pictures_than_are_told_leave_it_open(plain, shop, photo, says):
    found_among(shop, says, [image(4, item="13")], more=True)
    with pytest.raises(BusyError):
        plain.find(photo())


@pytest.mark.parametrize("ask", ["find", "discard", "resubmit"])
def test_every_question_can_be_cut(*, signed_in, shop, photo, finishes, ask):
    shop.first = lambda asked: "stall"
    cancel = CancelToken()
    wait = finishes(lambda: getattr(signed_in, ask)(photo(remote_id="81"), cancel))
    assert shop.script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()
