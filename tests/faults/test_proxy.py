"""The proxy does what it says: raw sockets and requests against a tiny server."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests
import trustme
from proxy import (
    Answer,
    BreakTls,
    CutDown,
    CutUp,
    Delay,
    DropAnswer,
    Gibberish,
    Limit,
    Portal,
    Proxy,
    Refuse,
    Script,
    Stall,
    StallAnswer,
)

BODY = b"0123456789" * 10_000
LOST = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


class Upstream(http.server.ThreadingHTTPServer):
    """Answers with what it was asked; remembers what arrived whole, and what didn't."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.whole: list[tuple[str, str, bytes]] = []
        self.broken: list[int] = []
        self.hosts: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        self.server.hosts.append(self.headers["Host"])
        if len(body) < length:
            self.server.broken.append(len(body))
            self.close_connection = True
            return
        self.server.whole.append((self.command, self.path, body))
        self.send_response(201)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\nTrailer: 1\r\n\r\n")
            return
        answer = b"" if self.command == "HEAD" else (body or BODY)
        self.send_header("Location", f"http://{self.headers['Host']}/there")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PATCH = do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def way(upstream: Upstream) -> Iterator[Proxy]:
    with Proxy(upstream.url) as proxy:
        yield proxy


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as one:
        one.trust_env = False
        yield one


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_what_is_not_hit_passes_unharmed_on_kept_connections(way, upstream, session):
    for n in range(20):
        answer = session.post(f"{way.url}/a?n={n}", data=BODY)
        assert (answer.status_code, answer.content) == (201, BODY)
        assert answer.headers["Location"] == f"{way.url}/there", "addresses point back here"
    assert session.get(f"{way.url}/chunked").content == b"helloyou"
    assert session.head(f"{way.url}/b").content == b""
    assert len(upstream.whole) == 22
    assert way.connections == 1
    until(lambda: ("POST", "/a?n=0", "", 201) in way.seen)
    assert not way.inflicted


def test_many_at_once(way, upstream):
    def ask() -> None:
        with requests.Session() as session:
            for _ in range(20):
                assert session.post(way.url, data=BODY * 5).content == BODY * 5

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(upstream.whole) == 160
    until(lambda: len(way.seen) == 160)
    assert way.connections == 8


@pytest.mark.parametrize("fault", [Refuse(), Stall(0.05), Gibberish()], ids=lambda f: f.name)
def test_what_never_reaches_the_server(way, upstream, session, fault):
    way.faults = Script().on("POST", "/hit", fault)
    with pytest.raises(LOST):
        session.post(f"{way.url}/hit", data=BODY)
    assert session.post(f"{way.url}/hit", data=b"second").status_code == 201
    assert [body for _, _, body in upstream.whole] == [b"second"]
    assert not upstream.broken
    assert way.counts == {fault.name: 1}
    until(lambda: ("POST", "/hit", fault.name, 0) in way.seen)


@pytest.mark.parametrize("fault", [DropAnswer(), StallAnswer(0.05)], ids=lambda f: f.name)
def test_the_request_arrives_and_its_answer_is_lost(way, upstream, session, fault):
    way.faults = Script().on("*", "", fault)
    with pytest.raises(LOST):
        session.post(way.url, data=BODY)
    assert upstream.whole == [("POST", "/", BODY)]
    until(lambda: way.seen == [("POST", "/", fault.name, 201)])


@pytest.mark.parametrize("after", [0, 1, 50_000, len(BODY)])
def test_a_cut_on_the_way_up(way, upstream, session, after):
    way.faults = Script().on("*", "", CutUp(after))
    with pytest.raises(LOST):
        session.post(way.url, data=BODY)
    if after < len(BODY):
        until(lambda: upstream.broken)
        assert upstream.broken == [after], "so many bytes arrived"
    else:
        until(lambda: upstream.whole)
    assert way.counts == {"CutUp": 1}


def test_a_body_too_short_to_be_cut_passes(way, session):
    way.faults = Script().on("*", "", CutUp(len(BODY) + 1))
    assert session.post(way.url, data=BODY).status_code == 201
    until(lambda: way.seen == [("POST", "/", "", 201)])
    assert not way.counts


@pytest.mark.parametrize("after", [0, 10, 1000])
def test_a_cut_on_the_way_down(way, upstream, after):
    way.faults = Script().on("*", "", CutDown(after))
    with closing(_raw(way)) as sock:
        sock.sendall(b"GET /down HTTP/1.1\r\nHost: x\r\n\r\n")
        assert len(_all_of(sock)) == after
    assert upstream.whole, "the request was passed on"
    assert upstream.hosts == ["x"]
    assert way.counts == {"CutDown": 1}


def test_a_client_that_leaves_is_not_waited_for(way, upstream):
    way.faults = Script().on("GET", "", Stall(), times=None).on("POST", "", StallAnswer())
    for method in (b"GET", b"POST"):
        with closing(_raw(way)) as sock:
            sock.sendall(method + b" / HTTP/1.1\r\nHost: x\r\n\r\n")
            until(lambda: way.inflicted)
        until(lambda: way.seen)
        assert way.seen.pop().fault
        way.counts.clear()
    assert len(upstream.whole) == 1


def test_a_fault_that_nobody_waited_for_hits_the_next(way, upstream):
    way.faults = Script().on("*", "", CutUp(len(BODY)))
    with closing(_raw(way)) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n0123")
    until(lambda: way.seen)
    assert way.seen.pop().fault == ""
    with closing(_raw(way)) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + BODY)
        with pytest.raises(ConnectionResetError):
            _all_of(sock)
    until(lambda: way.counts == {"CutUp": 1})


def test_delay_and_limit_take_their_time_and_harm_nothing(way, session):
    begun = time.monotonic()
    way.faults = Script().on("*", "", Delay(0.1))
    assert session.post(way.url, data=BODY).content == BODY
    delayed = time.monotonic()
    way.faults = Script().on("*", "", Limit(len(BODY) * 10))
    assert session.post(way.url, data=BODY).content == BODY
    # Never sooner than it says; how much later is the machine's affair.
    assert delayed - begun >= 0.1
    assert time.monotonic() - delayed >= 0.15
    assert way.counts == {"Delay": 1, "Limit": 1}


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Answer(503, retry_after=7), "application/problem+json"),
        (Answer(429), "application/problem+json"),
        (Answer(507, html=True), "text/html"),
        (Portal(), "text/html; charset=utf-8"),
    ],
)
def test_answers_in_the_servers_place(way, upstream, session, fault, kind):
    way.faults = Script().on("*", "", fault, times=3)
    for _ in range(2):
        answer = session.post(way.url, data=BODY)
        assert answer.status_code == (200 if isinstance(fault, Portal) else fault.status)
        assert answer.headers["Content-Type"] == kind
        asked = answer.headers.get("Retry-After")
        assert asked == ("7" if fault == Answer(503, retry_after=7) else None)
    assert session.head(way.url).content == b""
    assert way.connections == 1, "the connection stays usable"
    assert not upstream.whole
    assert session.post(way.url, data=BODY).status_code == 201


def test_away_and_back_on_the_same_port(way, upstream, session):
    way.faults = Script().on("*", "/held", Stall())
    assert session.get(f"{way.url}/a").status_code == 201
    with closing(_raw(way)) as held:
        held.sendall(b"GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: way.counts["Stall"])
        way.away = True
        with pytest.raises(ConnectionResetError):
            held.recv(1)
    with pytest.raises(ConnectionRefusedError):
        _raw(way)
    with pytest.raises(LOST):
        session.get(way.url)
    way.away = False
    assert session.get(way.url).status_code == 201


def test_a_server_that_ends_is_felt_and_another_can_take_its_place(way, upstream, session):
    session.get(way.url)
    second = Upstream()
    with closing(socket.create_server(("127.0.0.1", 0))) as nobody:
        gone = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    way.upstream = gone
    with requests.Session() as fresh, pytest.raises(LOST):
        fresh.get(way.url)
    thread = threading.Thread(target=second.serve_forever, args=(0.01,))
    thread.start()
    way.upstream = second.url
    with requests.Session() as fresh:
        assert fresh.get(way.url).status_code == 201
    assert len(second.whole) == 1
    second.shutdown()
    thread.join()
    second.server_close()


def test_a_script_counts_what_matches(way, session):
    way.faults = (
        Script()
        .on("GET", r"^/images\?", Answer(500), nth=2, times=2)
        .on("*", "/images", Answer(502), nth=4)
    )
    said = [session.get(f"{way.url}/images?n={n}").status_code for n in range(5)]
    assert said == [201, 500, 500, 502, 201]
    until(lambda: [seen.status for seen in way.seen] == said)
    way.faults.on("*", "", Refuse(), times=None)
    for _ in range(2):
        with pytest.raises(LOST):
            session.get(way.url)
    way.faults.clear()
    assert session.get(way.url).status_code == 201


def test_a_fault_function_that_raises_is_not_overlooked(upstream):
    def broken(request):
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        Proxy(upstream.url, broken) as way,
        pytest.raises(LOST),
    ):
        requests.get(way.url, timeout=20)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context, str(path)


@pytest.mark.parametrize("method", ["CONNECT", "POST"], ids=["handshake", "record"])
def test_tls_and_how_it_breaks(upstream, session, tls, method):
    context, session.verify = tls
    with Proxy(upstream.url, Script().on(method, "", BreakTls()), tls=context) as way:
        assert way.url.startswith("https://")
        with pytest.raises(requests.exceptions.SSLError):
            session.post(way.url, data=BODY)
        assert not upstream.whole
        assert way.counts == {"BreakTls": 1}
        assert session.post(way.url, data=BODY).content == BODY
        way.away = True
        with pytest.raises(LOST):
            session.get(way.url)


def _raw(way: Proxy) -> socket.socket:
    parts = urlsplit(way.url)
    return socket.create_connection((parts.hostname, parts.port), 20)


def _all_of(sock: socket.socket) -> bytes:
    said = b""
    while block := sock.recv(65536):
        said += block
    return said
