"""A store that misbehaves on request: a scripted HTTP server on a loopback socket."""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import trustme

from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item
from uploader.stores.companion import CompanionStore

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
    makes it stop reading a body after so many bytes, and then stall or, with `cut`, close;
    `cut_once` takes the next one whole.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self.answer: Callable[[Asked], Says | str] = lambda asked: Says(404)
        self.asked: list[Asked] = []
        self.connections = 0
        self.read_at_most: int | None = None
        self.cut = False
        self.cut_once = False
        self.keep_bodies = True
        self.speak_first = b""
        self.busy = threading.Event()
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._listener.settimeout(0.05)
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

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
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as held:
            held.enter_context(sock)
            if self._context:
                sock = held.enter_context(self._context.wrap_socket(sock, server_side=True))
            stream = held.enter_context(sock.makefile("rb"))
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
                if self.cut_once:
                    self.read_at_most = None
                elif not self.cut:
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


@pytest.fixture
def authority(tmp_path: Path) -> tuple[trustme.CA, str]:
    """An authority that signs certificates, and the path of its own."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return made, str(tmp_path / "ca.pem")


@pytest.fixture
def secure_script(authority: tuple[trustme.CA, str]) -> Iterator[Script]:
    """The same with TLS, trusted by who trusts `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority[0].issue_cert("127.0.0.1").configure_cert(context)
    server = Script(context)
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


class Shop:
    """The contract in a few lines of memory, as answers for a `Script`."""

    TOKEN = "token-of-ines"

    def __init__(self, script: Script) -> None:
        self.script = script
        self.uploads: dict[str, bytearray] = {}
        self.lengths: dict[str, int] = {}
        self.meta: dict[str, dict[str, str]] = {}
        self.images: list[dict[str, Any]] = []
        self.outcome = "created"
        self.features = {"resumable": True, "idempotent": True}
        self.accept: int | None = None
        self.first: Callable[[Asked], Says | str | None] = lambda asked: None
        script.answer = self.answer

    def answer(self, asked: Asked) -> Says | str:
        said = self.first(asked)
        if said is not None:
            return said
        path = asked.path.removeprefix("/api/v1/")
        if (asked.method, path) == ("GET", "sign-in"):
            return Says(200, {"contract": "store-uploader/1", "name": "Harbour & Pine"})
        if (asked.method, path) == ("POST", "sign-in"):
            return self._sign_in(json.loads(asked.body))
        if asked.headers.get("authorization") != f"Bearer {self.TOKEN}":
            return Says(404, {"title": "Not found"})
        if path.startswith("uploads"):
            _, named, reference = path.partition("?reference=")
            return self._withdraw(reference) if named else self._upload(asked, path)
        return self._rest(asked, path)

    def _sign_in(self, said: dict[str, str]) -> Says:
        if said["password"] == "customer":
            return Says(403, {"type": "/problems/not-an-admin", "title": "Not an admin"})
        if said["password"] != "right":
            return Says(401, {"type": "/problems/wrong-credentials", "title": "Wrong"})
        account = {"email": "ines@shop", "name": "Ines"}
        return Says(201, {"token": self.TOKEN, "account": account})

    def _rest(self, asked: Asked, path: str) -> Says:
        route, _, query = path.partition("?")
        if route == "store":
            return Says(200, {"name": "Harbour & Pine", "features": self.features})
        if route == "items":
            return Says(200, {"items": [{"id": 12, "title": "Lamp"}], "next": "n", "total": 3})
        if route == "images" and query.startswith("reference="):
            found = [i for i in self.images if i["reference"] == query.removeprefix("reference=")]
            return Says(200, {"images": found, "cursor": "9", "more": False})
        if route.startswith("images/"):
            found = [i for i in self.images if i["id"] == route.split("/")[1]]
            return Says(200, found[0]) if found else Says(404, {"title": "Not found"})
        return Says(204) if asked.method == "DELETE" else Says(404, {})

    def _upload(self, asked: Asked, path: str) -> Says:
        if asked.headers.get("tus-resumable") != "1.0.0":
            return Says(412)
        if asked.method == "POST":
            return self._create(asked)
        reference = path.removeprefix("uploads/")
        held = self.uploads.get(reference)
        if held is None:
            return Says(404, {})
        if asked.method == "DELETE":
            del self.uploads[reference]
            return Says(204)
        if int(asked.headers["upload-offset"]) != len(held):
            return Says(409, {})
        held += asked.body[: self.accept]
        return self._reached(reference, 204)

    def _withdraw(self, reference: str) -> Says:
        if len(self.uploads.get(reference, b"")) == self.lengths.get(reference):
            return Says(409, {"type": "/problems/upload-finished", "title": "It has arrived"})
        self.uploads.pop(reference, None)
        return Says(204)

    def _create(self, asked: Asked) -> Says:
        pairs = (pair.split(" ") for pair in asked.headers["upload-metadata"].split(","))
        meta = {key: base64.b64decode(value).decode() for key, value in pairs}
        reference = meta["reference"]
        self.meta[reference] = meta
        if reference not in self.uploads:
            self.uploads[reference] = bytearray(asked.body)
            self.lengths[reference] = int(asked.headers["upload-length"])
        return self._reached(reference, 201)

    def _reached(self, reference: str, status: int) -> Says:
        headers = {
            "Location": f"/api/v1/uploads/{reference}",
            "Upload-Offset": str(len(self.uploads[reference])),
        }
        if len(self.uploads[reference]) == self.lengths[reference]:
            headers |= {"Store-Image": "81", "Store-Outcome": self.outcome, "Store-Cursor": "7"}
        return Says(status, headers=headers)


@pytest.fixture
def shop(script: Script) -> Shop:
    return Shop(script)


@pytest.fixture
def secure_shop(secure_script: Script) -> Shop:
    return Shop(secure_script)


@pytest.fixture
def store(script: Script) -> Iterator[CompanionStore]:
    """A connector to `script`, with pieces of 1000 bytes."""
    made = CompanionStore(script.url, connect_timeout=5, read_timeout=5, piece=1000)
    yield made
    made.close()


@pytest.fixture
def signed_in(shop: Shop, store: CompanionStore) -> CompanionStore:
    store.sign_in(Credentials("ines@shop", "right"))
    shop.script.asked.clear()
    return store
