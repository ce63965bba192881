"""Connections are kept, and those that wait don't keep others from being served."""

from __future__ import annotations

import random
import signal
from concurrent.futures import ThreadPoolExecutor

import requests


def opened(client):
    """How many connections a client has made so far."""
    pools = client.get_adapter(client.url).poolmanager.pools
    return sum(pools[key].num_connections for key in pools.keys())  # noqa: SIM118 - no iterator


def test_an_upload_in_parts_takes_one_connection(client_of, companion, item, photo):
    with client_of(companion.url, companion.admin) as client:
        data = photo()
        place = client.create(data, item).headers["Location"]
        for at in range(0, 5000, 1000):
            assert client.part(place, at, data[at : at + 1000]).status_code == 204
        assert client.tus("HEAD", place).status_code == 200
        assert client.part(place, 17, b"x").status_code == 409
        assert client.tus("DELETE", place).status_code == 204
        assert client.tus("OPTIONS", "/api/v1/uploads").status_code == 204
        assert opened(client) == 1


def test_a_wish_to_close_is_heard(client_of, companion):
    with client_of(companion.url, companion.admin) as client:
        closing = {"Connection": "close"}
        answer = client.request("OPTIONS", "/api/v1/uploads", headers=closing)
        assert (answer.status_code, answer.headers["Connection"]) == (204, "close")


def test_many_who_wait_leave_room_for_work(companion_of, client_of, tmp_path, photo):
    with (
        companion_of(tmp_path, workers=0, STORE_THREADS="4") as store,
        client_of(store.url, store.admin) as client,
        ThreadPoolExecutor(8) as pool,
    ):

        def wait():
            with client_of(store.url, token=client.token) as own:
                return own.get("/api/v1/images?changed_since=0&wait=25").json()

        waiting = [pool.submit(wait) for _ in range(8)]
        # Far shorter than the wait of those that may.
        assert client.get("/api/v1/store", timeout=10).status_code == 200
        sent = client.upload(photo(), store.item("Lamp"), alt=str(random.random()))
        assert sent.status_code == 201
        told = [future.result(30)["images"] for future in waiting]
        assert any(told), "nobody was let wait for it"


def test_it_ends_while_somebody_waits(companion_of, client_of, tmp_path):
    with (
        companion_of(tmp_path, workers=0) as store,
        client_of(store.url, store.admin) as client,
        ThreadPoolExecutor(1) as pool,
    ):

        def wait():
            try:
                return client.get("/api/v1/images?changed_since=0&wait=25").json()["images"]
            except requests.ConnectionError:
                return []

        waiting = pool.submit(wait)
        process, store.process = store.process, None
        process.send_signal(signal.SIGTERM)
        # Well below the 25 s that the question was to be held back.
        assert process.wait(15) == 0
        assert waiting.result(15) == []
        assert store.log == ""
