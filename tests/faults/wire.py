"""HTTP/1.1 as far as a proxy needs it: heads parsed, bodies passed on as they are, and pacing."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

BLOCK = 256 * 1024
HEAD_LIMIT = 1 << 20
_SLOW_BLOCK = 16 * 1024


class Gone(Exception):  # noqa: N818 - an ending, not an error
    """The other side closed the connection."""


@dataclass(frozen=True)
class Head:
    """A request's or an answer's head. `raw` is all of it as it came; names in small letters."""

    first: list[str]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def status(self) -> int:
        return int(self.first[1])

    @property
    def closes(self) -> bool:
        return self.headers.get("connection", "").lower() == "close" or "HTTP/1.0" in self.first


class Line:
    """One connection, either side: a reader and a writer that know their end."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.left = asyncio.Event()
        self.reader = asyncio.StreamReader(limit=HEAD_LIMIT)
        protocol = _Protocol(self.reader, self.left)
        self._protocol = protocol
        self.writer: asyncio.StreamWriter

    async def open(self, *, tls: object = None, timeout: float = 20.0) -> None:
        """Take the socket over, with a TLS handshake where `tls` is a context."""
        loop = asyncio.get_running_loop()
        more = {"ssl": tls, "ssl_handshake_timeout": timeout} if tls else {}
        transport, _ = await loop.connect_accepted_socket(
            lambda: self._protocol, self._sock, **more
        )
        self.writer = asyncio.StreamWriter(transport, self._protocol, self.reader, loop)

    async def head(self) -> Head:
        """Read up to the empty line. Raises Gone."""
        try:
            raw = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, OSError) as error:
            raise Gone from error
        first, *lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return Head(first.split(" "), {n.strip().lower(): v.strip() for n, _, v in pairs}, raw)

    async def send(self, block: bytes) -> None:
        """Write, and wait until there is room for more. Raises Gone."""
        try:
            self.writer.write(block)
            await self.writer.drain()
        except OSError as error:
            raise Gone from error

    def raw(self, block: bytes) -> None:
        """Write below TLS."""
        os.write(self._sock.fileno(), block)

    def close(self) -> None:
        """Say goodbye, what was written first."""
        if hasattr(self, "writer"):
            self.writer.close()
        else:
            self._sock.close()

    def reset(self) -> None:
        """Break off: the other side gets a reset."""
        if self._sock.fileno() >= 0:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if hasattr(self, "writer"):
            self.writer.transport.abort()
        else:
            self._sock.close()


class _Protocol(asyncio.StreamReaderProtocol):
    """Tells of the end as soon as it comes, whoever reads."""

    def __init__(self, reader: asyncio.StreamReader, left: asyncio.Event) -> None:
        super().__init__(reader)
        self._left = left

    def eof_received(self) -> bool | None:
        self._left.set()
        return super().eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        self._left.set()
        super().connection_lost(error)


class Pace:
    """A link's rate, shared by all that is sent over it. None: as fast as it goes."""

    def __init__(self, rate: float | None) -> None:
        self._rate = rate
        self._free_at = 0.0

    @property
    def block(self) -> int:
        return BLOCK if self._rate is None else min(_SLOW_BLOCK, max(1, int(self._rate / 20)))

    async def take(self, count: int) -> None:
        """Wait until `count` bytes are through."""
        if self._rate is None:
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + count / self._rate
        await asyncio.sleep(self._free_at - now)


async def request_body(line: Line, head: Head, pace: Pace) -> AsyncIterator[bytes]:
    """Give a request's body as it comes, framing included. Raises Gone."""
    if head.headers.get("transfer-encoding", "").lower() == "chunked":
        async for block in _chunked(line, pace):
            yield block
    else:
        async for block in _counted(line, int(head.headers.get("content-length", 0)), pace):
            yield block


async def answer_body(line: Line, method: str, head: Head, pace: Pace) -> AsyncIterator[bytes]:
    """Give an answer's body as it comes, framing included. Raises Gone."""
    if method == "HEAD" or head.status in (204, 304) or head.status < 200:
        return
    if head.headers.get("transfer-encoding", "").lower() == "chunked":
        blocks = _chunked(line, pace)
    elif "content-length" in head.headers:
        blocks = _counted(line, int(head.headers["content-length"]), pace)
    else:
        blocks = _to_the_end(line, pace)
    async for block in blocks:
        yield block


async def _counted(line: Line, left: int, pace: Pace) -> AsyncIterator[bytes]:
    while left:
        block = await _read(line, min(left, pace.block))
        if not block:
            raise Gone
        left -= len(block)
        await pace.take(len(block))
        yield block


async def _chunked(line: Line, pace: Pace) -> AsyncIterator[bytes]:
    try:
        while True:
            size = await line.reader.readuntil(b"\r\n")
            yield size
            count = int(size.split(b";")[0], 16)
            if not count:
                break
            async for block in _counted(line, count + 2, pace):
                yield block
        trailer = b""
        while trailer != b"\r\n":
            trailer = await line.reader.readuntil(b"\r\n")
            yield trailer
    except asyncio.IncompleteReadError as error:
        raise Gone from error


async def _to_the_end(line: Line, pace: Pace) -> AsyncIterator[bytes]:
    while block := await _read(line, pace.block):
        await pace.take(len(block))
        yield block


async def _read(line: Line, most: int) -> bytes:
    try:
        return await line.reader.read(most)
    except OSError as error:
        raise Gone from error
