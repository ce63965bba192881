"""A network between a program and a loopback server, in a process of its own.

    python benchmarks/_link.py HOST:PORT [--round-trip 0.08] [--rate 20e6]

`--round-trip` in seconds, half of it each way; a new connection costs one before its first byte
is under way. `--rate` in bits a second upwards, of all connections together; 0 is no limit.
Prints where it listens, and once standard input closes what it has seen, each as one JSON line.

What is sent waits at the narrow place in a short queue. Behind it the sender is held up, as by
a router: bytes that a sender got rid of are on their way, not piled up here.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SLICE = 16 * 1024
WINDOW = 4 * 1024 * 1024
"""Bytes that one connection has under way at most, as TCP's own window."""
QUEUE = 0.05
"""Seconds of traffic that the narrow place lets wait."""


class Narrow:
    """The place that passes so many bits a second, one byte after the other. 0: all at once."""

    def __init__(self, rate: float) -> None:
        self._seconds = 8 / rate if rate else 0.0
        self._free = 0.0

    async def through(self, count: int) -> float:
        """Wait for room in the queue; tell when `count` bytes are through."""
        while (ahead := self._free - QUEUE - time.monotonic()) > 0:
            await asyncio.sleep(ahead)
        self._free = max(self._free, time.monotonic()) + count * self._seconds
        return self._free


class Requests:
    """Reads along what goes up one connection, and counts requests by method and path."""

    def __init__(self, seen: Counter[str]) -> None:
        self._seen = seen
        self._head = b""
        self._body = 0

    def read(self, block: bytes) -> None:
        while block:
            passed = min(self._body, len(block))
            self._body -= passed
            self._head += block[passed:]
            block = b""
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if end:
                self._head, block = b"", rest
                self._note(head.decode("latin-1"))

    def _note(self, head: str) -> None:
        method, path = head.split(" ", 2)[:2]
        length = re.search(r"(?im)^content-length:\s*(\d+)", head)
        self._body = int(length[1]) if length else 0
        self._seen[f"{method} {re.sub(r'[?].*|/[0-9a-f-]{6,}.*', '', path)}"] += 1


@dataclass
class Link:
    """All connections to one server."""

    host: str
    port: int
    one_way: float
    narrow: Narrow
    requests: Counter[str] = field(default_factory=Counter)
    uploads: list[int] = field(default_factory=list)
    up: int = 0

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sent: Counter[str] = Counter()
        try:
            await asyncio.sleep(2 * self.one_way)
            far_reader, far_writer = await asyncio.open_connection(
                self.host, self.port, limit=SLICE
            )
            try:
                await asyncio.gather(
                    self._carry(reader, far_writer, self.narrow, Requests(sent)),
                    self._carry(far_reader, writer, Narrow(0), None),
                )
            finally:
                far_writer.close()
        except (OSError, asyncio.CancelledError):
            pass  # one side has gone, or all of it ends
        finally:
            writer.close()
            self.requests += sent
            self.uploads.append(sum(n for name, n in sent.items() if "/uploads" in name))

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        narrow: Narrow,
        requests: Requests | None,
    ) -> None:
        """Pass on what is read, `one_way` seconds after it left the narrow place."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(WINDOW // SLICE)
        delivery = asyncio.create_task(self._deliver(under_way, writer))
        try:
            block = b"-"
            while block:
                try:
                    block = await reader.read(SLICE)
                except OSError:
                    block = b""
                if requests:
                    self.up += len(block)
                    requests.read(block)
                gone = await narrow.through(len(block))
                await under_way.put((gone + self.one_way, block))
            await delivery
        finally:
            delivery.cancel()

    async def _deliver(
        self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        block = b"-"
        # Whoever doesn't listen any more takes no bytes; those behind are dropped.
        with contextlib.suppress(OSError):
            while block:
                due, block = await under_way.get()
                if (wait := due - time.monotonic()) > 0:
                    await asyncio.sleep(wait)
                if block:
                    writer.write(block)
                    await writer.drain()
            writer.write_eof()
        while block:
            _, block = await under_way.get()

    @property
    def seen(self) -> dict[str, Any]:
        return {
            "connections": len(self.uploads),
            "upload_connections": sum(1 for count in self.uploads if count),
            "bytes_up": self.up,
            "requests": dict(self.requests),
        }


async def run(link: Link) -> None:
    listening = socket.socket()
    # Small: what the system takes in before we read it isn't on any link.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2 * SLICE)
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(link.accept, sock=listening, limit=SLICE)
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()
    connections = asyncio.all_tasks() - {asyncio.current_task()}
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)
    print(json.dumps(link.seen), flush=True)


@dataclass
class Opened:
    """A running link: where it listens, and after its end what it has seen."""

    url: str
    seen: dict[str, Any] = field(default_factory=dict)


@contextlib.contextmanager
def linked(url: str, *, round_trip: float, rate: float = 0.0) -> Iterator[Opened]:
    """Run a link to the server at `url` (``http://host:port``); seconds, bits a second."""
    command = [
        sys.executable, __file__, url.removeprefix("http://"),
        "--round-trip", str(round_trip), "--rate", str(rate),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    opened = Opened(json.loads(process.stdout.readline())["url"])
    try:
        yield opened
    finally:
        opened.seen = json.loads(process.communicate("", timeout=20)[0])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--round-trip", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=0.0)
    options = parser.parse_args()
    host, _, port = options.server.partition(":")
    asyncio.run(run(Link(host, int(port), options.round_trip / 2, Narrow(options.rate))))


if __name__ == "__main__":
    main()
