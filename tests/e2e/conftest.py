"""The program as a person starts it: its own process, a real screen, a real keychain."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


def until(condition: Callable[[], Any], what: str, seconds: float = 60.0) -> Any:
    """Wait until `condition` gives something true, and give it; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (result := condition()):
        assert time.monotonic() < deadline, f"never happened: {what}"
        pause.wait(0.02)
    return result


@pytest.fixture
def eventually() -> Callable[..., Any]:
    """Give the means to wait for a condition."""
    return until


class Demo:
    """Runs of ``store-uploader demo --headless`` on one data folder."""

    def __init__(self, data: Path, photos: Path) -> None:
        self.data, self.photos = data, photos
        self.process: subprocess.Popen[str] | None = None

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = [
            sys.executable, "-m", "uploader", "demo", "--headless", "--json",
            "--data", str(self.data), "--photos", str(self.photos), *more,
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        return self.process

    def finish(self) -> tuple[int, dict[str, Any], str]:
        """Wait for the end; give exit code, summary and what was said on stderr."""
        assert self.process is not None
        out, err = self.process.communicate(timeout=180)
        code = self.process.returncode
        self.process = None
        assert out.strip(), err
        return code, json.loads(out.splitlines()[-1]), err

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()
        self.process = None

    def states(self) -> dict[str, int]:
        """How many photos stand in each state, read beside the running program."""
        try:
            with closing(
                sqlite3.connect(f"file:{self.data}/outbox.sqlite3?mode=ro", uri=True)
            ) as db:
                return dict(db.execute("SELECT state, count(*) FROM photos GROUP BY state"))
        except sqlite3.OperationalError:
            return {}  # not made yet

    def in_store(self) -> list[tuple[str, str, str]]:
        """Give reference, SHA-256 and state of every image in the store."""
        with closing(sqlite3.connect(self.data / "server" / "store.sqlite3", timeout=30)) as db:
            return db.execute("SELECT reference, sha256, state FROM store_itemimage").fetchall()


@pytest.fixture
def make_photos() -> Callable[..., None]:
    """Write JPEGs that all differ into a folder."""

    def make(folder: Path, count: int, side: int = 700) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        chance = random.Random(7)
        for n in range(count):
            noise = Image.frombytes("L", (side, side), chance.randbytes(side * side))
            noise.convert("RGB").save(folder / f"noise-{n:03d}.jpg", quality=95)

    return make


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path / "data", tmp_path / "photos")
    yield made
    if made.process is not None:
        made.kill()


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """Give the environment of programs on a real X screen of the test's own."""
    assert shutil.which("Xvfb"), "Xvfb is missing: run `make setup`"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp",
         "-noreset"],  # else it turns away who comes just as the last one goes
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as number:
        display = f":{number.readline().strip()}"
    yield {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()


@pytest.fixture
def managed(screen, eventually, tmp_path) -> Iterator[None]:
    """Have a window manager on the screen: without one nothing can be minimised."""
    assert shutil.which("openbox"), "openbox is missing: run `make setup`"
    ready = tmp_path / "managed"
    command = ["openbox", "--sm-disable", "--startup", f"touch {shlex.quote(str(ready))}"]
    # Not the configuration of whoever runs this.
    place = {name: str(tmp_path / "openbox") for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with subprocess.Popen(
        command, env=screen | place, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as manager:
        try:
            eventually(ready.exists, "a window manager")
            yield
        finally:
            manager.terminate()


class Hands:
    """Keys and a pointer on a screen, as a person's: nothing of the program is called."""

    def __init__(self, screen: dict[str, str]) -> None:
        assert shutil.which("xdotool"), "xdotool is missing: run `make setup`"
        self._screen = screen

    def tool(self, *words: str) -> str:
        """Run xdotool; give what it prints."""
        done = subprocess.run(
            ["xdotool", *words], env=self._screen,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout

    def window(self, title: str) -> str:
        """Give the window of this title (a regular expression), or nothing."""
        found = self.tool("search", "--onlyvisible", "--name", title).split()
        return found[-1] if found else ""

    def focused(self) -> str:
        """Give the title of the window that has the keyboard."""
        return self.tool("getactivewindow", "getwindowname").strip()

    def press(self, *keys: str) -> None:
        """Press keys in the window that has the keyboard."""
        self.tool("key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self.tool("type", "--delay", "15", text)


@pytest.fixture
def hands(screen) -> Hands:
    return Hands(screen)
