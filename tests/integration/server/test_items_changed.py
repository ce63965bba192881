"""Who knows the catalogue asks for what has changed since, in one short answer."""

from __future__ import annotations

import uuid
from typing import Any

import pytest


def page(client: Any, **asked: str) -> dict[str, Any]:
    answer = client.get("/api/v1/items", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def told(client: Any, since: str) -> set[str]:
    return {item["title"] for item in page(client, changed_since=since, limit="500")["items"]}


@pytest.fixture
def made(client: Any) -> str:
    title = f"Changed {uuid.uuid4()}"
    assert client.post("/api/v1/items", json={"title": title}).status_code == 201
    return title


def test_a_new_item_is_told_once(client, made):
    before = page(client, limit="1")["as_of"]
    title = f"New {uuid.uuid4()}"
    client.post("/api/v1/items", json={"title": title})
    # Pictures of other tests may still be on their way into items of theirs.
    assert title in told(client, before) and made not in told(client, before)
    assert title not in told(client, page(client)["as_of"])


def test_total_counts_all_of_them(client, made):
    whole = page(client, limit="1")
    assert page(client, changed_since=whole["as_of"])["total"] == whole["total"] > 0


def test_an_item_that_is_found_by_its_title_has_not_changed(client, made):
    as_of = page(client)["as_of"]
    assert client.post("/api/v1/items", json={"title": made}).status_code == 200
    assert made not in told(client, as_of)


def test_an_item_is_told_when_an_image_of_it_changes(client, photo, made):
    (item,) = page(client, query=made)["items"]
    as_of = page(client)["as_of"]
    answer = client.upload(photo(), item["id"])
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    said = page(client, changed_since=as_of)["items"]
    (now,) = [one for one in said if one["title"] == made]
    assert (now["images"], now["thumb_url"]) == (1, image["urls"]["thumb"])
    as_of = page(client)["as_of"]
    assert client.delete(f"/api/v1/images/{image['id']}").status_code == 204
    (now,) = page(client, changed_since=as_of)["items"]
    assert (now["images"], now["thumb_url"]) == (0, "")


@pytest.mark.parametrize("since", ["999999999999999", "9" * 40, "0", "x", "-1", "²"])
def test_what_was_never_given_is_answered_with_all(client, made, since):
    assert page(client, changed_since=since, limit="1")["next"]


def test_changes_come_in_pages_too(client, made):
    as_of = page(client)["as_of"]
    for _ in range(3):
        client.post("/api/v1/items", json={"title": f"Paged {uuid.uuid4()}"})
    first = page(client, changed_since=as_of, limit="2")
    second = page(client, changed_since=as_of, limit="2", cursor=first["next"])
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, "")


def test_an_items_change_holds_up_no_question_for_images(client, made):
    """Else each would be answered at once from then on, over and over."""
    cursor = client.get("/api/v1/images").json()["cursor"]
    client.post("/api/v1/items", json={"title": f"Between {uuid.uuid4()}"})
    said = client.get(f"/api/v1/images?changed_since={cursor}&wait=5").json()
    assert said["images"] == []
    assert int(said["cursor"]) > int(cursor)
