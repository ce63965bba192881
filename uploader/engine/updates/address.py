"""Which addresses a manifest may be asked for at, and may name."""

from __future__ import annotations

from urllib.parse import urlsplit

from uploader.stores.address import is_loopback

LONGEST = 500
"""Characters."""


def usable(text: str) -> str:
    """Give an address without the space around it. Raises ValueError.

    https alone, as who looks for updates is nobody else's business; http on this very machine.
    """
    address = text.strip()
    parts = urlsplit(address)
    # Asked for in here, as it raises for a port that isn't one.
    host, _port = parts.hostname or "", parts.port
    open_way = parts.scheme == "http" and is_loopback(host)
    if not host or not (parts.scheme == "https" or open_way):
        raise ValueError("neither https nor here")
    if "@" in parts.netloc or len(address) > LONGEST or not _plain(address):
        raise ValueError("no plain address")
    return address


def _plain(address: str) -> bool:
    return address.isascii() and address.isprintable() and not set(address) & set(' <>"\\')
