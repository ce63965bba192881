"""Long, hanging and merely queued jobs. An original that is a pipe holds its worker for ever."""

from __future__ import annotations

import os

import pytest

ROW = "SELECT state, attempts, runs FROM store_itemimage"


def held(store, client, data):
    """Upload a photo, and put a pipe in its place; give the pipe's path."""
    assert client.upload(data, store.item("Lamp")).status_code == 201
    path = store.data / "media" / store.sql("SELECT original FROM store_itemimage")[0][0]
    path.rename(path.with_name("kept"))
    os.mkfifo(path)
    return path


@pytest.fixture
def stopped(companion_of, tmp_path):
    """A store of its own without a worker, with a lease of a second."""

    def make(**variables):
        return companion_of(tmp_path, workers=0, STORE_LEASE_SECONDS="1", **variables)

    return make


def test_a_job_longer_than_its_lease_is_run_once(stopped, client_of, photo, eventually):
    with stopped() as store, client_of(store.url, store.admin) as client:
        path = held(store, client, photo())
        port = int(store.url.rpartition(":")[2])
        store.stop()
        store.workers = 2
        store.start(port)
        beats = (
            "SELECT 1 FROM store_itemimage WHERE"
            " julianday(alive_at) - julianday(started_at) > 3.0 / 86400"
        )
        eventually(lambda: store.sql(beats), "a sign of life three leases after its begin")
        assert "0 enqueued again, 0 given up" in store.manage("sweep")
        assert store.sql(ROW) == [("processing", 1, 1)]
        # A pipe can't be read as a photo; what its one run says about it counts.
        os.close(os.open(path, os.O_WRONLY))
        eventually(lambda: store.sql(ROW) == [("failed", 1, 1)], "the end of its run")


def test_a_photo_over_which_workers_hang_ends_as_failed(stopped, client_of, photo, eventually):
    with (
        stopped(STORE_LONGEST_SECONDS="0.5", STORE_ATTEMPTS="3") as store,
        client_of(store.url, store.admin) as client,
    ):
        held(store, client, photo())
        port = int(store.url.rpartition(":")[2])
        store.stop()
        store.workers = 1
        store.start(port)
        eventually(lambda: store.sql(ROW)[0][0] == "failed", "the end of its attempts", 60)
        assert store.sql(ROW) == [("failed", 3, 3)]
        image = client.image("1")
        assert image["error"]["detail"] == "The store's worker stopped over it 3 times."
        # The worker that came after the last one works.
        sent = client.upload(photo(), store.item("Lamp"))
        live = client.settled(sent.headers["Store-Image"], sent.headers["Store-Cursor"])
        assert live["state"] == "live"


def test_a_long_queue_costs_no_attempts(stopped, client_of, photo, eventually):
    with stopped() as store, client_of(store.url, store.admin) as client:
        item = store.item("Lamp")
        for _ in range(60):
            client.upload(photo(100, 80), item)
        store.sql("UPDATE store_itemimage SET queued_at = '2020-01-01 00:00:00'")
        for _ in range(2):
            assert "0 enqueued again, 0 given up" in store.manage("sweep")
        jobs = "SELECT count(*), count(DISTINCT status) FROM django_tasks_database_dbtaskresult"
        assert store.sql(jobs) == [(60, 1)]
        port = int(store.url.rpartition(":")[2])
        store.stop()
        store.workers = 1
        store.start(port)
        left = "SELECT 1 FROM store_itemimage WHERE state = 'processing'"
        eventually(lambda: not store.sql(left), "the end of the queue", 60)
        assert set(store.sql(ROW)) == {("live", 1, 1)}
