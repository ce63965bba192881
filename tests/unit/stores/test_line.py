from __future__ import annotations

import contextlib
import socket
import threading

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError, OfflineError
from uploader.stores.line import Line
from uploader.stores.transport import Transport


@pytest.fixture
def deaf():
    """A port on loopback whose queue of connections is full: connecting to it hangs."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.fixture
def transport():
    made = Transport(connect_timeout=600, read_timeout=600)
    yield made
    made.close()


def cancelled_during(transport, url, begun, finishes):
    cancel = CancelToken()
    wait = finishes(lambda: transport.request("GET", url, cancel=cancel))
    assert begun.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()


def test_cancel_while_connecting(deaf, transport, finishes, monkeypatch):
    begun = threading.Event()
    awaited = Line._await_connected

    def await_connected(self, *args):
        begun.set()
        awaited(self, *args)

    monkeypatch.setattr(Line, "_await_connected", await_connected)
    cancelled_during(transport, f"http://127.0.0.1:{deaf}/", begun, finishes)


def test_cancel_while_a_name_is_looked_up(transport, finishes, monkeypatch):
    begun, over = threading.Event(), threading.Event()

    def getaddrinfo(*args):
        begun.set()
        over.wait(20)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    try:
        cancelled_during(transport, "http://shop.invalid/", begun, finishes)
    finally:
        over.set()


def test_cancel_while_tls_is_set_up(script, transport, finishes):
    # A server that waits for a line of text answers no TLS hello.
    begun = threading.Event()
    held = Line.hold

    def hold(self, sock):
        held(self, sock)
        begun.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "hold", hold)
        url = script.url.replace("http:", "https:")
        cancelled_during(transport, url, begun, finishes)


def test_gives_up_connecting_in_time(deaf):
    transport = Transport(connect_timeout=0.2)
    with pytest.raises(OfflineError, match="too long"):
        transport.request("GET", f"http://127.0.0.1:{deaf}/")
    transport.close()


def test_tries_every_address_of_a_host(script, monkeypatch):
    port = int(script.url.rpartition(":")[2])
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = closed.getsockname()
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", dead),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: answers)
    line = Line(5, 5)
    with line.exchange(CancelToken()), line.connect("x", 1, []) as sock:
        assert sock.getpeername()[1] == port
        assert line.fresh


def test_a_host_without_addresses(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args: [])
    line = Line(5, 5)
    with line.exchange(CancelToken()), pytest.raises(OSError, match="no address"):
        line.connect("x", 1, [])


def test_a_name_that_cannot_be_one(monkeypatch):
    line = Line(5, 5)
    with line.exchange(CancelToken()), pytest.raises(socket.gaierror):
        line.connect("x" * 64 + ".invalid", 1, [])


def test_a_closed_line_cuts_what_begins_on_it(script):
    line = Line(5, 5)
    line.close()
    ours, theirs = socket.socketpair()
    with ours, theirs, line.exchange(CancelToken()):
        line.hold(ours)
        assert line.is_cut
        assert theirs.recv(1) == b""


def test_a_cancel_that_comes_late_hits_nobody_else():
    late = []

    class Slow(CancelToken):
        """Runs its interrupts only when the test says so."""

        @contextlib.contextmanager
        def interrupting(self, interrupt):
            late.append(interrupt)
            yield

    line = Line(5, 5)
    with line.exchange(Slow()):
        pass
    ours, theirs = socket.socketpair()
    with ours, theirs, line.exchange(Slow()):
        line.hold(ours)
        late[0]()
        assert not line.is_cut
        late[1]()
        assert line.is_cut
        assert theirs.recv(1) == b""
