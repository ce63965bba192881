"""A disk that is full at every place where something is written: it passes, nothing is lost."""

from __future__ import annotations

import importlib.util
import uuid
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location(
    "drill_disks", Path(__file__).parents[2] / "faults" / "disks.py"
)
disks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(disks)

pytestmark = pytest.mark.skipif(not disks.can_mount(), reason="needs a disk of its own")

PASSING = {201, 204, 503, 507}
"""What a request may be answered with; anything else ends a photo or accuses the program."""


@pytest.fixture(scope="module")
def small(companion_of, tmp_path_factory):
    """A store on a disk of 100 MB, and the disk."""
    folder = tmp_path_factory.mktemp("small")
    disk = disks.SmallDisk(folder / "data", 100)
    try:
        with companion_of(folder) as store:
            yield store, disk
            disk.empty()
    finally:
        disk.unmount()


@pytest.fixture
def disk(small):
    yield small[1]
    small[1].empty()


@pytest.fixture
def client(small, client_of):
    with client_of(small[0].url, small[0].admin) as client:
        yield client


@pytest.fixture
def item(small):
    return small[0].item(f"Item {uuid.uuid4()}")


def half_files(store):
    """Pictures on the disk that no image names."""
    names = store.sql("SELECT original, styles FROM store_itemimage")
    text = " ".join(f"{original} {styles}" for original, styles in names)
    media = store.data / "media"
    files = media.glob("*/*/*")
    return [path for path in files if str(path.relative_to(media)) not in text]


def test_a_part_that_has_no_room_is_sent_again_later(client, item, photo, disk):
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    disk.fill()
    answer = client.part(place, 100, data[100:])
    assert answer.status_code == 507, answer.text
    assert answer.json()["type"] == "/problems/store-full"
    disk.empty()
    assert client.tus("HEAD", place).headers["Upload-Offset"] == "100"
    assert client.part(place, 100, data[100:]).headers["Store-Outcome"] == "created"


@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.parametrize(
    "leaving", [0, 4_096, 16_384, 65_536, 120_000, 180_000, 250_000, 400_000, 1_000_000]
)
def test_wherever_the_room_ends_the_photo_arrives_once(
    *, small, client, item, photo, disk, leaving, begun
):
    data, reference = photo(1600, 1200), str(uuid.uuid4())
    if begun:
        place = client.create(data, item, reference=reference).headers["Location"]
    disk.fill(leaving)
    for _ in range(3):
        if begun:
            answer = client.part(place, 0, data)
        else:
            answer = client.upload(data, item, reference=reference)
        assert answer.status_code in PASSING | {409}, answer.text
    disk.empty()
    answer = client.create(data, item, reference=reference)
    if answer.headers["Upload-Offset"] != str(len(data)):
        offset = int(answer.headers["Upload-Offset"])
        answer = client.part(answer.headers["Location"], offset, data[offset:])
    image = client.settled(answer.headers["Store-Image"], "0")
    assert image["state"] == "live", image
    assert client.get(image["urls"]["original"]).content == data
    assert small[0].sql("SELECT count(*) FROM store_itemimage WHERE item_id = ?", item) == [(1,)]


def test_a_worker_without_room_goes_on_when_there_is_some(
    small, client, item, photo, disk, eventually
):
    store, _ = small
    with store.workers_held():
        answer = client.upload(photo(), item)
        disk.fill()
        before = len(store.log)
    eventually(lambda: "full" in store.log[before:] or "room" in store.log[before:], "a full disk")
    disk.empty()
    image = client.settled(answer.headers["Store-Image"], "0", tries=20)
    assert (image["state"], image["error"]) == ("live", None)
    assert half_files(store) == []


def test_every_question_to_a_store_on_a_full_disk_has_an_answer_that_passes(small, client, disk):
    disk.fill()
    for path in ("/api/v1/store", "/api/v1/items", "/api/v1/images", "/admin/", "/jobs/"):
        assert client.get(path).status_code in (200, 302, 507), path
    form = {"email": small[0].admin[0], "password": small[0].admin[1], "device": "x"}
    assert client.post("/api/v1/sign-in", json=form).status_code in (201, 507)
    assert client.delete("/api/v1/sign-in").status_code in (204, 507)


def test_a_store_that_starts_on_a_full_disk_answers_or_says_why_not(small, disk, client_of):
    store, _ = small
    port = int(store.url.rpartition(":")[2])
    with client_of(store.url, store.admin) as client:
        disk.fill()
        # Nobody has its database open any more: SQLite may lack room for files of its own.
        store.process.kill()
        store.process.wait()
        try:
            store.start(port)
            assert client.get("/api/v1/store").status_code in {200, 507}
        except AssertionError as ended:
            assert "Is there room on its disk?" in str(ended)
            disk.empty()
            store.start(port)
        disk.empty()
        assert client.get("/api/v1/store").status_code == 200
