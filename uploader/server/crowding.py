"""Lets go of connections that are begun and never brought to an end, so that others get in.

waitress reads all requests in one thread and hands over whole ones, so whoever trickles holds
no worker, only one of the places for connections (and what has arrived of a body). Its own
time-out is no help: each byte begins it anew.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection

from uploader.server.access.proxies import place
from uploader.server.connections import Channel

HEAD = 20.0
"""Seconds for a request's head."""
IDLE = 60.0
"""Seconds between two requests of a connection."""
GRACE = 30.0
"""Seconds in which a body may stand still, or be on its way at any pace."""
PACE = 500.0
"""Bytes per second that a body must have on average after that: far below any usable network."""
PENDING = 2_000_000_000
"""Bytes of unfinished bodies that all connections may have together; they are on the disk."""

_CROWDED, _ROOMY = 0.9, 0.75
"""Shares of the places: from the one on, connections have to go, down to the other."""


def tidy(channels: Collection[Channel], places: int) -> None:
    """Close what takes too long; when it gets crowded also what might yet be finished.

    Who holds the most connections gives way first, of those the longest. Requests that are
    being answered are left alone. Call it in the thread that reads.
    """
    now = time.monotonic()
    waiting = [channel for channel in channels if not channel.requests]
    for channel in waiting:
        if _too_slow(channel, now):
            channel.will_close = True
    left = [channel for channel in waiting if not channel.will_close]
    excess = len(channels) - int(places * _ROOMY) if len(channels) >= places * _CROWDED else 0
    too_much = sum(map(_received, left)) - PENDING
    held = Counter(place(channel.addr[0]) for channel in channels)
    for channel in sorted(left, key=lambda one: (-held[place(one.addr[0])], one.since)):
        if excess <= 0 and too_much <= 0:
            break
        if excess > 0 or _received(channel):
            channel.will_close = True
            excess -= 1
            too_much -= _received(channel)


def _too_slow(channel: Channel, now: float) -> bool:
    taken = now - channel.since
    request = channel.request
    if request is None:
        return taken > IDLE and not channel.total_outbufs_len
    if not request.headers_finished:
        return taken > HEAD
    return taken > GRACE and request.body_bytes_received < (taken - GRACE) * PACE


def _received(channel: Channel) -> int:
    return channel.request.body_bytes_received if channel.request else 0
