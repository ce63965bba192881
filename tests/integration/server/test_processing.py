"""From an accepted photo to live, whatever happens to the worker in between."""

from __future__ import annotations

import io
import os
import signal
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from PIL import Image

from uploader.domain.styles import DEFAULT_STYLES, Focus
from uploader.imaging.render import render


@pytest.mark.parametrize(
    ("kind", "options"),
    [("JPEG", {}), ("PNG", {}), ("WEBP", {}), ("GIF", {}), ("TIFF", {}), ("BMP", {})],
)
def test_the_styles_are_what_imaging_makes(client, photo, item, kind, options):
    data = photo(1000, 600, kind, **options)
    answer = client.upload(data, item, focus="0.1,0.5")
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert image["state"] == "live", image
    for name, rendered in render(data, DEFAULT_STYLES, focus=Focus(0.1, 0.5)).items():
        expected = rendered.encode()
        stored = requests.get(image["urls"][name], timeout=20)
        assert stored.content == expected.data
        assert stored.headers["Content-Type"] == expected.mime


def test_styles_may_be_cached_for_ever(client, photo, item):
    answer = client.upload(photo(), item)
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    for url in image["urls"].values():
        first = requests.get(url, timeout=20)
        assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert first.headers["X-Content-Type-Options"] == "nosniff"
        assert "Vary" not in first.headers
        again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=20)
        assert (again.status_code, again.content) == (304, b"")
        head = requests.head(url, timeout=20)
        assert head.headers["Content-Length"] == str(len(first.content))


def test_an_empty_answer_is_held_back_until_something_changes(
    client, client_of, companion, photo, item
):
    cursor = client.get("/api/v1/images").json()["cursor"]
    with client_of(companion.url, companion.admin) as waiting, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(waiting.get, f"/api/v1/images?changed_since={cursor}&wait=25")
        sent = client.upload(photo(), item)
        changes = answer.result(30).json()
    assert [image["id"] for image in changes["images"]] == [sent.headers["Store-Image"]]
    assert int(changes["cursor"]) > int(cursor)


def test_a_wait_that_sees_nothing_answers_with_the_same_cursor(client, companion, eventually):
    busy = "SELECT 1 FROM store_itemimage WHERE state = 'processing'"
    eventually(lambda: not companion.sql(busy), "the end of what other tests began")
    cursor = client.get("/api/v1/images").json()["cursor"]
    changes = client.get(f"/api/v1/images?changed_since={cursor}&wait=0.3").json()
    assert changes == {"images": [], "cursor": cursor, "more": False}
    assert client.get(f"/api/v1/images?changed_since={cursor}&wait=26").status_code == 422
    ahead = client.get(f"/api/v1/images?changed_since={int(cursor) + 1000}").json()
    assert ahead["cursor"] == cursor


def test_the_cursor_misses_nothing_while_photos_arrive_from_all_sides(
    client, client_of, companion, photo
):
    cursor = client.get("/api/v1/images").json()["cursor"]
    items = [companion.item(f"Item {uuid.uuid4()}") for _ in range(4)]
    photos = [photo(200, 150) for _ in range(24)]

    def send(n: int) -> str:
        with client_of(companion.url, companion.admin) as own:
            answers = [own.upload(data, items[n]) for data in photos[n::4]]
        return [answer.headers["Store-Image"] for answer in answers]

    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send, n) for n in range(4)]
        seen: dict[str, str] = {}
        for _ in range(200):
            changes = client.get(f"/api/v1/images?changed_since={cursor}&wait=5").json()
            cursors = [int(image["cursor"]) for image in changes["images"]]
            assert cursors == sorted(cursors)
            assert all(c > int(cursor) for c in cursors)
            cursor = changes["cursor"]
            seen |= {image["id"]: image["state"] for image in changes["images"]}
            if len(seen) == 24 and set(seen.values()) == {"live"}:
                break
        sent = {image for future in sending for image in future.result(60)}
    assert set(seen) == sent
    assert set(seen.values()) == {"live"}


def test_a_photo_that_cannot_be_made_fails_with_its_reason_and_can_be_tried_again(
    client, companion, photo, item, eventually
):
    data = photo()
    answer = client.upload(data, item)
    image_id, cursor = answer.headers["Store-Image"], answer.headers["Store-Cursor"]
    image = client.settled(image_id, cursor)
    stored = companion.sql("SELECT original FROM store_itemimage WHERE id = ?", image_id)[0][0]
    original = companion.data / "media" / stored
    original.write_bytes(data[: len(data) // 2])
    companion.sql("UPDATE store_itemimage SET state = 'failed' WHERE id = ?", image_id)
    again = client.post(f"/api/v1/images/{image_id}/retry")
    assert (again.status_code, again.json()["state"]) == (202, "processing")
    failed = client.settled(image_id, again.json()["cursor"])
    assert failed["state"] == "failed"
    assert failed["error"]["title"] == "Its crops couldn't be made"
    assert failed["error"]["detail"].startswith("The file is damaged")
    original.write_bytes(data)
    again = client.post(f"/api/v1/images/{image_id}/retry")
    live = client.settled(image_id, again.json()["cursor"])
    assert (live["state"], live["error"], live["attempts"]) == ("live", None, 1)
    assert live["urls"]["thumb"] != image["urls"]["thumb"]


def test_an_original_that_is_gone_is_tried_several_times(client, companion, photo, item):
    answer = client.upload(photo(), item)
    image_id = answer.headers["Store-Image"]
    client.settled(image_id, answer.headers["Store-Cursor"])
    stored = companion.sql("SELECT original FROM store_itemimage WHERE id = ?", image_id)[0][0]
    (companion.data / "media" / stored).unlink()
    companion.sql("UPDATE store_itemimage SET state = 'failed' WHERE id = ?", image_id)
    again = client.post(f"/api/v1/images/{image_id}/retry").json()
    failed = client.settled(image_id, again["cursor"])
    assert (failed["state"], failed["attempts"]) == ("failed", 5)


def test_trying_a_live_photo_again_changes_nothing(client, photo, item):
    answer = client.upload(photo(), item)
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert client.post(f"/api/v1/images/{image['id']}/retry").json() == image
    assert client.post("/api/v1/images/999999/retry").status_code == 404
    assert client.get("/api/v1/images/999999").status_code == 404


def test_an_item_is_made_once(client):
    title = f"Teapot {uuid.uuid4()}"
    first = client.post("/api/v1/items", json={"title": title, "sku": title[-8:]})
    second = client.post("/api/v1/items", json={"title": f" {title} "})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    taken = client.post("/api/v1/items", json={"title": "Another one", "sku": title[-8:]})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/sku-taken")
    assert client.post("/api/v1/items", json={"title": " "}).status_code == 422
    found = client.get("/api/v1/items", params={"query": title[-8:]}).json()
    assert [item["title"] for item in found["items"]] == [title]


def test_items_come_in_pages(client, companion):
    mark = uuid.uuid4().hex
    for n in range(5):
        companion.item(f"{mark} {n}")
    titles, cursor = [], ""
    for _ in range(3):
        page = client.get(f"/api/v1/items?query={mark}&limit=2&cursor={cursor}").json()
        assert page["total"] == 5
        titles += [item["title"] for item in page["items"]]
        cursor = page["next"]
    assert (titles, cursor) == ([f"{mark} {n}" for n in range(5)], "")


# ---- stores of their own, since workers die here


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(
    companion_of, client_of, tmp_path, eventually
):
    slow = io.BytesIO()
    # Lossless and large: the worker is busy with it for a good while.
    Image.radial_gradient("L").resize((6000, 5000)).convert("RGB").save(
        slow, "PNG", compress_level=1
    )
    with (
        companion_of(tmp_path, STORE_LEASE_SECONDS="3") as store,
        client_of(store.url, store.admin) as client,
    ):
        worker = eventually(store.worker_pids, "a worker")[0]
        answer = client.upload(slow.getvalue(), store.item("Lamp"))
        begun = "SELECT id FROM store_itemimage WHERE started_at IS NOT NULL"
        eventually(lambda: store.sql(begun), "the job's begin")
        os.kill(worker, signal.SIGKILL)
        states = "SELECT state, status FROM store_itemimage, django_tasks_database_dbtaskresult"
        assert store.sql(states) == [("processing", "RUNNING")], "it was too quick to be killed"
        image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
        assert (image["state"], image["attempts"]) == ("live", 2)
        assert worker not in store.worker_pids()


def test_a_photo_that_kills_every_worker_ends_as_failed(companion_of, client_of, tmp_path, photo):
    with (
        companion_of(tmp_path, workers=0, STORE_LEASE_SECONDS="0") as store,
        client_of(store.url, store.admin) as client,
    ):
        answer = client.upload(photo(), store.item("Lamp"))
        store.sql(
            "UPDATE django_tasks_database_dbtaskresult SET status = 'RUNNING',"
            " started_at = '2020-01-01'"
        )
        store.sql("UPDATE store_itemimage SET attempts = 5, queued_at = '2020-01-01 00:00:00'")
        assert "1 given up" in store.manage("sweep")
        image = client.image(answer.headers["Store-Image"])
        assert image["state"] == "failed"
        assert image["error"]["detail"] == "The store's worker stopped over it 5 times."


def test_a_queue_that_lost_its_jobs_is_filled_again(companion_of, client_of, tmp_path, photo):
    with (
        companion_of(tmp_path, workers=0, STORE_LEASE_SECONDS="0") as store,
        client_of(store.url, store.admin) as client,
    ):
        client.upload(photo(), store.item("Lamp"))
        # Waiting in the queue, however long, is no loss.
        assert "0 enqueued" in store.manage("sweep")
        store.sql("DELETE FROM django_tasks_database_dbtaskresult")
        assert "1 enqueued" in store.manage("sweep")
        count = "SELECT count(*) FROM django_tasks_database_dbtaskresult"
        assert store.sql(count) == [(1,)]


def test_everything_ends_when_the_server_is_killed(companion_of, tmp_path, eventually, still_alive):
    with companion_of(tmp_path, workers=2) as store:
        workers = eventually(store.worker_pids, "the workers")
        assert len(workers) == 2
        process, store.process = store.process, None
        process.kill()
        process.wait()
        try:
            eventually(lambda: not any(map(still_alive, workers)), "the end of the workers")
        finally:
            for pid in filter(still_alive, workers):
                os.kill(pid, signal.SIGKILL)


def test_two_workers_share_the_work_without_a_locked_database(
    companion_of, client_of, tmp_path, photo
):
    with companion_of(tmp_path, workers=2) as store, client_of(store.url, store.admin) as client:
        item = store.item("Lamp")
        cursor = client.get("/api/v1/images").json()["cursor"]
        sent = [client.upload(photo(300, 200), item) for _ in range(20)]
        for answer in sent:
            assert client.settled(answer.headers["Store-Image"], cursor)["state"] == "live"
        assert store.sql("SELECT max(attempts), max(runs) FROM store_itemimage") == [(1, 1)]
        assert "locked" not in store.log
        assert "Traceback" not in store.log


def test_a_file_that_a_crash_left_is_cleared_away(companion_of, tmp_path):
    with companion_of(tmp_path, workers=0) as store:
        uploads = store.data / "uploads"
        uploads.mkdir(exist_ok=True)
        old, new = uploads / uuid.uuid4().hex, uploads / uuid.uuid4().hex
        desktop, lost = uploads / ".DS_Store", uploads / "lost+found"
        for path in (old, new, desktop):
            path.write_bytes(b"left")
        lost.mkdir()
        # Not ours, and no reason to end the sweep.
        for path in (old, desktop, lost):
            os.utime(path, (0, 0))
        assert "1 lost files" in store.manage("sweep")
        assert set(uploads.iterdir()) == {new, desktop, lost}


def test_it_ends_when_its_parents_pipe_closes(companion_of, tmp_path, eventually, still_alive):
    with companion_of(tmp_path) as store:
        workers = eventually(store.worker_pids, "the worker")
        process = store.piped()
        process.stdin.close()
        assert process.wait(20) == 0
        assert all(map(still_alive, workers))


def test_pictures_of_nothing_are_cleared_away_and_those_of_images_stay(
    companion_of, client_of, tmp_path, photo
):
    with companion_of(tmp_path) as store, client_of(store.url, store.admin) as client:
        sent = client.upload(photo(), store.item("Lamp"))
        image = client.settled(sent.headers["Store-Image"], sent.headers["Store-Cursor"])
        media = store.data / "media"
        folder = media / store.sql("SELECT original FROM store_itemimage")[0][0].split("/")[0]
        # Killed between a file and its row: an original, and the styles of an earlier run. The
        # latest may be somebody's who is making them anew.
        orphan, run, young = media / uuid.uuid4().hex, folder / "6", media / uuid.uuid4().hex
        latest = folder / "7"
        store.sql("UPDATE store_itemimage SET runs = 7")
        for place in (orphan, run, young, latest):
            place.mkdir()
            (place / "thumb.jpg").write_bytes(b"left")
        for path in (*folder.iterdir(), folder, orphan):
            os.utime(path, (0, 0))
        assert "2 lost files" in store.manage("sweep")
        assert {path.name for path in media.iterdir()} == {folder.name, young.name, "swept"}
        assert not run.exists()
        assert latest.exists()
        assert [requests.get(u, timeout=20).status_code for u in image["urls"].values()] == [
            200
        ] * 3


def test_the_original_cannot_be_guessed_from_its_styles(client, photo, item):
    answer = client.upload(photo(), item)
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    original, thumb = (image["urls"][n].rpartition("/")[0] for n in ("original", "thumb"))
    assert original.rpartition("/")[0] == thumb.rpartition("/")[0]
    assert len(original.rpartition("/")[2]) == 32


def test_a_copy_of_a_picture_leaves_nothing_behind(companion_of, client_of, tmp_path, photo):
    with (
        companion_of(tmp_path, workers=0) as store,
        client_of(store.url, store.admin) as client,
    ):
        data, item = photo(), store.item("Lamp")
        for outcome in ("created", "already"):
            assert client.upload(data, item).headers["Store-Outcome"] == outcome
        assert len(list((store.data / "media").iterdir())) == 1


def test_one_picture_sent_by_many_at_once_is_one_image_of_one_new_item(
    companion_of, client_of, tmp_path, photo
):
    with (
        companion_of(tmp_path, workers=0) as store,
        client_of(store.url, store.admin) as client,
        ThreadPoolExecutor(6) as pool,
    ):
        data, token = photo(), client.token

        def send(_n):
            with client_of(store.url, token=token) as own:
                return own.upload(data, item_title="New lamp").headers["Store-Outcome"]

        assert sorted(pool.map(send, range(6))) == ["already"] * 5 + ["created"]
        assert store.sql("SELECT count(*) FROM store_item") == [(1,)]
        assert store.sql("SELECT count(*) FROM store_itemimage") == [(1,)]


def test_an_image_has_a_page_for_admins(client, photo, item):
    answer = client.upload(photo(), item)
    page = client.image(answer.headers["Store-Image"])["page"]
    assert page.startswith(f"{client.url}/")
    assert client.get(page).status_code == 200
    assert requests.get(page, timeout=20).status_code == 404
