"""Starting the program while it runs: one window, and every file that was named is on its list."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="on an X screen")

IN_A_TRAY = """
from PySide6.QtWidgets import QSystemTrayIcon
QSystemTrayIcon.isSystemTrayAvailable = staticmethod(lambda: True)
from uploader.cli import main
raise SystemExit(main())
"""
"""The program on a desktop that says it has a tray."""


class Starts:
    """Starts of the program on one data folder, in a folder of photos."""

    def __init__(self, screen: dict[str, str], folder: Path, runtime: str) -> None:
        self.photos, self.data = folder / "photos", folder / "data"
        self.screen = {**screen, "XDG_RUNTIME_DIR": runtime}
        self.running: list[subprocess.Popen[str]] = []

    def __call__(self, *files: str, data: Path | None = None, **more) -> subprocess.Popen[str]:
        program = ["-c", IN_A_TRAY] if "--background" in files else ["-m", "uploader"]
        command = [sys.executable, *program, "--data", str(data or self.data), *files]
        more = {"stderr": subprocess.PIPE, **more}
        self.running.append(start := subprocess.Popen(
            command, cwd=self.photos, env=self.screen, stdin=subprocess.DEVNULL, text=True, **more
        ))  # fmt: skip
        return start

    def listed(self) -> list[Path]:
        """Give the paths on the list, read beside the running program."""
        file = f"file:{self.data}/outbox.sqlite3?mode=ro"
        try:
            with closing(sqlite3.connect(file, uri=True)) as db:
                rows = db.execute("SELECT path FROM photos").fetchall()
        except sqlite3.OperationalError:
            return []  # not made yet
        return sorted(Path(os.fsdecode(path)) for (path,) in rows)

    def windows(self) -> list[str]:
        """Give what can be seen on the screen."""
        search = ["xdotool", "search", "--onlyvisible", "--name", "Store Uploader"]
        found = subprocess.run(search, env=self.screen, capture_output=True, text=True, check=False)
        return found.stdout.split()

    def end(self) -> None:
        for start in self.running:
            code = start.poll()
            if code is None:
                start.kill()
            # For whoever reads of a failure: how each stood, and what it said.
            sys.stdout.write(f"a start: {code}, {start.communicate()[1]}\n")


@pytest.fixture
def starts(screen, make_photos, tmp_path) -> Iterator[Starts]:
    with tempfile.TemporaryDirectory(prefix="su-") as runtime:
        made = Starts(screen, tmp_path, runtime)
        make_photos(made.photos, 6, side=60)
        yield made
        made.end()


def test_the_second_start_hands_its_files_over(starts, eventually):
    odd = os.fsdecode(b"\xff not text\nat all.jpg")
    (starts.photos / "noise-002.jpg").rename(starts.photos / odd)
    first = starts("noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    folder = starts.photos / "a folder"
    folder.mkdir()
    (starts.photos / "noise-003.jpg").rename(folder / "noise-003.jpg")
    second = starts("noise-001.jpg", odd, "a folder")
    assert second.wait(timeout=60) == 0, second.stderr.read()
    assert second.stderr.read() == ""
    wanted = ["noise-000.jpg", "noise-001.jpg", odd, "a folder/noise-003.jpg"]
    wanted = sorted(starts.photos / name for name in wanted)
    eventually(lambda: starts.listed() == wanted, "all of them on the list")
    assert first.poll() is None
    assert len(starts.windows()) == 1
    third = starts()
    assert third.wait(timeout=60) == 0, third.stderr.read()


def test_the_second_start_brings_a_minimised_window_back(starts, eventually, managed):
    starts("noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    [window] = eventually(starts.windows, "its window")
    subprocess.run(["xdotool", "windowminimize", window], env=starts.screen, check=True)
    eventually(lambda: starts.windows() == [], "a minimised window")
    second = starts()
    assert second.wait(timeout=60) == 0, second.stderr.read()
    eventually(lambda: starts.windows() == [window], "the same window, to be seen again")


def test_a_window_that_a_second_start_brought_from_the_tray_quits_for_good(starts, eventually):
    first = starts("--background", "noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    assert starts.windows() == []
    second = starts()
    assert second.wait(timeout=60) == 0, second.stderr.read()
    [window] = eventually(starts.windows, "the window, out of the tray")
    quitting = ["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"]
    subprocess.run(quitting, env=starts.screen, check=True, capture_output=True)
    assert first.wait(timeout=60) == 0, first.stderr.read()


def test_of_starts_at_the_same_moment_one_stays_and_no_file_is_lost(starts, eventually):
    begun = [starts(f"noise-{n:03}.jpg") for n in range(4)]
    eventually(lambda: sum(start.poll() is not None for start in begun) == 3, "three that end")
    assert sorted(start.poll() or 0 for start in begun) == [0, 0, 0, 0]
    eventually(lambda: len(starts.listed()) == 4, "every file on the list")
    assert len({path.name for path in starts.listed()}) == 4
    assert sum(start.poll() is None for start in begun) == 1
    eventually(lambda: len(starts.windows()) == 1, "one window")


def test_after_a_kill_the_next_start_is_the_first(starts, eventually):
    first = starts("noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    first.kill()
    first.wait()
    next_one = starts("noise-001.jpg")
    eventually(lambda: len(starts.listed()) == 2, "the photo of the next start")
    assert next_one.poll() is None
    after = starts("noise-002.jpg")
    assert after.wait(timeout=60) == 0, after.stderr.read()
    eventually(lambda: len(starts.listed()) == 3, "what was handed to it")


def test_a_frozen_window_is_told_of_and_not_waited_for(starts, eventually):
    first = starts("noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    first.send_signal(signal.SIGSTOP)
    # Somebody who reads the terminal needs no window that says the same.
    ours, theirs = os.openpty()
    second = starts("noise-001.jpg", stderr=theirs)
    assert second.wait(timeout=60) == 1
    said = os.read(ours, 1000).decode()
    os.close(ours)
    os.close(theirs)
    assert said.startswith("Store Uploader is running already. It doesn’t answer.")
    first.send_signal(signal.SIGCONT)
    third = starts()
    assert third.wait(timeout=60) == 0, third.stderr.read()
    assert first.poll() is None


def test_another_data_folder_is_another_program(starts, eventually, tmp_path):
    first, other = starts("noise-000.jpg"), starts(data=tmp_path / "other")
    eventually(lambda: len(starts.windows()) == 2, "two windows")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    assert first.poll() is None
    assert other.poll() is None


def test_a_start_while_the_first_closes_opens_a_window_of_its_own(starts, eventually):
    first = starts("noise-000.jpg")
    eventually(lambda: len(starts.listed()) == 1, "the photo of the first start")
    window = eventually(starts.windows, "its window")[0]
    quitting = ["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"]
    subprocess.run(quitting, env=starts.screen, check=True, capture_output=True)
    second = starts("noise-001.jpg")
    assert first.wait(timeout=60) == 0, first.stderr.read()
    # Whoever heard it: the file is on the list, and a start that handed over ended well.
    eventually(lambda: len(starts.listed()) == 2 or second.poll() is not None, "the second's file")
    assert second.poll() in (None, 0)
