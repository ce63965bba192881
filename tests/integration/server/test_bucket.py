"""Pictures in a bucket: the same promises as in a folder."""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import boto3
import pytest
import requests
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

LOCATION = "shop/"
PUBLIC = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::pictures/*",
    }],
})  # fmt: skip
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "not-to-be-told"}


class Bucket:
    """A fake S3 in this process, with one bucket."""

    def __init__(self) -> None:
        # Its request lines are no news.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._app = DomainDispatcherApplication(create_backend_app)
        self._port, self._over = 0, False
        self._here, self._back = threading.Event(), threading.Event()
        # One thread for all its life, so that no test is said to leave it behind.
        self._thread = threading.Thread(target=self._serve, name="bucket")
        self._thread.start()
        self._here.wait()
        self.url = f"http://127.0.0.1:{self._port}"
        self._bucket = boto3.resource(
            "s3", endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id="test", aws_secret_access_key="test",
        ).create_bucket(Bucket="pictures")  # fmt: skip
        self._bucket.Policy().put(Policy=PUBLIC)

    def _serve(self) -> None:
        while not self._over:
            server = make_server("127.0.0.1", self._port, self._app, threaded=True)
            self._port, self._server = server.server_port, server
            self._here.set()
            server.serve_forever(0.05)
            server.server_close()
            self._here.clear()
            self._back.wait()
            self._back.clear()

    def stop(self) -> None:
        self._over = True
        self._back.set()
        self._server.shutdown()
        self._thread.join()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let nobody answer at its address; what it holds stays."""
        self._server.shutdown()
        try:
            yield
        finally:
            self._back.set()
            assert self._here.wait(10)

    def said_of(self, name: str) -> dict[str, str]:
        """Give what visitors are told who come to the bucket itself."""
        told = self._bucket.Object(LOCATION + name).get()
        return {key: told.get(key, "") for key in ("CacheControl", "ContentDisposition")}

    def names(self) -> set[str]:
        """Give the names of all but the sweep's mark."""
        marks = f"{LOCATION}swept/"
        return {e.key for e in self._bucket.objects.all() if not e.key.startswith(marks)}

    def put(self, name: str) -> None:
        self._bucket.put_object(Key=name, Body=b"x")

    def age(self) -> None:
        """Make all that is there two hours old."""
        for key in s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets["pictures"].keys.values():
            key.last_modified -= timedelta(hours=2)


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    bucket = Bucket()
    yield bucket
    bucket.stop()


def variables(bucket: Bucket, more: str = "") -> dict[str, str]:
    place = f"s3://pictures/{LOCATION}?endpoint_url={bucket.url}&region_name=us-east-1{more}"
    return {"STORAGE_URL": place, **KEYS}


@pytest.fixture(scope="module")
def shop(bucket, companion_of, tmp_path_factory) -> Iterator[Any]:
    with companion_of(tmp_path_factory.mktemp("bucket"), **variables(bucket)) as store:
        yield store


@pytest.fixture(scope="module")
def seen_elsewhere(bucket, companion_of, tmp_path_factory) -> Iterator[Any]:
    """A store without a worker of its own, whose visitors get styles from the bucket itself."""
    more = f"&public_url={bucket.url}/pictures/shop"
    folder = tmp_path_factory.mktemp("elsewhere")
    with companion_of(folder, workers=0, **variables(bucket, more)) as store:
        yield store


@pytest.fixture
def admin(shop, client_of):
    with client_of(shop.url, shop.admin) as client:
        yield client


def live(client: Any, data: bytes, item: str, **metadata: str) -> dict[str, Any]:
    answer = client.upload(data, item, **metadata)
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert image["state"] == "live", image
    return image  # type: ignore[no-any-return]


def test_a_pictures_life(shop, admin, bucket, photo):
    item, data = shop.item(f"Lamp {uuid.uuid4()}"), photo()
    old = live(admin, data, item)
    answer = requests.get(old["urls"]["original"], timeout=20)
    assert (answer.content, answer.headers["Content-Length"]) == (data, str(len(data)))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = requests.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=20)
    assert again.status_code == 304
    before = bucket.names()
    new = live(admin, photo(), item, replaces=old["id"])
    assert admin.image(old["id"])["replaced_by"] == new["id"]
    assert all(requests.get(url, timeout=20).ok for url in new["urls"].values())
    # The original at once, the styles in their time.
    assert len(before - bucket.names()) == 1
    shop.sql("UPDATE store_droppedfile SET due_at = '2020-01-01 00:00:00'")
    shop.manage("sweep")
    assert not before & bucket.names()
    assert admin.delete(f"/api/v1/images/{new['id']}").status_code == 204
    assert {requests.get(url, timeout=20).status_code for url in new["urls"].values()} == {404}
    assert bucket.names() == set()


def test_a_name_that_is_none_of_ours_isnt_asked_for(shop, bucket):
    with bucket.away():
        for path in ("a/1/x%00.jpg", f"a/1/{'x' * 300}", f"{'a' * 300}/1/thumb.jpg"):
            assert requests.get(f"{shop.url}/media/{path}", timeout=20).status_code == 404


def test_styles_are_made_anew(shop, admin, bucket, photo):
    image = live(admin, photo(), shop.item(f"Lamp {uuid.uuid4()}"))
    shop.environment["STORE_STYLES"] = '{"thumb": "40x40#", "square": "200x200#"}'
    try:
        shop.manage("reprocess")
    finally:
        del shop.environment["STORE_STYLES"]
    after = admin.image(image["id"])
    assert (after["state"], after["urls"]["thumb"] != image["urls"]["thumb"]) == ("live", True)
    assert all(requests.get(url, timeout=20).ok for url in after["urls"].values())
    admin.delete(f"/api/v1/images/{image['id']}")


def test_files_of_nothing_are_found_by_the_sweep(shop, admin, bucket, photo):
    image = live(admin, photo(), shop.item(f"Lamp {uuid.uuid4()}"))
    named = bucket.names()
    public = image["urls"]["thumb"].split("/")[-3]
    lost = {f"{LOCATION}{public}/99/thumb.jpg", f"{LOCATION}{uuid.uuid4().hex}/1/thumb.jpg"}
    others = {"elsewhere/x/1/thumb.jpg", f"{LOCATION}README", f"{LOCATION}a/b/c"}
    for name in lost | others:
        bucket.put(name)
    # What is young may be on its way to its row.
    shop.manage("sweep")
    assert bucket.names() == named | lost | others
    bucket.age()
    assert "2 lost files" in shop.manage("sweep")
    assert bucket.names() == named | others
    assert all(requests.get(url, timeout=20).ok for url in image["urls"].values())


def test_a_sweep_with_another_database_finds_nothing(shop, admin, bucket, photo, tmp_path):
    item, older = shop.item(f"Lamp {uuid.uuid4()}"), tmp_path / "older.sqlite3"
    images = [live(admin, photo(), item)]
    shop.sql(f"VACUUM INTO '{older}'")
    images.append(live(admin, photo(), item))
    bucket.age()
    shop.manage("sweep")
    for database in (older, tmp_path / "empty.sqlite3"):
        shop.environment["DATABASE_URL"] = f"sqlite:///{database}"
        try:
            assert "and 0 lost files" in shop.manage("sweep")
        finally:
            del shop.environment["DATABASE_URL"]
    for image in images:
        assert all(requests.get(url, timeout=20).ok for url in image["urls"].values())
        admin.delete(f"/api/v1/images/{image['id']}")


def test_a_bucket_that_is_away_costs_no_photo(shop, admin, bucket, photo):
    image = live(admin, photo(), shop.item(f"Lamp {uuid.uuid4()}"))
    data, metadata = photo(), {"reference": str(uuid.uuid4())}
    item = shop.item(f"Lamp {uuid.uuid4()}")
    with bucket.away():
        for _ in range(2):
            answer = admin.upload(data, item, **metadata)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
            assert answer.json()["type"] == "/problems/busy"
        seen = requests.get(image["urls"]["thumb"], timeout=20)
        assert (seen.status_code, "Cache-Control" in seen.headers) == (503, True)
        assert "max-age" not in seen.headers["Cache-Control"]
        assert admin.delete(f"/api/v1/images/{image['id']}").status_code == 204
    answer = admin.create(data, item, **metadata)
    assert (answer.status_code, answer.headers["Store-Outcome"]) == (201, "created")
    after = admin.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert requests.get(after["urls"]["original"], timeout=20).content == data
    assert "not-to-be-told" not in shop.log
    # What couldn't be deleted then has its rows.
    shop.sql("UPDATE store_droppedfile SET due_at = '2020-01-01 00:00:00'")
    shop.manage("sweep")
    assert not [n for n in bucket.names() if image["urls"]["thumb"].split("/")[-3] in n]


PROCESS = "from uploader.server.processing.make import process; print('again', process({image}))"


def test_processing_waits_for_its_bucket(seen_elsewhere, client_of, bucket, photo):
    store = seen_elsewhere
    with client_of(store.url, store.admin) as admin:
        answer = admin.upload(photo(), store.item("Lamp"))
        image, cursor = answer.headers["Store-Image"], answer.headers["Store-Cursor"]
        with bucket.away():
            for _ in range(4):
                assert "again False" in store.manage("shell", "-c", PROCESS.format(image=image))
        assert admin.image(image)["state"] == "processing"
        assert admin.image(image)["attempts"] == 0
        store.manage("shell", "-c", PROCESS.format(image=image))
        urls = admin.settled(image, cursor)["urls"]
    assert urls["original"].startswith(f"{store.url}/media/")
    for style in ("thumb", "square"):
        assert urls[style].startswith(f"{bucket.url}/pictures/shop/")
        answer = requests.get(urls[style], timeout=20)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    name = urls["original"].removeprefix(f"{store.url}/media/")
    assert bucket.said_of(name)["ContentDisposition"] == "attachment"
    policy = requests.get(f"{store.url}/sign-in", timeout=20).headers["Content-Security-Policy"]
    assert f"img-src 'self' data: {bucket.url};" in policy
