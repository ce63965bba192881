"""What the proofs on bare systems are made of, as far as it can be tried without being root."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import threading
import urllib.error
import urllib.request

import pytest

from installer.proof.linux import leftovers, mirror, packages
from installer.proof.linux.chroot import HOME, Chroot, _undisturbed
from installer.proof.report import ProofError
from installer.proof.way import Way


@pytest.fixture
def server():
    class Hello(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hello) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


def asked(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read()


def test_a_way_is_shut_and_opened_again_at_the_same_address(server):
    with Way() as way:
        way.lead_to(server)
        address = way.address
        assert asked(address) == b"hello"
        way.shut()
        with pytest.raises(urllib.error.URLError):
            asked(address)
        way.open()
        assert (way.address, asked(address)) == (address, b"hello")


@pytest.fixture
def there(tmp_path):
    for folder in ("usr/bin", "etc/skel", "var/lib/dpkg/info", "var/log", HOME.relative_to("/")):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "usr/bin/ls").write_text("ls")
    (tmp_path / "etc/skel/.profile").touch()
    (tmp_path / HOME.relative_to("/") / ".profile").touch()
    return Chroot(tmp_path)


def test_what_a_package_leaves_is_found_and_what_others_bring_is_theirs(there):
    before = leftovers.Files.of(there)
    there.inside("/usr/bin/ls").write_text("changed")
    there.inside("/etc/ours.conf").symlink_to("nowhere")
    there.inside("/usr/bin/theirs").touch()
    there.inside("/var/log/apt.log").touch()
    there.inside("/var/lib/dpkg/info/theirs.list").write_text("/.\n/bin/theirs\n")
    after = leftovers.Files.of(there)
    assert after.left_since(before, there) == ["etc/ours.conf", "usr/bin/ls"]
    assert after.gone_since(before) == []
    there.inside("/usr/bin/ls").unlink()
    assert leftovers.Files.of(there).gone_since(before) == ["usr/bin/ls"]


def test_a_persons_files_are_those_that_did_not_come_with_the_account(there):
    there.inside(HOME / "photo.jpg").touch()
    assert leftovers.personal(there) == ["photo.jpg"]


def test_of_the_machines_apt_only_what_leads_to_the_mirror_is_taken_over():
    lines = (
        'Acquire::http::Proxy "http://127.0.0.1:3142";',
        'Acquire::https::CaInfo "/etc/own.pem";',
        'Acquire::Languages "none";',
        'APT::Install-Recommends "0";',
    )
    assert [bool(mirror._SETTING.match(line)) for line in lines] == [True, True, False, False]


def test_an_older_package_is_the_same_under_a_lower_version(tmp_path):
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: store-uploader\nVersion: 1.2.3\nArchitecture: amd64\n"
        "Maintainer: nobody <nobody@localhost.localdomain>\nDescription: nothing\n"
    )
    (tree / "file").write_text("content")
    new = tmp_path / "new.deb"
    subprocess.run(["dpkg-deb", "--build", tree, new], check=True, capture_output=True)
    old = packages.older(new, tmp_path / "place")
    assert packages.field(old, "Version") == packages.OLDER
    assert packages.field(new, "Version") == "1.2.3"
    listed = subprocess.run(["dpkg-deb", "-c", old], check=True, capture_output=True, text=True)
    assert "./file" in listed.stdout


def test_two_packages_of_a_kind_are_one_too_many(tmp_path):
    for name in ("a.deb", "b.deb"):
        (tmp_path / name).touch()
    with pytest.raises(ProofError, match=r"a\.deb, b\.deb"):
        packages.Packages.of(tmp_path)


def test_a_signal_waits_until_all_is_cleaned_up():
    heard: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("signal"))
    try:
        with _undisturbed():
            os.kill(os.getpid(), signal.SIGTERM)
            heard.append("cleaned up")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == ["cleaned up", "signal"]
