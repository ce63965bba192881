"""A part whose connection breaks in its middle, as a laptop's does that is closed."""

from __future__ import annotations

import contextlib
import http.client
import ssl
from urllib.parse import urlsplit

from uploader.server.conformance.shop import BYTES, VERSION, Shop


def send_half(shop: Shop, place: str, offset: int, part: bytes) -> int:
    """Announce all of `part`, send half of it, hang up; give how many bytes were sent."""
    parts = urlsplit(place)
    half = part[: len(part) // 2]
    headers = {
        **VERSION,
        **BYTES,
        "Upload-Offset": str(offset),
        "Content-Length": str(len(part)),
        "Authorization": f"Bearer {shop.token}",
    }
    connection = _connection(shop, parts.scheme, parts.netloc)
    # A server may hang up first.
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("PATCH", parts.path, body=half, headers=headers)
    return len(half)


def _connection(shop: Shop, scheme: str, place: str) -> http.client.HTTPConnection:
    if scheme != "https":
        return http.client.HTTPConnection(place, timeout=30)
    bundle = shop.verify if isinstance(shop.verify, str) else None
    return http.client.HTTPSConnection(
        place, timeout=30, context=ssl.create_default_context(cafile=bundle)
    )
