"""A way to the store that can be shut, with TLS by an authority that nobody knows yet if wanted."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import trustme

BLOCK = 1 << 16


class Way:
    """Passes connections on from one port of 127.0.0.1, until it is closed. A context manager.

    Its address is known first, as a store behind TLS must know it; then it is told where to lead.
    With `authority`, whom to trust is written there (PEM).
    """

    def __init__(self, authority: Path | None = None) -> None:
        self._target: tuple[str | None, int | None] = None, None
        self._context = None if authority is None else _context(authority)
        self._loop = asyncio.new_event_loop()
        # What begins and breaks off (a certificate that isn't trusted) is no news.
        self._loop.set_exception_handler(lambda *_: None)
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._passing: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Where it begins; the same after it was shut."""
        return f"http{'s' if self._context else ''}://127.0.0.1:{self._port}"

    def lead_to(self, target: str) -> None:
        """Say where the server is that connections are passed on to."""
        parts = urlsplit(target)
        self._target = parts.hostname, parts.port

    def open(self) -> None:
        """Take connections, again after it was shut."""
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    def shut(self) -> None:
        """Cut what goes on and take nothing more."""
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()

    def __enter__(self) -> Self:
        self._thread.start()
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self) -> None:
        if self._server is not None:
            return
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self._port, ssl=self._context
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        passing = tuple(self._passing)
        for task in passing:
            task.cancel()
        if passing:
            await asyncio.wait(passing)
        # Transports go one turn after they were aborted.
        await asyncio.sleep(0)

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        ends = [back]
        try:
            far, forth = await asyncio.open_connection(*self._target)
            ends.append(forth)
            await asyncio.gather(_pass(near, forth), _pass(far, back))
        except (OSError, asyncio.CancelledError):
            for end in ends:
                end.transport.abort()
        finally:
            self._passing.discard(task)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while block := await reader.read(BLOCK):
            writer.write(block)
            await writer.drain()
    # Its end ends the other way too: either side closes when it is done.
    writer.close()


def _context(authority: Path) -> ssl.SSLContext:
    issuer, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.cert_pem.write_to_path(str(authority))
    issuer.issue_cert("127.0.0.1").configure_cert(context)
    return context
