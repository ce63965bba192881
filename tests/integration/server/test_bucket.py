"""Pictures in a bucket: the same promises as in a folder."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

SUPPORT = Path(__file__).parents[2] / "support"
LOCATION = "shop/"


class Bucket:
    """A fake S3 in this process, with one bucket."""

    def __init__(self) -> None:
        # Its request lines are no news.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        self._bucket = boto3.resource(
            "s3", endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id="test", aws_secret_access_key="test",
        ).create_bucket(Bucket="pictures")  # fmt: skip

    def stop(self) -> None:
        self._server.stop()

    def names(self) -> set[str]:
        return {entry.key for entry in self._bucket.objects.all()}

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


@pytest.fixture(scope="module")
def shop(bucket, companion_of, tmp_path_factory) -> Iterator[Any]:
    variables = {
        "DJANGO_SETTINGS_MODULE": "bucket_settings",
        "PYTHONPATH": os.pathsep.join([str(SUPPORT), os.environ.get("PYTHONPATH", "")]),
        "TEST_BUCKET_URL": bucket.url,
    }
    with companion_of(tmp_path_factory.mktemp("bucket"), **variables) as store:
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
    assert requests.get(old["urls"]["original"], timeout=20).content == data
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
