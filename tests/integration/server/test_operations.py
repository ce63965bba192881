"""What whoever runs the store sees of it: health, metrics, the log."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from datetime import datetime

import pytest
import requests

FAIL = """
from django.db import transaction
from uploader.server.store.models import ItemImage
with transaction.atomic():
    image = ItemImage.objects.get(pk={image})
    image.fail("It failed", "So it is.")
    image.save()
"""
KEY = "prometheus-may-see-this"


@pytest.fixture(scope="module")
def shop(companion_of, tmp_path_factory):
    variables = {
        "STORE_METRICS_TOKEN": KEY,
        "STORE_LOG_FORMAT": "json",
        "STORE_LOG_LEVEL": "DEBUG",
        "STORE_TRUSTED_PROXIES": "127.0.0.1",
    }
    with companion_of(tmp_path_factory.mktemp("operations"), **variables) as store:
        yield store


@pytest.fixture(scope="module")
def admin(shop, client_of):
    with client_of(shop.url, shop.admin) as client:
        yield client


def get(shop, path, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(shop.url + path, headers=headers, timeout=20)


def measured(shop):
    """Give each sample's value by its name and labels."""
    answer = get(shop, "/metrics", Authorization=f"Bearer {KEY}")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def logged(shop):
    """Give the lines of the log: each is one object."""
    return [json.loads(line) for line in shop.log.splitlines()]


def lives(admin, shop, data, **metadata):
    answer = admin.upload(data, shop.item(f"Lamp {uuid.uuid4()}"), **metadata)
    image = admin.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    return image, answer


def test_ready_and_healthy(shop):
    assert (get(shop, "/healthz").status_code, get(shop, "/healthz").text) == (200, "ok\n")
    answer = get(shop, "/readyz")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    checks = dict.fromkeys(("database", "queue", "storage", "disk"), "ok")
    assert answer.json() == {"ready": True, "checks": checks}
    assert not [path for path in (shop.data / "media").iterdir() if path.name.startswith(".")]


def test_not_ready_says_what_is_amiss_and_nothing_else(shop, eventually):
    media = shop.data / "media"
    media.rename(shop.data / "elsewhere")
    media.write_bytes(b"in the way")
    try:
        (away,) = eventually(
            lambda: [a for a in [get(shop, "/readyz")] if a.status_code == 503], "not ready"
        )
        told = away.json()
        assert told["ready"] is False
        assert told["checks"] == {
            "database": "ok", "queue": "ok", "storage": "Pictures can't be stored.", "disk": "ok",
        }  # fmt: skip
        assert str(shop.data) not in away.text
        assert measured(shop)['store_ready{check="storage"}'] == 0.0
        assert get(shop, "/healthz").status_code == 200
    finally:
        media.unlink()
        shutil.move(shop.data / "elsewhere", media)
    eventually(lambda: get(shop, "/readyz").status_code == 200, "ready again")


def test_metrics_count_what_rows_tell(shop, admin, photo):
    before = measured(shop)
    assert lives(admin, shop, photo())[0]["state"] == "live"
    failed = lives(admin, shop, photo())[0]["id"]
    shop.sql("UPDATE store_itemimage SET state = 'processing', runs = 9 WHERE id = ?", failed)
    shop.manage("shell", "-c", FAIL.format(image=failed))
    after = measured(shop)

    def more(name):
        return after[name] - before[name]

    assert more("store_images_processed_total") == 2
    assert more("store_images_failed_total") == 1
    assert more('store_images{state="live"}') == 1
    assert more('store_images{state="failed"}') == 1
    assert after['store_queue_images{state="waiting"}'] == 0
    assert after["store_queue_oldest_seconds"] == 0
    assert after["store_disk_free_bytes"] > 0
    begun = [name for name in after if 'route="/api/v1/uploads"' in name and "status" in name]
    assert begun == ['store_requests_total{method="POST",route="/api/v1/uploads",status="201"}']
    assert after['store_request_seconds_count{method="POST",route="/api/v1/uploads"}'] >= 2


def test_the_queue_s_age_is_that_of_who_waits_longest(shop, admin, photo):
    image = lives(admin, shop, photo())[0]["id"]
    shop.sql(
        "UPDATE store_itemimage SET state = 'processing', started_at = NULL,"
        " queued_at = datetime('now', '-1000 seconds', '+1 days') WHERE id = ?", image
    )  # fmt: skip
    assert measured(shop)['store_queue_images{state="waiting"}'] == 1
    assert measured(shop)["store_queue_oldest_seconds"] == 0  # the clock was set back
    shop.sql("UPDATE store_itemimage SET queued_at = '2026-01-01 00:00:00' WHERE id = ?", image)
    shop.sql("UPDATE store_itemimage SET state = 'live' WHERE id = ?", image)


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", f"Basic {KEY}", f"Bearer {KEY}x"])
def test_metrics_are_as_unknown_as_any_address_without_the_key(shop, given):
    there, unknown = (get(shop, path, Authorization=given) for path in ("/metrics", "/nothing"))
    assert (there.status_code, there.content) == (404, unknown.content)


def test_the_key_opens_nothing_else(shop, admin):
    assert admin.get("/metrics").status_code == 200
    key = f"Bearer {KEY}"
    assert {get(shop, p, Authorization=key).status_code for p in ("/jobs/", "/metrics/")} == {404}
    answer = requests.post(shop.url + "/metrics", headers={"Authorization": key}, timeout=20)
    assert answer.status_code == 404


def test_every_answer_has_the_request_s_name(shop):
    given = "edge-7.f00"
    assert get(shop, "/healthz", X_Request_ID=given).headers["X-Request-ID"] == given
    for odd in ("x" * 65, "a b", "a;b", ""):
        name = get(shop, "/nothing", X_Request_ID=odd).headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", name)


def test_a_stranger_gives_no_request_its_name(companion):
    answer = requests.get(companion.url + "/healthz", headers={"X-Request-ID": "mine"}, timeout=20)
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_a_photo_can_be_followed_through_the_log(shop, admin, photo, eventually):
    data, reference = photo(), str(uuid.uuid4())
    image, answer = lives(admin, shop, data, reference=reference)
    name = answer.headers["X-Request-ID"]
    lines = logged(shop)
    (line,) = [one for one in lines if one.get("request") == name and "status" in one]
    assert datetime.fromisoformat(line["time"]).tzinfo is not None
    assert (line["level"], line["logger"]) == ("INFO", "uploader.server.requests")
    assert (line["method"], line["route"], line["status"]) == ("POST", "/api/v1/uploads", 201)
    assert (line["reference"], line["image"]) == (reference, int(image["id"]))
    assert line["user"] == 1
    assert line["ms"] > 0
    assert line["bytes"] == 0

    def worked():
        """Give the worker's lines; the last one is written after its end was committed."""
        lines = [one for one in logged(shop) if one["logger"].endswith(".make")]
        return [one for one in lines if one.get("reference") == reference]

    worked = eventually(worked, "the worker's line")
    assert {one["image"] for one in worked} == {int(image["id"])}
    assert "live" in worked[-1]["message"]


def test_the_log_holds_no_secret(shop, admin, photo):
    wrong = {"email": shop.admin[0], "password": "a-guess-of-theirs", "device": "x"}
    requests.post(shop.url + "/api/v1/sign-in", json=wrong, timeout=20)
    with requests.Session() as browser:
        browser.get(shop.url + "/sign-in?next=quite-private", timeout=20)
        form = {
            "email": shop.admin[0], "password": shop.admin[1],
            "csrfmiddlewaretoken": browser.cookies["csrftoken"],
        }  # fmt: skip
        assert browser.post(shop.url + "/sign-in", data=form, timeout=20).status_code == 200
        cookies = list(browser.cookies.get_dict().values())
    assert len(cookies) == 2
    get(shop, "/api/v1/store?token=quite-private", Authorization="Bearer made-up-by-a-stranger")
    lives(admin, shop, photo(), filename="quite-private.jpg", alt="quite-private")
    log = shop.log
    secrets = [
        admin.token, KEY, shop.admin[1], "a-guess-of-theirs", "made-up-by-a-stranger",
        "quite-private", *cookies, (shop.data / "secret_key").read_text(), os.environ["PATH"],
    ]  # fmt: skip
    assert not [secret for secret in secrets if secret in log]
    assert len(logged(shop)) > 5
