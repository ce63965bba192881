from __future__ import annotations

import socket
import threading
import tracemalloc
from io import RawIOBase

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import AmbiguousError, CancelledError, OfflineError, SourceError
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


def test_requests_at_a_time_have_a_connection_each(transport, script, says, finishes):
    together = threading.Barrier(2)

    def answer(asked):
        together.wait(20)
        return says(200, {})

    script.answer = answer

    def three():
        for _ in range(3):
            transport.request("GET", script.url)

    for wait in [finishes(three), finishes(three)]:
        wait()
    assert script.connections == 2


def test_a_connection_serves_whichever_thread_comes_next(transport, script, says, finishes):
    script.answer = lambda asked: says(200, {})
    for _ in range(3):
        finishes(lambda: transport.request("GET", script.url))()
    assert script.connections == 1


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


def test_no_answer_to_a_completing_body_is_ambiguous(transport, script):
    script.answer = lambda asked: "drop"
    with pytest.raises(AmbiguousError):
        transport.request("POST", script.url, data=body(10_000), completing=True)
    with pytest.raises(OfflineError):
        transport.request("POST", script.url, data=body(10_000), completing=False)


def test_a_completing_body_that_is_cut_before_its_end_certainly_did_not_arrive(transport, script):
    script.read_at_most, script.cut = 100_000, True
    with pytest.raises(OfflineError):
        transport.request("POST", script.url, data=body(100_000_000), completing=True)
    assert script.asked == []


def test_a_source_that_fails_is_told_as_it_is(transport, script):
    class Changed(RawIOBase):
        def read(self, size=-1):
            raise SourceError("It changed.")

    with pytest.raises(SourceError, match="It changed"):
        transport.request("POST", script.url, data=Body(Changed(), 0, 10, lambda sent: None))
    assert script.asked == []


def test_a_kept_connection_that_died_is_replaced_unnoticed(transport, script, says):
    # The first answer leaves the connection open; the next request on it gets none.
    script.answer = lambda asked: "drop" if len(script.asked) == 2 else says(200, {"ok": 1})
    transport.request("GET", script.url)
    assert transport.request("GET", script.url).fields == {"ok": 1}
    assert script.connections == 2
    assert len(script.asked) == 3


def test_a_request_that_acts_is_never_repeated_by_itself(transport, script, says):
    script.answer = lambda asked: "drop" if len(script.asked) == 2 else says(200, {})
    transport.request("GET", script.url)
    with pytest.raises(OfflineError):
        transport.request("POST", script.url, data={"a": 1})
    assert len(script.asked) == 2


def test_a_replaced_connection_that_dies_too_is_offline(transport, script, says):
    script.answer = lambda asked: says(200, {}) if len(script.asked) == 1 else "drop"
    transport.request("GET", script.url)
    with pytest.raises(OfflineError):
        transport.request("GET", script.url)
    assert len(script.asked) == 3


def test_an_answer_without_end_is_given_up(transport, script, says):
    script.answer = lambda asked: says(200, raw=b"x" * 100_000)
    with pytest.raises(OfflineError, match="Something else answers"):
        transport.request("GET", script.url, limit=50_000)


def test_half_a_head_is_no_answer(transport):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            near, _ = server.accept()
            with near:
                near.recv(65536)
                # What was to come: "81" and an empty line.
                near.sendall(b"HTTP/1.1 204 No Content\r\nStore-Image: 8")

        thread = threading.Thread(target=answer)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(AmbiguousError):
            transport.request("PATCH", url, data=body(10), completing=True)
        thread.join()


def test_redirects_and_cookies_are_left_alone(transport, script, says):
    script.answer = lambda asked: says(302, headers={"Location": "/x", "Set-Cookie": "a=b"})
    assert transport.request("GET", script.url).status == 302
    transport.request("GET", script.url)
    assert len(script.asked) == 2
    assert "cookie" not in script.asked[1].headers


def test_a_netrc_file_replaces_no_sign_in(transport, script, says, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password openly\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    script.answer = lambda asked: says(200, {})
    transport.request("GET", script.url, headers={"Authorization": "Bearer ours"})
    transport.request("GET", script.url)
    assert script.asked[0].headers["authorization"] == "Bearer ours"
    assert "authorization" not in script.asked[1].headers


@pytest.mark.parametrize("raw", [b"", b"[1]", b"<html>", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json_object_has_no_fields(transport, script, says, raw):
    script.answer = lambda asked: says(200, raw=raw)
    answer = transport.request("GET", script.url)
    assert answer.fields == {}
    assert answer.kind == "text/html"
