"""Admins keep an item's images in order: words, places, focus points, and taking them away."""

from __future__ import annotations

import io
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from PIL import Image

from uploader.domain.edits import Edits
from uploader.domain.styles import DEFAULT_STYLES, Focus
from uploader.imaging.render import render


def live(client: Any, data: bytes, item: str, **metadata: str) -> dict[str, Any]:
    answer = client.upload(data, item, **metadata)
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert image["state"] == "live", image
    return image  # type: ignore[no-any-return]


def edit(client: Any, image_id: str, **fields: Any) -> requests.Response:
    return client.patch(f"/api/v1/images/{image_id}", json=fields)  # type: ignore[no-any-return]


def order(companion: Any, item: str) -> list[tuple[int, int]]:
    return companion.sql(  # type: ignore[no-any-return]
        "SELECT position, id FROM store_itemimage WHERE item_id = ? AND state <> 'removed'"
        " ORDER BY position, id",
        item,
    )


@pytest.fixture(scope="module")
def slow() -> bytes:
    """A picture that keeps a worker busy for a good while."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((5000, 4000)).convert("RGB").save(
        out, "PNG", compress_level=1
    )
    return out.getvalue()


def test_words_change_at_once_and_everybody_hears_of_it(client, photo, item):
    image = live(client, photo(), item, alt="A lamp")
    answer = edit(client, image["id"], alt="  A lamp, lit ")
    assert answer.status_code == 200
    assert answer.json() == image | {"alt": "A lamp, lit", "cursor": answer.json()["cursor"]}
    assert int(answer.json()["cursor"]) > int(image["cursor"])
    # What is as it was is no change.
    assert edit(client, image["id"], alt="A lamp, lit").json() == answer.json()
    assert edit(client, image["id"]).json() == answer.json()


def test_images_move_and_the_others_make_room(client, companion, photo, item):
    ids = [int(live(client, photo(200, 150), item)["id"]) for _ in range(4)]
    assert edit(client, ids[3], position=1).json()["position"] == 1
    assert order(companion, item) == list(enumerate([ids[3], *ids[:3]], 1))
    assert edit(client, ids[3], position=99).json()["position"] == 4
    assert order(companion, item) == list(enumerate(ids, 1))
    client.delete(f"/api/v1/images/{ids[1]}")
    edit(client, ids[2], position=1)
    assert order(companion, item) == [(1, ids[2]), (2, ids[0]), (3, ids[3])]


def test_moving_from_all_sides_keeps_a_place_for_each(
    client, client_of, companion, photo, item, eventually
):
    ids = [int(live(client, photo(200, 150), item)["id"]) for _ in range(5)]

    def shuffle(n: int) -> set[int]:
        with client_of(companion.url, token=client.token) as own:
            return {edit(own, i, position=(i * n) % 5 + 1).status_code for i in ids}

    with ThreadPoolExecutor(4) as pool:
        assert set.union(*pool.map(shuffle, (1, 2, 3, 4))) == {200}
    places = order(companion, item)
    assert [place for place, _ in places] == [1, 2, 3, 4, 5]
    assert {image_id for _, image_id in places} == set(ids)


def test_another_focus_makes_the_styles_anew_and_shows_the_old_ones_until_then(client, photo, item):
    data = photo(900, 300)
    image = live(client, data, item)
    answer = edit(client, image["id"], focus=[0.0, 0.5]).json()
    assert (answer["state"], answer["focus"]) == ("processing", [0.0, 0.5])
    assert answer["urls"] == image["urls"]
    assert answer["item"]["thumb_url"] == image["urls"]["thumb"]
    after = client.settled(image["id"], image["cursor"])
    assert after["state"] == "live"
    square = requests.get(after["urls"]["square"], timeout=20).content
    assert square == render(data, DEFAULT_STYLES, focus=Focus(0.0, 0.5))["square"].encode().data
    # For pages that were loaded before.
    assert requests.get(image["urls"]["square"], timeout=20).status_code == 200


def test_a_focus_that_moves_while_a_worker_is_at_it_is_the_one_that_counts(
    client, companion, slow, item, eventually
):
    sent = client.upload(slow, item, focus="1,0.5")
    image_id = sent.headers["Store-Image"]
    begun = "SELECT 1 FROM store_itemimage WHERE id = ? AND started_at IS NOT NULL"
    eventually(lambda: companion.sql(begun, image_id), "the job's begin")
    edit(client, image_id, focus=[0.0, 0.5])
    after = client.settled(image_id, sent.headers["Store-Cursor"])
    assert (after["state"], after["focus"]) == ("live", [0.0, 0.5])
    square = requests.get(after["urls"]["square"], timeout=20).content
    assert square == render(slow, DEFAULT_STYLES, focus=Focus(0.0, 0.5))["square"].encode().data


def test_turned_and_padded_later_it_is_made_anew(client, photo, item):
    data = photo(900, 300)
    image = live(client, data, item, focus="0.1,0.5")
    answer = edit(client, image["id"], rotate=90).json()
    # The focus stays at the same point of the photo.
    seen = (answer["state"], answer["rotate"], answer["pad"], answer["focus"])
    assert seen == ("processing", 90, False, [0.5, 0.1])
    after = client.settled(image["id"], image["cursor"])
    assert (after["state"], after["width"], after["height"]) == ("live", 900, 300)
    square = requests.get(after["urls"]["square"], timeout=20).content
    made = render(data, DEFAULT_STYLES, focus=Focus(0.5, 0.1), edits=Edits(90))
    assert square == made["square"].encode().data
    both = edit(client, image["id"], pad=True, focus=[0.5, 0.5]).json()
    assert (both["rotate"], both["pad"], both["focus"]) == (90, True, [0.5, 0.5])
    after = client.settled(image["id"], answer["cursor"])
    thumb = requests.get(after["urls"]["thumb"], timeout=20).content
    made = render(data, DEFAULT_STYLES, edits=Edits(90, pad=True))
    assert thumb == made["thumb"].encode().data
    # What is as it was is no change.
    assert edit(client, image["id"], rotate=90, pad=True).json()["cursor"] == after["cursor"]
    assert requests.get(after["urls"]["original"], timeout=20).content == data


def test_what_is_deleted_is_gone_with_its_files_and_never_comes_back(
    client, companion, photo, item
):
    data, reference = photo(), str(uuid.uuid4())
    image = live(client, data, item, reference=reference)
    (folder,) = companion.sql("SELECT original FROM store_itemimage WHERE id = ?", image["id"])[0]
    for _ in range(2):
        assert client.delete(f"/api/v1/images/{image['id']}").status_code == 204
    assert {requests.get(url, timeout=20).status_code for url in image["urls"].values()} == {404}
    assert not (companion.data / "media" / folder).parent.parent.exists()
    told = client.get(f"/api/v1/images?changed_since={image['cursor']}").json()["images"]
    gone = next(i for i in told if i["id"] == image["id"])
    assert (gone["removed"], gone["replaced_by"], gone["item"]["images"]) == (True, None, 0)
    assert gone["error"]["detail"] == "Somebody deleted it there."
    again = client.upload(data, item, reference=reference)
    assert again.headers["Store-Image"] == image["id"]
    for method, path in (("PATCH", ""), ("POST", "/retry")):
        answer = client.request(method, f"/api/v1/images/{image['id']}{path}", json={})
        assert answer.status_code == 404


def test_what_is_deleted_while_a_worker_is_at_it_leaves_nothing(
    client, companion, slow, photo, item, eventually
):
    image_id = client.upload(slow, item).headers["Store-Image"]
    begun = "SELECT original FROM store_itemimage WHERE id = ? AND started_at IS NOT NULL"
    ((original,),) = eventually(lambda: companion.sql(begun, image_id), "the job's begin")
    assert client.delete(f"/api/v1/images/{image_id}").status_code == 204
    live(client, photo(), item)  # the worker has come to the next one
    assert client.image(image_id)["removed"]
    folder = (companion.data / "media" / original).parent.parent
    eventually(lambda: not folder.exists(), "the end of its files")


@pytest.mark.parametrize(
    "fields",
    [
        {"rotate": 45}, {"rotate": "90"}, {"rotate": 90.5}, {"pad": 1}, {"pad": "true"},
        {"focus": [0.5]}, {"focus": [0.5, 1.1]}, {"focus": [-0.1, 0]}, {"focus": "0.5,0.5"},
        {"position": 0}, {"position": -1}, {"position": 1.5}, {"position": 10**12},
        {"alt": "x" * 1001}, {"alt": 5},
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(client, photo, item, fields):
    image = live(client, photo(200, 150), item)
    answer = edit(client, image["id"], **fields)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/bad-request")
    assert client.image(image["id"]) == image


def test_what_is_not_there_cannot_be_changed_or_deleted(client):
    assert edit(client, "999999", alt="x").status_code == 404
    assert client.delete("/api/v1/images/999999").status_code == 404


@pytest.fixture
def press(companion):
    """Give the means to send the form on one of Django's pages, as an admin."""
    with requests.Session() as browser:

        def press(path: str, **fields: str | list[str]) -> None:
            page = browser.get(f"{companion.url}{path}", timeout=20)
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            assert token, page.text
            form = {"csrfmiddlewaretoken": token[1], **fields}
            answer = browser.post(page.url, data=form, allow_redirects=False, timeout=20)
            assert answer.status_code == 302, answer.text

        press("/sign-in", email=companion.admin[0], password=companion.admin[1])
        yield press


def test_what_is_deleted_on_djangos_page_does_not_come_back_either(client, press, photo, item):
    data, reference = photo(), str(uuid.uuid4())
    image = live(client, data, item, reference=reference)
    press(f"/admin/store/itemimage/{image['id']}/delete/", post="yes")
    assert client.image(image["id"])["removed"]
    assert requests.get(image["urls"]["original"], timeout=20).status_code == 404
    assert client.upload(data, item, reference=reference).headers["Store-Image"] == image["id"]


def test_items_deleted_on_djangos_page_take_their_pictures_along(client, press, photo, companion):
    images = [live(client, photo(), companion.item(title)) for title in ("Of two", "The other")]
    chosen = [image["item"]["id"] for image in images]
    action = {"action": "delete_selected", "post": "yes", "_selected_action": chosen}
    press("/admin/store/item/", **action)
    for image in images:
        assert client.get(f"/api/v1/images/{image['id']}").status_code == 404
    assert not {item["id"] for item in client.get("/api/v1/items").json()["items"]} & {*chosen}
