"""Which connections give way: what takes too long, and in a crowd who holds the most."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from uploader.server import crowding
from uploader.server.crowding import GRACE, HEAD, IDLE, PACE, tidy

PLACES = 100


def connection(age, *, address="203.0.113.1", head=None, body=0, busy=False, unsent=0):
    """Make one. `head`: whether its request's head is all here; None: no request."""
    request = head if head is None else SimpleNamespace(
        headers_finished=head, body_bytes_received=body
    )  # fmt: skip
    return SimpleNamespace(
        since=time.monotonic() - age, addr=(address, 4711), request=request,
        requests=["answered now"] if busy else [], total_outbufs_len=unsent, will_close=False,
    )  # fmt: skip


LATER = 5.0
"""Seconds off the limit: more than any machine takes for a test."""


@pytest.mark.parametrize(
    ("made", "closed"),
    [
        (lambda: connection(IDLE - LATER), False),
        (lambda: connection(IDLE + LATER), True),
        (lambda: connection(IDLE + LATER, unsent=1), False),
        (lambda: connection(HEAD - LATER, head=False), False),
        (lambda: connection(HEAD + LATER, head=False), True),
        (lambda: connection(GRACE - LATER, head=True), False),
        (lambda: connection(GRACE + LATER, head=True, body=1), True),
        (lambda: connection(GRACE + 60, head=True, body=PACE * 120), False),
        (lambda: connection(3600, head=True, body=PACE * 3600), False),
        (lambda: connection(3600, head=True, body=PACE * 3000), True),
        (lambda: connection(3600, busy=True), False),
    ],
)
def test_what_takes_too_long_is_let_go(made, closed):
    one = made()  # not before: much later than all tests were collected
    tidy([one], PLACES)
    assert one.will_close is closed


def test_in_a_crowd_who_holds_the_most_gives_way_the_longest_first():
    many = [connection(n / 100, address="198.51.100.1", head=False) for n in range(85)]
    few = [connection(19, head=True, body=10) for _ in range(10)]
    tidy(many + few, PLACES)
    assert not any(one.will_close for one in few)
    gone = [one for one in many if one.will_close]
    assert len(gone) == 20
    assert max(one.since for one in gone) < min(o.since for o in many if not o.will_close)


def test_a_whole_network_of_version_6_is_one_place():
    many = [connection(1, address=f"2001:db8::{n:x}", head=False) for n in range(1, 90)]
    few = [connection(10, head=False) for _ in range(5)]
    tidy(many + few, PLACES)
    assert not any(one.will_close for one in few)


def test_what_is_being_answered_is_left_alone_in_any_crowd():
    busy = [connection(1, busy=True) for _ in range(99)]
    tidy(busy, PLACES)
    assert not any(one.will_close for one in busy)


def test_below_a_crowd_nobody_gives_way():
    some = [connection(1, head=False) for _ in range(89)]
    tidy(some, PLACES)
    assert not any(one.will_close for one in some)


def test_unfinished_bodies_have_a_limit_together(monkeypatch):
    monkeypatch.setattr(crowding, "PENDING", 1_000)
    senders = [connection(10 - n, head=True, body=400) for n in range(4)]
    idle = connection(11)
    tidy([idle, *senders], PLACES)
    assert [one.will_close for one in senders] == [True, True, False, False]
    assert not idle.will_close
