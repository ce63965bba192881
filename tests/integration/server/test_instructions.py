"""Photos that are sent turned, padded, and for a place among their item's images."""

from __future__ import annotations

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from PIL import Image

from uploader.domain.edits import Edits
from uploader.domain.styles import DEFAULT_STYLES, Focus
from uploader.imaging.render import render


def sent(client: Any, data: bytes, item: str, **metadata: str) -> str:
    answer = client.upload(data, item, **metadata)
    assert answer.status_code == 201, answer.text
    return answer.headers["Store-Image"]  # type: ignore[no-any-return]


def order(companion: Any, item: str) -> list[str]:
    """Give the numbers of an item's images in the order that the shop shows."""
    rows = companion.sql(
        "SELECT id, position FROM store_itemimage WHERE item_id = ? AND state <> 'removed'"
        " ORDER BY position, id",
        item,
    )
    assert [position for _, position in rows] == list(range(1, len(rows) + 1))
    return [str(number) for number, _ in rows]


@pytest.mark.parametrize("orientation", [1, 6])
def test_it_is_turned_and_padded(client, photo, item, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = photo(600, 400, exif=exif)
    answer = client.upload(data, item, rotate="90", pad="true", focus="0.2,0.5")
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    told = (image["state"], image["rotate"], image["pad"], image["focus"])
    assert told == ("live", 90, True, [0.2, 0.5])
    # The original's own size, upright.
    assert (image["width"], image["height"]) == ((600, 400) if orientation == 1 else (400, 600))
    made = render(data, DEFAULT_STYLES, focus=Focus(0.2, 0.5), edits=Edits(90, pad=True))
    for name, expected in made.items():
        assert requests.get(image["urls"][name], timeout=20).content == expected.encode().data
    assert requests.get(image["urls"]["original"], timeout=20).content == data


def test_what_was_said_of_an_upload_is_told_again(client, photo, item):
    begun = client.create(photo(), item, rotate="180", pad="true", position="4")
    told = client.tus("HEAD", begun.headers["Location"]).headers["Upload-Metadata"]
    # rotate 180, pad true, position 4
    assert "rotate MTgw" in told
    assert "pad dHJ1ZQ==" in told
    assert "position NA==" in told
    client.tus("DELETE", begun.headers["Location"])


def test_an_image_that_another_replaces_hands_down_no_turn(client, photo, item):
    old = sent(client, photo(), item, rotate="90", pad="true")
    new = sent(client, photo(), item, replaces=old)
    assert (client.image(new)["rotate"], client.image(new)["pad"]) == (0, False)


@pytest.mark.parametrize("arrival", ["123", "132", "213", "231", "312", "321"])
@pytest.mark.parametrize("before", [0, 2])
def test_they_end_in_their_places_in_whatever_order_they_arrive(
    *, client, companion, photo, item, arrival, before
):
    there = [sent(client, photo(80, 60), item) for _ in range(before)]
    ids = {place: sent(client, photo(80, 60), item, position=place) for place in arrival}
    assert order(companion, item) == [ids["1"], ids["2"], ids["3"], *there]


def test_they_end_so_when_they_are_sent_at_the_same_time(client, client_of, companion, photo, item):
    places = [str(n) for n in range(1, 7)]
    random.shuffle(places)

    def send(place: str) -> str:
        with client_of(companion.url, token=client.token) as own:
            return sent(own, photo(80, 60), item, position=place)

    with ThreadPoolExecutor(4) as pool:
        ids = dict(zip(places, pool.map(send, places), strict=True))
    assert order(companion, item) == [ids[place] for place in sorted(places)]


def test_a_newer_one_goes_before_an_older_one_and_the_others_move(client, companion, photo, item):
    first, second = (sent(client, photo(80, 60), item, position=n) for n in "12")
    plain = sent(client, photo(80, 60), item)
    cursor = client.image(plain)["cursor"]
    newer = sent(client, photo(80, 60), item, position="1")
    assert order(companion, item) == [newer, first, second, plain]
    # Whoever follows the others hears that they moved.
    told = client.get(f"/api/v1/images?changed_since={cursor}").json()["images"]
    assert {first, second, plain} <= {image["id"] for image in told}


def test_a_person_s_order_is_the_last_word(client, companion, photo, item):
    third = sent(client, photo(80, 60), item, position="3")
    first = sent(client, photo(80, 60), item, position="1")
    assert order(companion, item) == [first, third]
    client.patch(f"/api/v1/images/{third}", json={"position": 1})
    second = sent(client, photo(80, 60), item, position="2")
    assert order(companion, item) == [third, second, first]


def test_one_beyond_the_last_is_the_last(client, companion, photo, item):
    far = sent(client, photo(80, 60), item, position="90")
    plain = sent(client, photo(80, 60), item)
    assert order(companion, item) == [far, plain]
    assert client.image(far)["position"] == 1


def test_what_replaces_another_has_its_place(client, companion, photo, item):
    first, old = (sent(client, photo(80, 60), item, position=n) for n in "12")
    answer = client.upload(photo(80, 60), item, replaces=old, position="1")
    new = answer.headers["Store-Image"]
    client.settled(new, answer.headers["Store-Cursor"])
    assert order(companion, item) == [first, new]
    # It keeps the place that was asked for, too.
    third = sent(client, photo(80, 60), item, position="3")
    assert order(companion, item) == [first, new, third]


def test_a_repeat_moves_nothing(client, companion, photo, item):
    data, reference = photo(80, 60), str(uuid.uuid4())
    first = sent(client, data, item, position="1", reference=reference)
    newer = sent(client, photo(80, 60), item, position="1")
    assert sent(client, data, item, position="1", reference=reference) == first
    assert order(companion, item) == [newer, first]
