"""A way to the store that breaks as told: a reverse proxy on 127.0.0.1 in a thread of its own.

    with Proxy(store.url, Script().on("PATCH", "/uploads/", DropAnswer())) as way:
        desk.sign_in(way.url, ...)

Every client connection has a server connection of its own, so that what the one does (keep-alive,
leaving, dying) the other one feels.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from exchange import GARBAGE, Exchange
from inflict import (
    Answer,
    BreakTls,
    CutDown,
    CutUp,
    Delay,
    DropAnswer,
    Fault,
    Gibberish,
    Limit,
    Portal,
    Refuse,
    Request,
    Script,
    Stall,
    StallAnswer,
)
from wire import Gone, Line, Pace

__all__ = [
    "Answer", "BreakTls", "CutDown", "CutUp", "Delay", "DropAnswer", "Fault", "Faults",
    "Gibberish", "Limit", "Portal", "Proxy", "Refuse", "Request", "Script", "Seen", "Stall",
    "StallAnswer",
]  # fmt: skip

Faults = Callable[[Request], Fault | None]
"""Says what happens to a request. Called in the proxy's thread: be quick and thread-safe."""


class Seen(NamedTuple):
    """A request that is over. `fault` is "" where nothing was inflicted; `status` is what the
    server, or the proxy in its place, answered, whether or not the client got it; 0: nothing.
    """

    method: str
    path: str
    fault: str
    status: int


class Proxy:
    """A context manager. `faults` may be replaced while it runs, and so may `upstream`.

    `url` is where clients go. `seen` lists the requests that are over, `counts` how many faults
    of each name were really inflicted, also on requests that still hang. `connections` counts
    those that clients opened. A `faults` that raises fails the `with` block at its end.
    """

    def __init__(
        self,
        upstream: str,
        faults: Faults | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.upstream = upstream
        self.faults = faults
        self.seen: list[Seen] = []
        self.counts: Counter[str] = Counter()
        self.connections = 0
        self._tls = tls
        self._number = 0
        self._paces: dict[Limit, Pace] = {}
        self._lines: set[Line] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._listener: socket.socket | None = None
        self._failure: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy")
        # Bound all the time and never listening: keeps the port ours while it is away.
        self._place = _bound(0)
        self._port: int = self._place.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._port}"

    def __enter__(self) -> Proxy:
        self._thread.start()
        self._run(self._come())
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._place.close()
        if kind is None and self._failure is not None:
            raise self._failure

    @property
    def away(self) -> bool:
        """Whether the network is gone: nobody listens, and what was open was reset."""
        return self._listener is None

    @away.setter
    def away(self, away: bool) -> None:
        self._run(self._go() if away else self._come())

    @property
    def inflicted(self) -> int:
        """How many faults were really inflicted, of all kinds."""
        return sum(self.counts.values())

    # ---- in the proxy's loop
    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _come(self) -> None:
        if self._listener is None:
            self._listener = listener = _bound(self._port)
            listener.listen(256)
            self._loop.add_reader(listener, self._accept, listener)

    async def _go(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            self._loop.remove_reader(listener)
            listener.close()
        for line in tuple(self._lines):
            line.reset()

    async def _end(self) -> None:
        await self._go()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        # Transports close in the loop's next turns.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def _accept(self, listener: socket.socket) -> None:
        """Take a connection. Not awaited: it would be lost, open, where that is cancelled."""
        try:
            sock, _ = listener.accept()
        except OSError:
            return  # it left before it was taken
        sock.setblocking(False)
        self.connections += 1
        near = Line(sock)
        self._lines.add(near)
        task = self._loop.create_task(self._serve(near, sock))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, near: Line, sock: socket.socket) -> None:
        """Serve one connection until either side leaves."""
        far = _Far(self)
        try:
            await self._open(near, sock)
            while True:
                await self._one(near, far)
        except (Gone, OSError):
            pass
        except Exception as error:
            # A fault function's, or a bug: told when the proxy is left.
            self._failure = self._failure or error
        finally:
            near.close()
            far.close()
            self._lines.discard(near)

    async def _open(self, near: Line, sock: socket.socket) -> None:
        if self._tls is not None:
            request = self._request("CONNECT", "", {})
            fault = self._ask(request)
            if isinstance(fault, BreakTls | Refuse):
                self.counts[fault.name] += 1
                await self._loop.sock_recv(sock, 4096)
                if isinstance(fault, BreakTls):
                    await self._loop.sock_sendall(sock, GARBAGE)
                else:
                    near.reset()
                raise Gone
        await near.open(tls=self._tls)

    async def _one(self, near: Line, far: _Far) -> None:
        """Serve the connection's next request."""
        head = await far.unless_gone(near.head())
        request = self._request(head.first[0], head.first[1], head.headers)
        fault, hit = self._ask(request), []

        def note(fault: Fault) -> None:
            hit.append(fault.name)
            self.counts[fault.name] += 1

        exchange = Exchange(
            request,
            head,
            near,
            far.connect,
            note,
            pace=self._pace(fault),
            behind_tls=self._tls is not None,
        )
        try:
            await exchange.run(fault)
        finally:
            if fault is not None and not hit and isinstance(self.faults, Script):
                self.faults.spare(fault)
            name = hit[0] if hit else ""
            self.seen.append(Seen(request.method, request.path, name, exchange.status))

    def _request(self, method: str, path: str, headers: Any) -> Request:
        self._number += 1
        return Request(method, path, headers, self._number)

    def _ask(self, request: Request) -> Fault | None:
        return self.faults(request) if self.faults else None

    def _pace(self, fault: Fault | None) -> Pace:
        if not isinstance(fault, Limit):
            return Pace(None)
        return self._paces.setdefault(fault, Pace(fault.bytes_per_second))


class _Far:
    """A client connection's own connection to the server, made when it is first needed."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._line: Line | None = None

    async def connect(self) -> Line:
        """Give the connection. Raises OSError where the server doesn't answer."""
        if self._line is None:
            parts = urlsplit(self._proxy.upstream)
            sock = socket.socket()
            sock.setblocking(False)
            self._line = Line(sock)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(sock, (parts.hostname, parts.port))
            await self._line.open()
        return self._line

    async def unless_gone(self, wanted: Coroutine[Any, Any, Any]) -> Any:
        """Wait for the client's next request. Raises Gone where the server leaves before it."""
        if self._line is None:
            return await wanted
        head = asyncio.create_task(wanted)
        left = asyncio.create_task(self._line.left.wait())
        try:
            await asyncio.wait({head, left}, return_when=asyncio.FIRST_COMPLETED)
            if not head.done():
                raise Gone
            return head.result()
        finally:
            for task in (head, left):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Gone):
                await head

    def close(self) -> None:
        if self._line is not None:
            self._line.close()


def _bound(port: int) -> socket.socket:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError:
        sock.close()
        raise
    sock.setblocking(False)
    return sock
