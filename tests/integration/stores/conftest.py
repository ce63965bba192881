"""A way to the store that breaks on request: a small TCP proxy, with TLS in front if wanted."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

DEADLINE = 20.0


class Proxy:
    """Passes bytes on to a server until it is told not to.

    `cut_after`: closes a connection once so many bytes went towards the server, one time.
    `swallow`: called with what the server says; True loses it and closes the connection.
    """

    def __init__(self, target: str, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self._context = context
        self.cut_after: int | None = None
        self.swallow: Callable[[bytes], bool] = lambda said: False
        self.cuts = 0
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
        passed = 0
        with contextlib.suppress(OSError):
            while block := near.recv(65536):
                passed += len(block)
                if self.cut_after is not None and passed > self.cut_after:
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
