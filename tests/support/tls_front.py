"""TLS in front of a server that speaks none, by an authority that nobody knows yet."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import trustme

BLOCK = 1 << 16


@contextmanager
def tls_front(target: str, authority: Path) -> Iterator[str]:
    """Give an https:// address on 127.0.0.1 that leads to `target`; write whom to trust (PEM)."""
    issuer, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.cert_pem.write_to_path(str(authority))
    issuer.issue_cert("127.0.0.1").configure_cert(context)
    parts = urlsplit(target)
    loop = asyncio.new_event_loop()
    # What begins and breaks off (an untrusted certificate) is no news.
    loop.set_exception_handler(lambda *_: None)

    async def serve(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection(parts.hostname, parts.port)
        await asyncio.gather(_pass(near, forth), _pass(far, back))

    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0, ssl=context))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        _finish(loop)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, ssl.SSLError):
        while block := await reader.read(BLOCK):
            writer.write(block)
            await writer.drain()
    # Its end ends the other way too: either side closes when it is done.
    writer.close()


def _finish(loop: asyncio.AbstractEventLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left))
    loop.close()
