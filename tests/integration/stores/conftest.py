"""A way to the store that breaks on request: a small TCP proxy, with TLS in front if wanted."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
import socket
import ssl
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item

DEADLINE = 20.0


class Proxy:
    """Passes bytes on to a server until it is told not to.

    `cut_after`: closes a connection once so many bytes in all went towards the server, one time.
    `swallow`: called with what the server says; True loses it and closes the connection.
    """

    def __init__(self, target: str, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self._context = context
        self.cut_after: int | None = None
        self.swallow: Callable[[bytes], bool] = lambda said: False
        self.cuts = 0
        self.passed = 0
        self.connections = 0
        self._stop = threading.Event()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._stop.set()
        for sock in list(self._open):
            _shut(sock)
        for thread in list(self._threads):
            thread.join(DEADLINE)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(near,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), near:
            near.settimeout(DEADLINE)
            if self._context:
                near = self._context.wrap_socket(near, server_side=True)
            with near, socket.create_connection(self._target, DEADLINE) as far:
                self._open += [near, far]
                back = threading.Thread(target=self._back, args=(near, far))
                back.start()
                self._forth(near, far)
                _shut(near)
                _shut(far)
                back.join(DEADLINE)

    def _forth(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := near.recv(65536):
                self.passed += len(block)
                if self.cut_after is not None and self.passed > self.cut_after:
                    self.cut_after = None
                    self.cuts += 1
                    return
                far.sendall(block)

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := far.recv(65536):
                if self.swallow(block):
                    self.cuts += 1
                    break
                near.sendall(block)
        _shut(near)


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@pytest.fixture
def proxy() -> Iterator[Callable[..., Proxy]]:
    made: list[Proxy] = []

    def make(target: str, context: ssl.SSLContext | None = None) -> Proxy:
        made.append(Proxy(target, context))
        return made[-1]

    yield make
    for one in made:
        one.close()


class Bytes:
    """A source in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def open_at(self, offset: int) -> io.BytesIO:
        return io.BytesIO(self.content[offset:])


class Noise:
    """A photo that nothing compresses, its source, and what the outbox would know of it."""

    def __init__(self, side: int, title: str) -> None:
        picture = Image.frombytes("RGB", (side, side), random.randbytes(side * side * 3))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=90)
        self.content = out.getvalue()
        self.source = Bytes(self.content)
        self.photo = Photo(
            id=random.randrange(1 << 30),
            reference=str(uuid.uuid4()),
            profile="p",
            path=Path("lamp, “new”.jpg"),
            state=State.UPLOADING,
            added_at=0.0,
            state_since=0.0,
            fingerprint=Fingerprint(len(self.content), 0, hashlib.sha256(self.content).hexdigest()),
            item=Item("", title),
        )


@pytest.fixture
def noise() -> type[Noise]:
    return Noise


@dataclass(frozen=True)
class Running:
    """The real server with its worker, and two accounts on it."""

    url: str
    admin: Credentials
    customer: Credentials


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("store")
    command = [sys.executable, "-m", "uploader.server.cli", "--data", str(data)]
    password = "pine-needles-and-rope"
    for email, role in (("ines@shop.example", "--admin"), ("kim@shop.example", "--customer")):
        subprocess.run(
            [*command, "createuser", email, role, "--password-stdin"],
            input=password,
            text=True,
            check=True,
            capture_output=True,
        )
    serve = ["serve", "--with-worker", "--workers", "1", "--port", "0", "--until-stdin-closes"]
    with subprocess.Popen(
        [*command, *serve], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        first = process.stdout.readline()
        url = first.removeprefix("Serving on ").strip()
        assert url.startswith("http"), first
        yield Running(
            url,
            Credentials("ines@shop.example", password),
            Credentials("kim@shop.example", password),
        )
        process.stdin.close()
        try:
            process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
