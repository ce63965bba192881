"""A server that is told to end answers what has begun, and nobody new."""

from __future__ import annotations

import concurrent.futures
import os
import re
import signal
import socket
import subprocess
import sys

import pytest
import requests
from attacked import gunicorn, waitress

TARGETS = {"waitress": waitress, "gunicorn": gunicorn}
REQUEST = (
    "PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
    "Content-Length: {length}\r\n\r\n"
)


@pytest.fixture(params=list(TARGETS))
def target(request, companion_of, tmp_path):
    with companion_of(tmp_path) as store, TARGETS[request.param](store) as target:
        yield target


def test_requests_under_way_are_answered(target, client_of, photo, eventually, still_alive):
    data = photo()
    item = target.store.item("Lamp")
    with (
        client_of(target.url, target.store.admin) as admin,
        concurrent.futures.ThreadPoolExecutor(1) as other,
    ):
        place = admin.create(data, item).headers["Location"]
        cursor = admin.get("/api/v1/images").json()["cursor"]
        waiting = other.submit(admin.get, f"/api/v1/images?changed_since={cursor}&wait=25")
        head = REQUEST.format(
            path=place.removeprefix(target.url), token=admin.token, length=len(data)
        ).encode()
        host, port = target.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 20) as wire:
            wire.sendall(head + data[:1000])
            for _ in range(3):  # by the time of these answers both have been read
                assert requests.get(f"{target.url}/healthz", timeout=20).ok
            assert not waiting.done()
            os.kill(target.pid, signal.SIGTERM)
            answer = waiting.result(15)
            assert (answer.status_code, answer.json()["images"]) == (200, [])
            wire.sendall(data[1000:])
            told = wire.recv(65536)
    assert told.startswith(b"HTTP/1.1 204"), told
    assert re.search(rb"(?i)store-outcome: created", told)
    eventually(lambda: not still_alive(target.pid), "the process's end")


def test_an_idle_server_ends_at_once(companion_of, tmp_path):
    with companion_of(tmp_path, STORE_STOP_SECONDS="600") as store:
        host, port = store.url.removeprefix("http://").split(":")
        with (
            socket.create_connection((host, int(port))),
            socket.create_connection((host, int(port))) as begun,
            requests.Session() as kept,
        ):
            begun.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            assert kept.get(f"{store.url}/healthz", timeout=20).ok
            store.stop()


OPENED_AT_ONCE = """
import threading, django; django.setup()
from pathlib import Path
from django.db import connection
from uploader.server.operations import migrating

migrating._PATIENCE = 0.01
place = Path(connection.settings_dict["NAME"])
told = []

def begin(turn):
    turn.wait()
    try:
        migrating._begin()
        told.append(connection.cursor().execute("PRAGMA journal_mode").fetchone()[0])
    except Exception as error:
        told.append(str(error))
    finally:
        connection.close()

for _ in range(40):
    turn = threading.Barrier(4)
    threads = [threading.Thread(target=begin, args=(turn,)) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    for file in place.parent.glob(place.name + "*"): file.unlink()
print(*sorted(set(told)))
"""


def test_a_new_database_is_opened_by_one_after_the_other(tmp_path):
    """Of those that turn a new file's log on at once, SQLite refuses most at once."""
    environment = {
        **os.environ,
        "STORE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "uploader.server.settings",
    }
    told = subprocess.run(
        [sys.executable, "-c", OPENED_AT_ONCE], env=environment, text=True, check=True,
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert told.stdout == "wal\n", told.stderr


def test_processes_that_begin_together_migrate_once(companion_of, tmp_path):
    environment = {**os.environ, "STORE_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "uploader.server.cli", "sweep"]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
