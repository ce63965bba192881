"""The store on PostgreSQL and Redis: the same store, and what their absence does to it."""

from __future__ import annotations

import uuid

import pytest
import requests


@pytest.fixture
def outgrown(companion_of, tmp_path, postgres, redis):
    """A store on both; ``outgrown(workers=…, **variables)``."""

    def make(**more):
        where = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        return companion_of(tmp_path, **where, **more)

    return make


def sent(client, photo, title="Lamp"):
    answer = client.upload(photo(), item_title=title, reference=str(uuid.uuid4()))
    assert answer.status_code == 201, answer.text
    return answer.headers["Store-Image"], answer.headers["Store-Cursor"]


def test_photos_come_live_and_the_worker_shows_itself(outgrown, client_of, photo, eventually):
    with outgrown() as store, client_of(store.url, store.admin) as client:
        for title in ("Lamp", "Lamp", "Chair"):
            assert client.settled(*sent(client, photo, title))["state"] == "live"
        assert requests.get(f"{store.url}/readyz", timeout=20).json()["ready"]
        seen = "SELECT 1 FROM store_workerseen"
        eventually(lambda: store.sql(seen), "the worker's row")
        store.stop()
        assert store.sql(seen) == []


def test_without_redis_photos_are_accepted_and_come_live_later(outgrown, client_of, photo, redis):
    with outgrown(STORE_LEASE_SECONDS="1") as store, client_of(store.url, store.admin) as client:
        redis.kill()
        image, cursor = sent(client, photo)
        assert client.image(image)["state"] == "processing"
        assert requests.get(f"{store.url}/readyz", timeout=20).status_code == 503
        redis.start()
        assert client.settled(image, cursor)["state"] == "live"


def test_an_emptied_redis_is_filled_again(outgrown, client_of, photo, redis):
    with (
        outgrown(workers=0, STORE_LEASE_SECONDS="0") as store,
        client_of(store.url, store.admin) as client,
    ):
        for _ in range(3):
            sent(client, photo)
        assert "0 enqueued" in store.manage("sweep"), "waiting is no loss"
        redis.kill()
        redis.start()
        assert "3 enqueued" in store.manage("sweep")
        assert "0 enqueued" in store.manage("sweep")


def test_without_its_database_the_store_says_so(outgrown, client_of, photo, postgres):
    with outgrown(workers=0) as store, client_of(store.url, store.admin) as client:
        postgres.kill()
        for answer in (client.get("/api/v1/images"), client.upload(photo(), item_title="Lamp")):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5"), answer.text
            assert answer.headers["Content-Type"] == "application/problem+json"
        postgres.start()
        sent(client, photo)
