"""Hundreds of connections that trickle: everybody else is served as if they weren't there."""

from __future__ import annotations

import contextlib
import socket
import uuid
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter

HEAD = b"POST /api/v1/uploads HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = HEAD + b"Content-Type: application/offset+octet-stream\r\nContent-Length: 50000000\r\n\r\n"
MANY = 470
"""Nearly all places for connections."""


class Elsewhere(HTTPAdapter):
    """Connects from another address of this machine."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=("127.0.0.2", 0), **kwargs)


def memory(pid):
    """Give a process's resident memory in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@pytest.fixture
def store(companion_of, tmp_path):
    with companion_of(tmp_path, workers=0) as store:
        yield store


@pytest.fixture
def admin(store, client_of):
    """An admin at another address than those who trickle."""

    class Other(client_of):
        def _sign_in(self, email, password):
            self.mount("http://", Elsewhere())
            return super()._sign_in(email, password)

    with Other(store.url, store.admin) as client:
        yield client


@contextlib.contextmanager
def trickling(store, first):
    """Hold connections open that have sent `first`; give the function that sends more."""
    host, port = store.url.removeprefix("http://").split(":")
    sockets = []

    def begin():
        one = socket.create_connection((host, int(port)), timeout=20)
        sockets.append(one)
        one.setblocking(False)
        with contextlib.suppress(OSError):
            one.send(first)

    def more(data):
        """Send to all; those that were closed are begun anew, as a stubborn one would."""
        for one in list(sockets):
            try:
                if one.send(data) and one.recv(1) == b"":
                    raise ConnectionResetError
            except BlockingIOError:
                continue
            except OSError:
                sockets.remove(one)
                one.close()
                begin()

    try:
        for _ in range(MANY):
            begin()
        yield more
    finally:
        for one in sockets:
            one.close()


@pytest.mark.parametrize("first", [HEAD, BODY], ids=["heads", "bodies"])
def test_who_trickles_holds_nobody_else_up(store, admin, photo, first):
    item = store.item("Slowly")
    before = memory(store.process.pid)
    with trickling(store, first) as more:
        for n in range(12):
            more(b"X-Slow: 1\r\n" if first is HEAD else b"x" * 60_000)
            data = photo()
            place = admin.create(data, item, reference=str(uuid.uuid4())).headers["Location"]
            assert admin.part(place, 0, data).headers["Store-Outcome"] == "created", n
            # And somebody who isn't signed in yet gets a place too.
            with requests.Session() as session:
                session.mount("http://", Elsewhere())
                assert session.get(f"{store.url}/healthz", timeout=20).status_code == 200
        after = memory(store.process.pid)
    assert after - before < 120_000_000
    assert "Traceback" not in store.log
