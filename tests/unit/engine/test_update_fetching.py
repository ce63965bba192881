"""The way to the manifest: what is sent, how much is read, where it may lead."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest
import trustme
from manifest_server import serving
from signing import signed

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.preferences import Network, ProxyUse
from uploader.domain.updates import StrangeAnswerError, UnaskedError
from uploader.engine.updates.address import usable
from uploader.engine.updates.fetching import Fetcher

DIRECT = Network(ProxyUse.NONE)


@pytest.fixture
def server():
    with serving() as made:
        yield made


@pytest.fixture
def secure(tmp_path):
    """Two of them over TLS, and what makes them trusted."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with serving(context) as one, serving(context) as other:
        yield one, other, str(bundle)


def fetch(url, **options):
    return Fetcher(network=DIRECT, **options).fetch(url, CancelToken())


def test_it_is_fetched_as_it_is(server):
    server.answers["/m"] = (200, {}, signed())
    assert fetch(f"{server.url}/m") == signed()


def test_nothing_is_said_about_who_asks(server, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ines password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.answers["/m"] = (200, {"Set-Cookie": "who=ines"}, signed())
    fetch(f"{server.url}/m")
    fetch(f"{server.url}/m")
    for path, headers in server.asked:
        assert path == "/m"
        assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection",
                                "Cache-Control"}  # fmt: skip
        assert headers["User-Agent"] == "StoreUploader"


def test_an_endless_answer_is_not_read_to_its_end(server):
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while len(sent) < 10_000:
                handler.wfile.write(b"x" * 65_536)
                sent.append(1)
        except OSError:
            pass

    server.answers["/m"] = endless
    with pytest.raises(StrangeAnswerError):
        fetch(f"{server.url}/m")
    assert len(sent) < 10_000


def test_what_unpacks_to_more_is_not_unpacked_to_its_end(server):
    import gzip

    bomb = gzip.compress(bytes(50_000_000))
    server.answers["/m"] = (200, {"Content-Encoding": "gzip"}, bomb)
    with pytest.raises(StrangeAnswerError):
        fetch(f"{server.url}/m")


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 429, 500, 503])
def test_an_error_is_no_answer(server, status):
    server.answers["/m"] = (status, {}, b"")
    with pytest.raises(UnaskedError, match="answered with an error"):
        fetch(f"{server.url}/m")


@pytest.mark.parametrize(
    "there",
    ["/n", "http://127.0.0.1/n", "http://store-uploader.example/", "file:///etc/passwd", "", "//x",
     "ftp://x/", "https://", "https://[x/"],
)  # fmt: skip
def test_it_goes_on_over_secure_ways_alone(server, there):
    server.answers["/m"] = (302, {"Location": there}, b"")
    server.answers["/n"] = (200, {}, signed())
    with pytest.raises(UnaskedError, match="isn’t secure"):
        fetch(f"{server.url}/m")
    assert [path for path, _ in server.asked] == ["/m"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_secure_way_is_gone_on(secure, status):
    one, other, bundle = secure
    one.answers["/m"] = (status, {"Location": f"{other.url}/n", "Set-Cookie": "who=ines"}, b"")
    other.answers["/n"] = (200, {}, signed())
    assert fetch(f"{one.url}/m", verify=bundle) == signed()
    [(_, headers)] = other.asked
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_a_secure_way_that_leads_to_an_open_one_is_not(secure, server):
    one, _, bundle = secure
    one.answers["/m"] = (302, {"Location": f"{server.url}/n"}, b"")
    with pytest.raises(UnaskedError, match="isn’t secure"):
        fetch(f"{one.url}/m", verify=bundle)
    assert server.asked == []


def test_going_round_in_circles_ends(secure):
    one, _, bundle = secure
    one.answers["/m"] = (302, {"Location": "/m"}, b"")
    with pytest.raises(UnaskedError, match="again and again"):
        fetch(f"{one.url}/m", verify=bundle)
    assert len(one.asked) == 5


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    one, _, _ = secure
    one.answers["/m"] = (200, {}, signed())
    with pytest.raises(UnaskedError, match="can’t prove who it is"):
        fetch(f"{one.url}/m")
    assert one.asked == []


def test_offline_is_said():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UnaskedError, match="can’t be reached"):
        fetch(f"http://127.0.0.1:{port}/m")


@pytest.fixture
def silent():
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield f"http://127.0.0.1:{made.getsockname()[1]}/m"


def test_whoever_never_answers_is_given_up(silent):
    with pytest.raises(UnaskedError, match=r"takes too long|can’t be reached"):
        fetch(silent, seconds=0.2)


def test_an_answer_that_drips_is_given_up(server):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x")
                handler.wfile.flush()
                over.wait(0.02)
        except OSError:
            over.set()

    over = threading.Event()
    server.answers["/m"] = drip
    with pytest.raises(UnaskedError, match="takes too long"):
        fetch(f"{server.url}/m", seconds=0.3)


def test_the_end_of_the_program_cuts_it(silent):
    token, met = CancelToken(), []

    def run():
        try:
            Fetcher(network=DIRECT).fetch(silent, token)
        except CancelledError as error:
            met.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    token.cancel()
    thread.join(10)
    assert not thread.is_alive()
    assert met


@pytest.mark.parametrize("address", [
    "https://store-uploader.example/m", " https://x.example:8443/m ", "http://127.0.0.1:8000/m",
    "http://localhost/m", "http://[::1]:80/m",
])  # fmt: skip
def test_addresses_that_can_be_asked(address):
    assert usable(address) == address.strip()


@pytest.mark.parametrize("address", [
    "", "store-uploader.example", "http://store-uploader.example/m", "ftp://x/", "https:///m",
    "https://ines:secret@x/", "https://x\n.example/", "http://127.0.0.1.example/m", "https://x:99999/",
    "HTTP://10.0.0.1/",
])  # fmt: skip
def test_addresses_that_cannot(address):
    with pytest.raises(ValueError, match=r".*"):
        usable(address)


@pytest.mark.parametrize("address", ["http://192.0.2.1/m", "ftp://127.0.0.1/m", "nonsense", ""])
def test_others_are_never_asked(address):
    with pytest.raises(UnaskedError, match="can’t be used"):
        fetch(address)
