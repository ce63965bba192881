"""The way to a store: which proxy, and whom to trust."""

from __future__ import annotations

import http.server
import ssl
import threading

import pytest
import trustme

from uploader.domain.errors import StoreError
from uploader.domain.preferences import Network, ProxyUse
from uploader.stores.network import proxies_for, write_bundle
from uploader.stores.transport import Transport

SHOP = "http://shop.example/api"


def test_the_systems_own_is_left_to_requests():
    assert proxies_for(Network(), SHOP) is None


def test_none_and_what_runs_here_go_directly():
    own = Network(ProxyUse.OWN, "http://proxy:3128")
    assert proxies_for(Network(ProxyUse.NONE), SHOP) == {"no_proxy": "*"}
    assert proxies_for(own, "http://127.0.0.1:8000/api") == {"no_proxy": "*"}
    assert proxies_for(own, SHOP) == {"http": "http://proxy:3128", "https": "http://proxy:3128"}


@pytest.fixture
def proxy():
    """A proxy that answers every request itself, and notes what it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_proxy_of_ones_own_is_asked(proxy, monkeypatch):
    address, asked = proxy
    monkeypatch.setenv("no_proxy", "*")
    transport = Transport(network=Network(ProxyUse.OWN, address))
    assert transport.request("GET", SHOP).status == 200
    assert asked == [SHOP]
    transport.close()


def test_none_means_none(proxy, monkeypatch):
    address, asked = proxy
    monkeypatch.setenv("http_proxy", address)
    direct = Transport(network=Network(ProxyUse.NONE), connect_timeout=2)
    with pytest.raises(StoreError):
        direct.request("GET", "http://shop.invalid/")
    direct.close()
    assert asked == []
    system = Transport()
    assert system.request("GET", SHOP).status == 200
    system.close()


def test_a_bundle_trusts_ones_own_beside_everybodys(tmp_path):
    own, target = tmp_path / "own.pem", tmp_path / "bundle.pem"
    trustme.CA().cert_pem.write_to_path(own)
    write_bundle(own, target)
    bundle, everybody = ssl.create_default_context(cafile=target), ssl.create_default_context()
    import certifi

    everybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    everybody.load_verify_locations(certifi.where())
    assert bundle.cert_store_stats()["x509_ca"] == everybody.cert_store_stats()["x509_ca"] + 1


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe", None])
def test_what_is_no_certificate_leaves_the_bundle_alone(tmp_path, content):
    own, target = tmp_path / "own.pem", tmp_path / "bundle.pem"
    target.write_text("as it was")
    if content is not None:
        own.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        write_bundle(own, target)
    assert target.read_text() == "as it was"
