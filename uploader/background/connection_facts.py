"""How the app stands with its store, for diagnostics: without saying which store it is."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from uploader.background.values import Connection

Facts = tuple[str, list[tuple[str, str]]]
"""A heading, and names with values."""


def facts_of(connection: Connection) -> Facts:
    """Tell the connection's state. `title` is ours, and is told; `detail` names hosts."""
    told = [("state", connection.link.value)]
    if connection.since:
        told.append(("since", f"{max(0, time.time() - connection.since):.0f} s"))
    if connection.title:
        # A store's own name may be in it.
        told.append(("reason", connection.title.replace(connection.store_name or "\0", "…")))
    return "Connection", told


def private_of(connection: Connection) -> set[str]:
    """Give what must not be told of it."""
    try:
        host = urlsplit(connection.address).hostname or ""
    except ValueError:
        host = ""
    return {connection.store_name, connection.email, connection.address, host}
