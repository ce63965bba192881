"""Staying signed in, with the system's own keychain and without any."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from uploader.commands.companion import Companion, companion

CHILD = Path(__file__).with_name("keychain_child.py")
UNLOCK = "printf %s a-login | gnome-keyring-daemon --unlock --components=secrets > /dev/null"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Companion]:
    with companion(tmp_path_factory.mktemp("store"), workers=1) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, store: Companion) -> dict[str, str]:
    """Give the environment of a person of the test's own, with nothing of ours in it."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(run),
        "XDG_DATA_HOME": str(tmp_path / "home" / "share"),
        "XDG_CONFIG_HOME": str(tmp_path / "home" / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
        "STORE_PASSWORD": store.password,
    }


def starts(home: dict[str, str], data: Path, *ways: tuple[str, ...], keychain: bool) -> list[Any]:
    """Start the background once for each way, one after the other, in one session."""
    steps = [shlex.join([sys.executable, str(CHILD), str(data), *way]) for way in ways]
    # Without a message bus there is no keychain; with one, it is started when asked for.
    session = ["dbus-run-session", "--"] if keychain else []
    script = " && ".join([UNLOCK, *steps] if keychain else steps)
    done = subprocess.run(
        [*session, "bash", "-c", script],
        env=home, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def files_with(secret: str, folder: Path) -> list[Path]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in paths if os.fsencode(secret) in path.read_bytes()]


@pytest.mark.skipif(sys.platform != "linux", reason="the keychain of Linux desktops")
def test_stay_signed_in_then_sign_out(home: dict[str, str], store: Companion, tmp_path: Path):
    assert shutil.which("gnome-keyring-daemon"), "gnome-keyring is missing: run `make setup`"
    first, second, third, fourth = starts(
        home,
        tmp_path / "data",
        ("sign-in", store.address, store.email),
        ("resume",),
        ("sign-out",),
        ("resume",),
        keychain=True,
    )
    assert first["keychain"] is True
    assert first["link"] == second["link"] == "online"
    assert first["token"] == second["token"] != "", "the second start had the first one's key"
    assert third["link"] == "signed-out"
    assert (fourth["link"], fourth["title"], fourth["token"]) == ("signed-out", "Not signed in", "")
    for secret in (first["token"], store.password):
        assert files_with(secret, tmp_path) == []


def test_without_a_keychain_nothing_is_kept_anywhere(
    home: dict[str, str], store: Companion, tmp_path: Path
) -> None:
    first, second = starts(
        home,
        tmp_path / "data",
        ("sign-in", store.address, store.email),
        ("resume",),
        keychain=False,
    )
    assert first["keychain"] is second["keychain"] is False
    assert first["link"] == "online", "for this session all the same"
    assert (second["link"], second["title"]) == ("signed-out", "Not signed in")
    for secret in (first["token"], store.password):
        assert files_with(secret, tmp_path) == []
