"""A store that misbehaves on request: a scripted HTTP server on a loopback socket."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.states import State
from uploader.domain.stores import Item

DEADLINE = 20.0


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass
class Says:
    """What to answer; `then` names what happens to the connection afterwards."""

    status: int = 200
    fields: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""
    then: str = ""

    def bytes(self, method: str) -> bytes:
        body = self.raw
        kind = "text/html"
        if self.fields is not None:
            body = json.dumps(self.fields).encode()
            kind = "application/json" if self.status < 400 else "application/problem+json"
        lines = {"Content-Length": str(len(body)), "Content-Type": kind, **self.headers}
        head = "".join(f"{k}: {v}\r\n" for k, v in lines.items())
        sent = b"" if method == "HEAD" or self.status == 204 else body
        return f"HTTP/1.1 {self.status} Said\r\n{head}\r\n".encode() + sent


class Script:
    """Answers with `answer(asked)`; what that returns decides how it misbehaves.

    A `Says` is sent; "drop" closes without an answer; "stall" never answers. `read_at_most`
    makes it stop reading a body after so many bytes, and then stall or, with `cut`, close.
    """

    def __init__(self) -> None:
        self.answer: Callable[[Asked], Says | str] = lambda asked: Says(404)
        self.asked: list[Asked] = []
        self.connections = 0
        self.read_at_most: int | None = None
        self.cut = False
        self.keep_bodies = True
        self.speak_first = b""
        self.busy = threading.Event()
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def of(self, method: str) -> list[Asked]:
        return [a for a in self.asked if a.method == method]

    def close(self) -> None:
        self._stop.set()
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(DEADLINE)
        for sock in [self._listener, *self._open]:
            sock.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                sock, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock, self.connections))
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError, ValueError), sock, sock.makefile("rb") as stream:
            sock.sendall(self.speak_first)
            while not self._stop.is_set() and self._one(sock, stream, number):
                pass

    def _one(self, sock: socket.socket, stream: Any, number: int) -> bool:
        first = stream.readline().decode()
        if not first:
            return False
        method, path, _ = first.split(" ", 2)
        headers: dict[str, str] = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(method, path, headers, b"", number)
        if not self._take(stream, asked):
            return False
        self.asked.append(asked)
        said = self.answer(asked)
        if said == "stall":
            self._stall()
            return False
        if said == "drop":
            return False
        assert isinstance(said, Says)
        sock.sendall(said.bytes(method))
        if said.then == "stall":
            self._stall()
        return not said.then

    def _take(self, stream: Any, asked: Asked) -> bool:
        """Read the body; False when it stopped before its end."""
        left = int(asked.headers.get("content-length", 0))
        taken = bytearray()
        while left:
            if self.read_at_most is not None and len(taken) >= self.read_at_most:
                if not self.cut:
                    self._stall()
                return False
            block = stream.read(min(left, 65536))
            if not block:
                return False
            left -= len(block)
            if self.keep_bodies or self.read_at_most is not None:
                taken += block
        asked.body = bytes(taken)
        return True

    def _stall(self) -> None:
        self.busy.set()
        self._stop.wait(DEADLINE * 3)


@pytest.fixture
def script() -> Iterator[Script]:
    server = Script()
    yield server
    server.close()


class Bytes:
    """A source in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.opened: list[int] = []

    @property
    def size(self) -> int:
        return len(self.content)

    def open_at(self, offset: int) -> BytesIO:
        self.opened.append(offset)
        return BytesIO(self.content[offset:])


@pytest.fixture
def source() -> Callable[[bytes], Bytes]:
    return Bytes


@pytest.fixture
def says() -> type[Says]:
    return Says


@pytest.fixture
def photo() -> Callable[..., Photo]:
    def make(**values: Any) -> Photo:
        known: dict[str, Any] = {
            "id": 1,
            "reference": str(uuid.uuid4()),
            "profile": "p",
            "path": Path("lamp.jpg"),
            "state": State.UPLOADING,
            "added_at": 0.0,
            "state_since": 0.0,
            "fingerprint": Fingerprint(10, 0, "ab" * 32),
            "item": Item("12", "Lamp"),
        }
        return Photo(**{**known, **values})

    return make


@pytest.fixture
def finishes() -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run a call in a thread; the returned function waits for its result or exception."""

    def start(call: Callable[[], Any]) -> Callable[[], Any]:
        outcome: list[tuple[bool, Any]] = []

        def run() -> None:
            try:
                outcome.append((True, call()))
            except BaseException as error:
                outcome.append((False, error))

        thread = threading.Thread(target=run)
        thread.start()

        def wait() -> Any:
            thread.join(DEADLINE)
            assert outcome, "still running"
            good, value = outcome[0]
            if not good:
                raise value
            return value

        return wait

    return start
