"""A new picture in an old one's place: never two, never none, whatever runs at the same time."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests


def live(client: Any, data: bytes, item: str, **metadata: str) -> dict[str, Any]:
    answer = client.upload(data, item, **metadata)
    assert answer.status_code == 201, answer.text
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert image["state"] == "live", image
    return image  # type: ignore[no-any-return]


def shown(companion: Any, item: str) -> list[tuple[int, int]]:
    """Give number and position of what the shop shows of an item."""
    return companion.sql(  # type: ignore[no-any-return]
        "SELECT id, position FROM store_itemimage WHERE item_id = ? AND state = 'live'"
        " ORDER BY position, id",
        item,
    )


@pytest.fixture(scope="module")
def idle(companion_of, tmp_path_factory):
    """A store without workers: what is accepted stays `processing` until `work` is called."""
    with companion_of(tmp_path_factory.mktemp("idle"), workers=0) as store:
        yield store


def work(store: Any, *arguments: str) -> None:
    """Process all that waits, and end."""
    store.manage("db_worker", "--batch", "--queue-name", "*", "--no-startup-delay", *arguments)


def test_the_new_picture_takes_the_place_the_words_and_the_focus(client, companion, photo, item):
    first = live(client, photo(), item)
    old = live(client, photo(), item, alt="A teapot", focus="0.2,0.8")
    last = live(client, photo(), item)
    new = live(client, photo(), item, replaces=old["id"])
    assert (new["position"], new["alt"], new["focus"]) == (2, "A teapot", [0.2, 0.8])
    assert (new["replaces"], new["replaced_by"], new["removed"]) == (old["id"], None, False)
    assert [n for n, _ in shown(companion, item)] == [
        int(image["id"]) for image in (first, new, last)
    ]
    gone = client.image(old["id"])
    assert (gone["state"], gone["removed"], gone["replaced_by"]) == ("failed", True, new["id"])
    assert gone["error"] == {
        "title": "No longer in the store", "detail": "Another picture took its place.",
    }  # fmt: skip
    assert gone["urls"] == {}
    assert new["item"]["images"] == 3


def test_what_is_said_of_the_new_one_is_its_own(client, photo, item):
    old = live(client, photo(), item, alt="A teapot", focus="0.2,0.8")
    new = live(client, photo(), item, replaces=old["id"], alt="A jug", focus="0.5,0.5")
    assert (new["alt"], new["focus"]) == ("A jug", [0.5, 0.5])


def test_the_reference_of_a_replaced_picture_never_makes_it_again(client, photo, item):
    data, reference = photo(), str(uuid.uuid4())
    old = live(client, data, item, reference=reference)
    live(client, photo(), item, replaces=old["id"])
    again = client.upload(data, item, reference=reference)
    told = (again.headers["Store-Image"], again.headers["Store-Outcome"])
    assert told == (old["id"], "repeated")
    found = client.get(f"/api/v1/images?reference={reference}").json()["images"]
    assert [image["removed"] for image in found] == [True]
    assert client.post(f"/api/v1/images/{old['id']}/retry").status_code == 404
    # As a photo of its own it may come back; by its content nothing of it is found.
    assert client.get(f"/api/v1/images?sha256={old['sha256']}").json()["images"] == []
    assert client.upload(data, item).headers["Store-Outcome"] == "created"


def test_an_items_pictures_are_listed_in_their_order(client, photo, item, companion):
    first, second, third = (live(client, photo(), item)["id"] for _ in range(3))
    other = companion.item(f"Another {uuid.uuid4()}")
    live(client, photo(), other)
    client.patch(f"/api/v1/images/{third}", json={"position": 1})
    client.delete(f"/api/v1/images/{second}")

    def listed(number: str) -> list[str]:
        return [i["id"] for i in client.get(f"/api/v1/images?item={number}").json()["images"]]

    assert listed(item) == [third, first]
    for nobody in ("0", "99999999", "x", "١", "9" * 40):
        assert listed(nobody) == []


def test_the_old_picture_is_shown_until_the_new_one_is(idle, client_of, photo):
    with client_of(idle.url, idle.admin) as client:
        item = idle.item(f"Lamp {uuid.uuid4()}")
        old = client.upload(photo(), item).headers["Store-Image"]
        work(idle)
        before = client.image(old)
        new = client.upload(photo(), item, replaces=old)
        assert client.image(old) == before | {"item": client.image(old)["item"]}
        assert client.image(old)["item"]["thumb_url"] == before["urls"]["thumb"]
        assert client.image(new.headers["Store-Image"])["position"] == before["position"]
        work(idle)
        after = client.image(new.headers["Store-Image"])
        assert after["state"] == "live"
        assert client.image(old)["removed"]
        # Pages that were loaded before find the styles for a while; the original is gone.
        assert requests.get(before["urls"]["thumb"], timeout=20).status_code == 200
        assert requests.get(before["urls"]["original"], timeout=20).status_code == 404
        idle.sql("UPDATE store_droppedfile SET due_at = '2020-01-01 00:00:00'")
        idle.manage("sweep")
        assert requests.get(before["urls"]["thumb"], timeout=20).status_code == 404
        assert {requests.get(u, timeout=20).status_code for u in after["urls"].values()} == {200}


def test_a_new_picture_that_fails_leaves_the_old_one(idle, client_of, photo):
    with client_of(idle.url, idle.admin) as client:
        item = idle.item(f"Lamp {uuid.uuid4()}")
        old = client.upload(photo(), item).headers["Store-Image"]
        work(idle)
        new = client.upload(photo(), item, replaces=old).headers["Store-Image"]
        (stored,) = idle.sql("SELECT original FROM store_itemimage WHERE id = ?", new)[0]
        original = idle.data / "media" / stored
        whole = original.read_bytes()
        original.write_bytes(whole[:2000])
        work(idle)
        assert client.image(new)["state"] == "failed"
        before = client.image(old)
        assert (before["state"], before["removed"]) == ("live", False)
        assert all(requests.get(url, timeout=20).ok for url in before["urls"].values())
        original.write_bytes(whole)
        client.post(f"/api/v1/images/{new}/retry")
        work(idle)
        assert (client.image(new)["state"], client.image(old)["removed"]) == ("live", True)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_several_that_replace_one_picture_the_last_accepted_stays(idle, client_of, photo, order):
    with client_of(idle.url, idle.admin) as client:
        item = idle.item(f"Lamp {uuid.uuid4()}")
        old = client.upload(photo(), item).headers["Store-Image"]
        work(idle)
        new = [client.upload(photo(), item, replaces=old).headers["Store-Image"] for _ in order]
        # Whatever order they are made in.
        tasks = idle.sql("SELECT job FROM store_itemimage WHERE state = 'processing' ORDER BY id")
        for rank, number in enumerate(order):
            idle.sql(
                "UPDATE django_tasks_database_dbtaskresult SET priority = ? WHERE id = ?",
                -rank, uuid.UUID(tasks[number][0]).hex,
            )  # fmt: skip
        work(idle)
        assert shown(idle, item) == [(int(new[2]), 1)]
        assert all(client.image(n)["replaced_by"] in new for n in (old, *new[:2]))


def test_a_picture_that_replaces_one_still_on_its_way_takes_the_first_ones_place(
    idle, client_of, photo
):
    with client_of(idle.url, idle.admin) as client:
        item = idle.item(f"Lamp {uuid.uuid4()}")
        first = client.upload(photo(), item).headers["Store-Image"]
        work(idle)
        second = client.upload(photo(), item, replaces=first).headers["Store-Image"]
        third = client.upload(photo(), item, replaces=second).headers["Store-Image"]
        idle.sql("UPDATE store_itemimage SET state = 'failed' WHERE id = ?", second)
        work(idle)
        assert shown(idle, item) == [(int(third), 1)]
        assert client.image(first)["replaced_by"] == third


@pytest.mark.parametrize("which", ["none", "removed", "another item's", "no number"])
def test_what_is_not_there_cannot_be_replaced(client, companion, photo, item, which):
    known = live(client, photo(), item)["id"]
    if which == "removed":
        assert client.delete(f"/api/v1/images/{known}").status_code == 204
    target = companion.item(f"Other {uuid.uuid4()}") if which == "another item's" else item
    replaces = {"none": "999999", "no number": "-1"}.get(which, known)
    count = len(companion.sql("SELECT 1 FROM store_itemimage"))
    answer = client.upload(photo(), target, replaces=replaces)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-such-image")
    assert len(companion.sql("SELECT 1 FROM store_itemimage")) == count


def test_what_is_removed_while_its_successor_arrives_refuses_it(client, companion, photo, item):
    old, data, reference = live(client, photo(), item)["id"], photo(), str(uuid.uuid4())
    begun = client.create(data, item, replaces=old, reference=reference)
    place = begun.headers["Location"]
    assert client.part(place, 0, data[:500]).status_code == 204
    client.delete(f"/api/v1/images/{old}")
    refused = client.part(place, 500, data[500:])
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-such-image")
    # Nothing of it is left, and the reference is free.
    assert client.upload(data, item, reference=reference).headers["Store-Outcome"] == "created"


def test_the_same_picture_once_more_replaces_nothing(client, companion, photo, item):
    data = photo()
    old = live(client, data, item)
    again = client.upload(data, item, replaces=old["id"])
    assert again.headers["Store-Outcome"] == "already"
    assert client.image(old["id"])["removed"] is False


def test_admins_who_replace_one_another_at_once_leave_one_picture(idle, client_of, photo):
    with client_of(idle.url, idle.admin) as client:
        item = idle.item(f"Lamp {uuid.uuid4()}")
        old = client.upload(photo(), item).headers["Store-Image"]
        work(idle)

        def send(data: bytes) -> requests.Response:
            with client_of(idle.url, token=client.token) as own:
                return own.upload(data, item, replaces=old)  # type: ignore[no-any-return]

        with ThreadPoolExecutor(6) as pool:
            sending = [pool.submit(send, photo(300, 200)) for _ in range(8)]
            working = [pool.submit(work, idle) for _ in range(2)]
            answers = [future.result(60) for future in sending]
            assert all(future.result(60) is None for future in working)
        work(idle)
        # Who came when the place was taken already was told; nobody was in between.
        accepted = [a.headers["Store-Image"] for a in answers if a.status_code == 201]
        assert {a.status_code for a in answers} <= {201, 422}
        assert shown(idle, item) == [(max(map(int, accepted)), 1)]
        served = client.image(max(accepted, key=int))["urls"]
        assert all(requests.get(url, timeout=20).ok for url in served.values())
