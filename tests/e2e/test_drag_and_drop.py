"""Files dragged from another program's window: real XDND between two X clients."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="on an X screen")

SOURCE = Path(__file__).with_name("drag_source.py")
STEPS = 12


class Programs:
    """Programs on the screen, ended with the test."""

    def __init__(self, screen: dict[str, str]) -> None:
        self._screen, self._running = screen, list[subprocess.Popen[str]]()

    def start(self, *command: str) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [sys.executable, *command], env=self._screen, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._running.append(started)
        return started

    def end(self) -> None:
        for program in self._running:
            if program.poll() is None:
                program.kill()
            sys.stdout.write(f"{program.args}: {program.communicate()}\n")


@pytest.fixture
def programs(screen) -> Iterator[Programs]:
    made = Programs(screen)
    yield made
    made.end()


def place_of(hands, window):
    """Give a window's place and size on the screen."""
    lines = dict(
        line.split("=") for line in hands.tool("getwindowgeometry", "--shell", window).split()
    )
    return tuple(int(lines[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def test_a_folder_and_files_are_dragged_in_from_another_program(
    screen, managed, hands, programs, demo, make_photos, eventually, tmp_path
):
    make_photos(tmp_path / "evening", 3, side=200)
    make_photos(tmp_path / "single", 2, side=210)
    (tmp_path / "evening" / "notes.txt").write_text("not a photo")
    dragged = [tmp_path / "evening", *sorted((tmp_path / "single").iterdir())]
    programs.start("-m", "uploader", "--data", str(demo.data))
    eventually((demo.data / "outbox.sqlite3").exists, "an open outbox")
    main = eventually(lambda: hands.window("^Store Uploader$"), "the window")
    hands.tool("windowsize", "--sync", main, "900", "600", "windowmove", main, "20", "40")
    source = programs.start(str(SOURCE), "1180", "700", *map(str, dragged))
    other = eventually(lambda: hands.window("^Files to drag$"), "the other program")
    eventually(lambda: place_of(hands, main)[2] == 900, "the window in its place")

    x, y, width, height = place_of(hands, other)
    start = (x + width // 2, y + height // 2)
    x, y, width, height = place_of(hands, main)
    end = (x + width // 2, y + height // 2)
    hands.tool("mousemove", *map(str, start), "mousedown", "1")
    for step in range(1, STEPS + 1):
        part = [str(a + (b - a) * step // STEPS) for a, b in zip(start, end, strict=True)]
        hands.tool("mousemove", "--sync", *part, "sleep", "0.05")
    # The card that says what a drop would do comes once the other side's offer has arrived.
    hands.tool("mousemove_relative", "--sync", "3", "3", "sleep", "0.3", "mouseup", "1")

    eventually(lambda: sum(demo.states().values()) == 5, "five photos on the list")
    assert source.stdout is not None
    assert source.stdout.readline().strip() == "CopyAction"
    eventually(lambda: demo.states() == {"ready": 5}, "photos that were looked at")
    hands.tool("windowactivate", "--sync", main)
    hands.press("ctrl+q")
