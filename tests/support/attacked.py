"""A server under attack: the same store behind waitress and behind gunicorn, and what is left."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from store_process import Companion, children, until


@dataclass
class Target:
    """A server at `url` whose web process is `pid`, on the data of `store`."""

    store: Companion
    url: str
    pid: int

    @property
    def memory(self) -> int:
        """Resident bytes of the process that answers."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def kept(self) -> tuple[Any, ...]:
        """All that an attack could leave behind: rows and files, but those that a worker makes."""
        tables = ("store_upload", "store_itemimage", "store_item", "store_user", "store_token")
        rows = tuple(self.store.sql(f"SELECT count(*) FROM {table}")[0][0] for table in tables)
        files = tuple(
            sorted(
                str(path.relative_to(self.store.data))
                for folder in ("media", "uploads")
                for path in (self.store.data / folder).rglob("*")
                if path.name.startswith("original") or folder == "uploads"
            )
        )
        return rows, files

    def raw(self, request: bytes, *, answered: bool = True) -> bytes:
        """Send bytes as they are; give what comes back until it rests or the connection ends.

        `answered`: there is an answer to wait for.
        """
        host, port = self.url.removeprefix("http://").split(":")
        got = b""
        with socket.create_connection((host, int(port)), timeout=20) as wire:
            wire.sendall(request)
            with contextlib.suppress(OSError):
                while answered and (chunk := wire.recv(65536)):
                    got += chunk
                    wire.settimeout(0.5)
        return got


@contextmanager
def waitress(store: Companion) -> Iterator[Target]:
    """The server that `serve` starts."""
    assert store.process is not None
    yield Target(store, store.url, store.process.pid)


@contextmanager
def gunicorn(store: Companion) -> Iterator[Target]:
    """The same application in gunicorn with our settings, one worker process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ, **store.environment, "STORE_DATA": str(store.data), "PORT": str(port),
        "STORE_NAME": "Harbour & Pine", "WEB_CONCURRENCY": "1",
    }  # fmt: skip
    command = ["gunicorn", "-c", "python:uploader.server.gunicorn_settings", "--log-level", "error"]
    with (store.data.parent / "gunicorn.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], env=environment, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return requests.get(f"{url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    try:
        until(answers, "gunicorn answers", 60)
        yield Target(store, url, children(process.pid)[0])
    finally:
        process.terminate()
        process.wait(40)
