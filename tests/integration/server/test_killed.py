"""The web process killed at any moment of taking photos: nothing is lost, doubled or left."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import uuid

import pytest
import requests

KILLS = 8


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_web_process_loses_and_doubles_nothing(
    companion_of, client_of, tmp_path, photo, seed
):
    chance = random.Random(seed)
    with companion_of(tmp_path, workers=0) as store:
        port = int(store.url.rpartition(":")[2])
        token = client_of(store.url, store.admin).token
        sent = [(photo(1600, 1200), str(uuid.uuid4())) for _ in range(KILLS)]
        item = store.item("Lamp")
        for data, reference in sent:
            kill = threading.Timer(
                chance.uniform(0.0, 0.15), os.kill, (store.process.pid, signal.SIGKILL)
            )
            kill.start()
            with (
                client_of(store.url, token=token) as client,
                contextlib.suppress(requests.RequestException),
            ):
                client.upload(data, item, reference=reference)
            kill.join()
            store.process.wait()
            store.start(port)
            with client_of(store.url, token=token) as client:
                answer = client.create(data, item, reference=reference)
                offset = int(answer.headers["Upload-Offset"])
                if offset < len(data):
                    place = answer.headers["Location"]
                    assert client.part(place, offset, data[offset:]).status_code == 204
        assert store.sql("SELECT count(*) FROM store_itemimage") == [(KILLS,)]
        media = store.data / "media"
        for (name,) in store.sql("SELECT original FROM store_itemimage"):
            assert (media / name).read_bytes() in [data for data, _ in sent]
        everything = [*media.rglob("*"), *(store.data / "uploads").iterdir()]
        for path in sorted(everything, reverse=True):
            os.utime(path, (0, 0))
        store.manage("sweep")
        files = list(media.glob("*/*/*"))
        assert len(files) == KILLS
        assert list((store.data / "uploads").iterdir()) == []
