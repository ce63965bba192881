"""The web server in one process: waitress, on a port of its own choosing if wanted."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Any

from django.conf import settings
from waitress.server import create_server

from uploader.server.connections import Channel
from uploader.server.crowding import tidy
from uploader.server.lifetime import stopping

_HEADROOM = 1_000_000
"""Bytes above the largest photo that a request may have: the app answers, not waitress."""

_PLACES = 500
"""Connections at once."""


def serve(host: str, port: int) -> None:
    """Answer requests until told to end (SIGTERM, SIGINT).

    Prints ``Serving on ADDRESS`` once connections are accepted.
    """
    from uploader.server.wsgi import application  # noqa: PLC0415 - after the data folder is known

    listening = _bound(host, port)
    server = create_server(
        application,
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
        signal.signal(number, _end)
    shown = f"[{host}]" if ":" in host else host
    print(f"Serving on http://{shown}:{listening.getsockname()[1]}", flush=True)  # noqa: T201
    server.run()


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


def _end(_number: int, _frame: FrameType | None) -> None:
    stopping.set()
    raise SystemExit(0)
