"""The web server in one process: waitress, on a port of its own choosing if wanted."""

from __future__ import annotations

import signal
import socket
import time
from typing import Any

from django.conf import settings
from waitress.server import create_server
from waitress.wasyncore import loop

from uploader.server.connections import Channel
from uploader.server.crowding import tidy
from uploader.server.lifetime import stopping

_HEADROOM = 1_000_000
"""Bytes above the largest photo that a request may have: the app answers, not waitress."""

_PLACES = 500
"""Connections at once."""


def serve(host: str, port: int) -> None:
    """Answer requests until told to end (SIGTERM, SIGINT), and then those that have begun.

    Prints ``Serving on ADDRESS`` once connections are accepted.
    """
    from uploader.server.wsgi import application  # noqa: PLC0415 - after the data folder is known

    listening = _bound(host, port)
    sockets: dict[int, Any] = {}
    server = create_server(
        application,
        map=sockets,
        sockets=[listening],
        threads=settings.STORE_THREADS,
        ident="",
        max_request_body_size=max(settings.STORE_LIMITS.max_bytes, 8_000_000) + _HEADROOM,
        recv_bytes=65536,
        # Of each request that is on its way this much is in memory, the rest on the disk.
        inbuf_overflow=65536,
        max_request_header_size=65536,
        connection_limit=_PLACES,
        cleanup_interval=1,
        channel_request_lookahead=1,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
    )
    server.channel_class = Channel
    own_maintenance = server.maintenance

    def maintain(now: float) -> None:
        own_maintenance(now)
        tidy(server.active_channels.values(), _PLACES)

    server.maintenance = maintain
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(server))
    shown = f"[{host}]" if ":" in host else host
    print(f"Serving on http://{shown}:{listening.getsockname()[1]}", flush=True)  # noqa: T201
    _run(server, sockets)


def _bound(host: str, port: int) -> socket.socket:
    family: Any = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


def _end(server: Any) -> None:  # noqa: ANN401 - waitress has no types
    stopping.set()
    server.pull_trigger()  # which wakes it up


def _run(server: Any, sockets: dict[int, Any]) -> None:  # noqa: ANN401
    while not stopping.is_set():
        loop(timeout=1, use_poll=True, map=sockets, count=1)
    server.asyncore.dispatcher.close(server)  # nobody else comes in; its threads go on
    until = time.monotonic() + settings.STORE_STOP_SECONDS
    while server.active_channels and time.monotonic() < until:
        for channel in server.active_channels.values():
            if not channel.under_way:
                channel.close_when_flushed = True
        loop(timeout=0.1, use_poll=True, map=sockets, count=1)
    server.task_dispatcher.shutdown(timeout=1)
