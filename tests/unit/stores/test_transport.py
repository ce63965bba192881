from __future__ import annotations

import tracemalloc
from io import RawIOBase

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    AmbiguousError,
    CancelledError,
    OfflineError,
    SourceError,
    UntrustedError,
)
from uploader.stores.body import Body
from uploader.stores.transport import Transport


@pytest.fixture
def transport():
    made = Transport(connect_timeout=5, read_timeout=5)
    yield made
    made.close()


class Zeros(RawIOBase):
    """As many bytes as are asked for, without a file behind them."""

    def read(self, size=-1):
        return bytes(size)


def body(length, report=lambda sent: None):
    return Body(Zeros(), 0, length, report)


def test_connection_is_kept(transport, script, says):
    script.answer = lambda asked: says(200, {"a": 1})
    for _ in range(5):
        assert transport.request("GET", script.url).fields == {"a": 1}
    assert script.connections == 1


def test_each_thread_has_a_connection_of_its_own(transport, script, says, finishes):
    script.answer = lambda asked: says(200, {})

    def three():
        for _ in range(3):
            transport.request("GET", script.url)

    for wait in [finishes(three), finishes(three)]:
        wait()
    assert script.connections == 2


def test_body_declares_its_length_and_reports(transport, script, says):
    script.answer = lambda asked: says(200, {})
    heard = []
    transport.request("POST", script.url, data=body(300_000, heard.append))
    asked = script.asked[0]
    assert asked.headers["content-length"] == "300000"
    assert "transfer-encoding" not in asked.headers
    assert heard == sorted(heard)
    assert heard[-1] == 300_000
    assert len(heard) >= 3


def test_memory_does_not_grow_with_the_file(transport, script, says, finishes):
    script.keep_bodies = False
    script.answer = lambda asked: says(200, {})
    transport.request("GET", script.url)
    tracemalloc.start()
    try:
        transport.request("POST", script.url, data=body(64 * 1024 * 1024))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert script.asked[-1].headers["content-length"] == str(64 * 1024 * 1024)
    assert peak < 4_000_000


def test_cancel_ends_a_transfer_that_nobody_reads(transport, script, finishes):
    script.read_at_most = 100_000
    cancel = CancelToken()
    wait = finishes(
        lambda: transport.request("POST", script.url, data=body(200_000_000), cancel=cancel)
    )
    assert script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()


def test_cancel_ends_waiting_for_an_answer(transport, script, finishes):
    script.answer = lambda asked: "stall"
    cancel = CancelToken()
    wait = finishes(lambda: transport.request("GET", script.url, cancel=cancel, patience=600))
    assert script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()
    assert len(script.asked) == 1


def test_cancel_ends_an_answer_that_never_ends(transport, script, says, finishes):
    script.answer = lambda asked: says(
        200, raw=b"part", headers={"Content-Length": "1000"}, then="stall"
    )
    cancel = CancelToken()
    wait = finishes(lambda: transport.request("GET", script.url, cancel=cancel, patience=600))
    assert script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()


def test_close_ends_what_runs(transport, script, finishes):
    script.answer = lambda asked: "stall"
    wait = finishes(lambda: transport.request("GET", script.url, patience=600))
    assert script.busy.wait(20)
    transport.close()
    with pytest.raises(OfflineError):
        wait()
    with pytest.raises(OfflineError):
        transport.request("GET", script.url)


def test_cancelled_before_it_begins(transport, script):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        transport.request("GET", script.url, cancel=cancel)
    assert not script.connections
