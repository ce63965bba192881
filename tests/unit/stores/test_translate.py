from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
import threading

import pytest
import trustme

from uploader.domain.errors import AmbiguousError, OfflineError, UntrustedError
from uploader.stores.transport import Transport


@pytest.fixture
def secure():
    """Start TLS servers that shake hands and hang up; `start(certificate)` gives the address."""
    stop = threading.Event()
    running = []

    def start(certificate: trustme.LeafCert) -> str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.05)

        def serve() -> None:
            while not stop.is_set():
                with contextlib.suppress(OSError):
                    sock, _ = listener.accept()
                    with sock:
                        sock.settimeout(10)
                        with context.wrap_socket(sock, server_side=True) as tls:
                            tls.recv(1)
            listener.close()

        thread = threading.Thread(target=serve)
        thread.start()
        running.append(thread)
        return f"https://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    stop.set()
    for thread in running:
        thread.join(20)


def untrusted(url, verify):
    transport = Transport(verify=verify, connect_timeout=5, read_timeout=5)
    with pytest.raises(UntrustedError) as caught:
        transport.request("GET", url)
    transport.close()
    assert "Nothing was sent" in caught.value.detail
    return caught.value.detail


def test_unknown_authority(secure, authority):
    certificate = authority[0].issue_cert("127.0.0.1")
    assert "Nobody this computer trusts" in untrusted(secure(certificate), True)


def test_certificate_of_another_host(secure, authority):
    certificate = authority[0].issue_cert("other.example")
    assert "another address" in untrusted(secure(certificate), authority[1])


def test_expired_certificate(secure, authority):
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    certificate = authority[0].issue_cert("127.0.0.1", not_after=past)
    assert "expired" in untrusted(secure(certificate), authority[1])


def test_self_signed_certificate(secure):
    # A CA's own certificate is signed by itself.
    certificate = trustme.CA(organization_name="self")
    leaf = trustme.LeafCert(certificate.private_key_pem.bytes(), certificate.cert_pem.bytes(), [])
    assert "made itself" in untrusted(secure(leaf), True)


def test_an_address_without_tls(script):
    transport = Transport(connect_timeout=5, read_timeout=5)
    script.speak_first = b"220 something old\r\n"
    with pytest.raises(UntrustedError, match=r"nothing was sent"):
        transport.request("GET", script.url.replace("http:", "https:"))
    transport.close()


@pytest.fixture
def transport():
    made = Transport(connect_timeout=5, read_timeout=0.3)
    yield made
    made.close()


def test_nobody_listens(transport):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(OfflineError, match=r"Nothing answers at 127\.0\.0\.1"):
        transport.request("GET", url)


def test_unknown_name(transport, monkeypatch):
    def getaddrinfo(*args):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(OfflineError, match=r"shop\.invalid can’t be found"):
        transport.request("GET", "https://shop.invalid/")


def test_no_network(transport, monkeypatch):
    def getaddrinfo(*args):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]

    def connect(*args):
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr("uploader.stores.line.Line._await_connected", connect)
    with pytest.raises(OfflineError, match="can’t be reached"):
        transport.request("GET", "http://shop.invalid/")


def test_no_answer_in_time(transport, script):
    script.answer = lambda asked: "stall"
    with pytest.raises(OfflineError, match="too long") as caught:
        transport.request("GET", script.url)
    assert not isinstance(caught.value, AmbiguousError)


def test_dead_proxy(transport, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(OfflineError, match="proxy"):
        transport.request("GET", "https://shop.invalid/")


def test_plain_answer_is_cut_off(transport, script, says):
    script.answer = lambda asked: says(
        200, raw=b"part", headers={"Content-Length": "1000"}, then="close"
    )
    with pytest.raises(OfflineError, match="broke"):
        transport.request("POST", script.url)
