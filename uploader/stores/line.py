"""A connection for one request at a time, which every other thread can cut.

Shutting a socket down wakes whoever blocks on it, at once and on every system. The socket
that is shut down is a duplicate: the real one changes owner while TLS is set up, and its
number may be somebody else's by the time it is cut.
"""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from uploader.domain.cancel import CancelToken

_SLICE = 0.05
"""Seconds between two looks at whether a connection in the making was given up."""

_UNDER_WAY = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY})

Target = tuple[int, int, int, Any]
"""Address family, socket type, protocol, and the system's own address."""


class Line:
    """A way to the network: at most one request at a time runs on it.

    `connect_timeout` (seconds) is for reaching the host and setting up TLS, `patience` for
    each wait while a request is sent and answered. `fresh` tells whether the running request
    has made a new connection.
    """

    def __init__(self, connect_timeout: float, patience: float) -> None:
        self.connect_timeout = connect_timeout
        self.patience = patience
        self.fresh = False
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._cut = False
        self._closed = False
        self._number = 0

    @property
    def is_cut(self) -> bool:
        """Whether the running request was given up."""
        return self._cut

    @contextlib.contextmanager
    def exchange(self, cancel: CancelToken) -> Iterator[None]:
        """Run one request and its answer in the block; `cancel` cuts it."""
        with self._lock:
            self.fresh, self._cut = False, self._closed
            self._number += 1
            number = self._number
        try:
            with cancel.interrupting(lambda: self._cut_only(number)):
                yield
        finally:
            self._let_go()

    def hold(self, sock: socket.socket) -> None:
        """Remember the socket that the running request uses."""
        handle = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._let_go()
        with self._lock:
            self._handle = handle
            if self._cut:
                _shut(handle)

    def close(self) -> None:
        """Give up what runs, and let nothing more begin. Never blocks, from any thread."""
        with self._lock:
            self._closed = True
            number = self._number
        self._cut_only(number)

    def connect(self, host: str, port: int, options: Sequence[Any]) -> socket.socket:
        """Open a connection within `connect_timeout`, trying every address of the host.

        Raises OSError (socket.gaierror for an unknown name, TimeoutError).
        """
        self.fresh = True
        deadline = time.monotonic() + self.connect_timeout
        targets = self._resolve(host, port, deadline)
        failure = OSError(errno.EHOSTUNREACH, "no address")
        for number, target in enumerate(targets):
            # A dead address must not use up the time of the ones behind it.
            share = (deadline - time.monotonic()) / (len(targets) - number)
            try:
                return self._connect_one(target, options, time.monotonic() + share)
            except OSError as error:
                failure = error
        raise failure

    def _cut_only(self, number: int) -> None:
        """Give the request of this number up; its thread gets an OSError.

        A cancel that comes late must not hit the request that runs by then.
        """
        with self._lock:
            if number == self._number:
                self._cut = True
                if self._handle is not None:
                    _shut(self._handle)

    def _let_go(self) -> None:
        with self._lock:
            handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def _resolve(self, host: str, port: int, deadline: float) -> list[Target]:
        """Look the name up. The system's call can't be interrupted, so a thread waits for it."""
        found: list[list[Target] | OSError] = []
        done = threading.Event()

        def look_up() -> None:
            try:
                answers = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
                found.append([(a[0], a[1], a[2], a[4]) for a in answers])
            except (OSError, UnicodeError) as error:
                known = isinstance(error, OSError)
                found.append(error if known else socket.gaierror(str(error)))  # type: ignore[arg-type]
            done.set()

        threading.Thread(target=look_up, name="look-up", daemon=True).start()
        while not done.wait(_SLICE):
            self._still_wanted(deadline)
        if isinstance(found[0], OSError):
            raise found[0]
        return found[0]

    def _connect_one(
        self, target: Target, options: Sequence[Any], deadline: float
    ) -> socket.socket:
        family, kind, protocol, address = target
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options:
                sock.setsockopt(*option)
            sock.setblocking(False)
            code = sock.connect_ex(address)
            if code not in _UNDER_WAY:
                raise OSError(code, os.strerror(code))
            self._await_connected(sock, deadline)
            sock.settimeout(self.connect_timeout)
        except BaseException:
            sock.close()
            raise
        return sock

    def _await_connected(self, sock: socket.socket, deadline: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            while not selector.select(_SLICE):
                self._still_wanted(deadline)
        if code := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(code, os.strerror(code))

    def _still_wanted(self, deadline: float) -> None:
        if self._cut:
            raise ConnectionAbortedError(errno.ECONNABORTED, "given up")
        if time.monotonic() > deadline:
            raise TimeoutError(errno.ETIMEDOUT, "no connection in time")


def _shut(sock: socket.socket) -> None:
    # Not connected (any more) is as good as shut down.
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
