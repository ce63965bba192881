"""The packaged program's own check of itself, from a source tree: what it says must be true."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from installer.proof.way import Way
from uploader import __version__
from uploader.commands.companion import companion

UNLOCK = "printf %s a-login | gnome-keyring-daemon --unlock --components=secrets > /dev/null"
KEYS = {
    *("version", "platform", "first_window_seconds", "photos", "live", "refused", "failed"),
    *("keychain", "keychain_round_trip", "tls", "seconds", "reason", "problems"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with companion(tmp_path_factory.mktemp("store"), workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory):
    """Give a store that is reached over TLS alone, and whom to trust for it."""
    folder = tmp_path_factory.mktemp("tls")
    with (
        Way(folder / "ca.pem") as way,
        companion(folder / "store", 1, STORE_URL=way.address, STORE_TLS="no") as running,
    ):
        way.lead_to(running.address)
        yield replace(running, address=way.address), folder / "ca.pem"


@pytest.fixture
def run(tmp_path, store):
    """Run it on photos and give its exit code and what it wrote."""
    (tmp_path / "run").mkdir(mode=0o700)
    (tmp_path / "tmp").mkdir()

    def _run(
        *more: str, address: str = store.address, password: str = store.password,
        program: tuple[str, ...] = ("-m", "uploader"), keychain: bool = False,
    ) -> tuple[int, dict[str, Any]]:  # fmt: skip
        result = tmp_path / "new" / "result.json"
        command = [
            sys.executable, *program, "smoke", "--store", address, "--email", store.email,
            "--photos", str(tmp_path / "photos"), "--result", str(result), *more,
        ]  # fmt: skip
        if keychain:
            script = f"{UNLOCK} && exec {shlex.join(command)}"
            command = ["dbus-run-session", "--", "sh", "-c", script]
        kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")
        environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(tmp_path / "home"),
            "XDG_RUNTIME_DIR": str(tmp_path / "run"),
            "TMPDIR": str(tmp_path / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            **({"STORE_UPLOADER_PASSWORD": password} if password else {}),
        }
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=120, check=False
        )
        written = json.loads(result.read_text())
        assert set(written) == KEYS
        assert written["version"] == __version__
        assert list((tmp_path / "tmp").iterdir()) == []
        return done.returncode, written

    return _run


@pytest.mark.skipif(sys.platform != "linux", reason="the keychain of Linux desktops")
def test_the_window_the_keychain_and_the_photos(run, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 2, side=200)
    (tmp_path / "photos" / "empty.jpg").touch()
    code, said = run("--screenshot", str(tmp_path / "window.png"), keychain=True)
    assert (code, said["reason"]) == (0, "")
    counted = [said[name] for name in ("photos", "live", "refused", "failed")]
    assert counted == [3, 2, 1, 0]
    assert (said["platform"], said["tls"]) == ("offscreen", False)
    assert (said["keychain"], said["keychain_round_trip"]) == ("SecretService Keyring", True)
    assert 0 < said["first_window_seconds"] < said["seconds"] + 60
    assert len(said["problems"]) == 1
    with Image.open(tmp_path / "window.png") as window:
        assert window.width >= 1000


def test_without_anywhere_to_print_and_without_a_keychain(run, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 1, side=200)
    windowed = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
        "from uploader.cli import main\nsys.exit(main(sys.argv[1:]))"
    )
    code, said = run("--data", str(tmp_path / "data"), program=("-c", windowed))
    assert (code, said["live"], said["reason"]) == (0, 1, "")
    assert (said["keychain"], said["keychain_round_trip"]) == (None, False)
    # What it had is still there: the next version goes on from it.
    assert (tmp_path / "data" / "outbox.sqlite3").exists()


@pytest.mark.parametrize("trusted", [True, False])
def test_over_tls_with_an_authority_of_ones_own(run, behind_tls, make_photos, tmp_path, trusted):
    make_photos(tmp_path / "photos", 1, side=200)
    store, authority = behind_tls
    more = ("--certificates", str(authority)) if trusted else ()
    code, said = run(*more, address=store.address, password=store.password)
    assert (code, said["live"], said["tls"]) == ((0, 1, True) if trusted else (1, 0, False))
    assert bool(said["reason"]) is not trusted


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"password": "not-hers"}, "password"),
        ({"password": ""}, "STORE_UPLOADER_PASSWORD"),
        ({"address": "http://127.0.0.1:9"}, "answers"),
    ],
)
def test_what_fails_is_written_down_with_its_reason(run, make_photos, tmp_path, changed, reason):
    make_photos(tmp_path / "photos", 1, side=200)
    code, said = run(**changed)
    assert (code, said["live"]) == (1, 0)
    assert reason in said["reason"]


def test_a_folder_without_photos_proves_nothing(run, tmp_path):
    code, said = run()
    assert (code, "doesn't exist" in said["reason"]) == (1, True)
    (tmp_path / "photos").mkdir()
    code, said = run()
    assert (code, said["reason"]) == (1, "No photo is live.")
