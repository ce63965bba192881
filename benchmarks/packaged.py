"""How soon the packaged program's window is there, beside the same program from its environment.

Both are started as a menu starts them, in turn, on an Xvfb whose screen lies in a file: the time is
from the start until something is on the screen, seen from outside, so nothing has to be built in.
The environment is the one that the package was made from: the same Python, the same Qt.
Last line: one JSON object. Run: ``make package``, then ``.venv/bin/python benchmarks/packaged.py``.
"""

from __future__ import annotations

import json
import mmap
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _display import xvfb

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = {
    "packaged": [str(ROOT / "build/linux/tree/usr/bin/store-uploader")],
    "environment": [str(ROOT / "build/venv-package/bin/store-uploader")],
}
ROUNDS = 15
LONGEST = 30
TARGET = 1.2


class Screen:
    """An Xvfb's screen: `dark` as long as nothing is on it."""

    def __init__(self, number: str, file: Path) -> None:
        self.environment = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        with file.open("rb") as screen:
            self._pixels = mmap.mmap(screen.fileno(), 0, access=mmap.ACCESS_READ)
        # XWD's header begins with its own length; behind it are 256 colours of 12 bytes.
        self._begin = struct.unpack(">I", self._pixels[:4])[0] + 256 * 12
        self._nothing = bytes(len(self._pixels) - self._begin)

    @property
    def dark(self) -> bool:
        return self._pixels[self._begin :] == self._nothing

    def wait(self, dark: bool) -> float:
        """Wait for the screen to be dark or not; return the time."""
        last = time.monotonic() + LONGEST
        while self.dark is not dark:
            if time.monotonic() > last:
                raise TimeoutError("no window" if not dark else "the window stays")
            time.sleep(0.001)
        return time.monotonic()


@contextmanager
def screen() -> Iterator[Screen]:
    with (
        tempfile.TemporaryDirectory() as folder,
        xvfb("1280x800x24", "-br", "-nocursor", "-fbdir", folder) as number,
    ):
        yield Screen(number, Path(folder) / "Xvfb_screen0")


def seconds(command: list[str], on: Screen, data: str) -> float:
    on.wait(dark=True)
    environment = {**os.environ, **on.environment, "STORE_UPLOADER_DATA": data}
    began = time.monotonic()
    program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        return on.wait(dark=False) - began
    finally:
        program.terminate()
        program.wait()


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of both, taking turns, and their ratio."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with screen() as on, tempfile.TemporaryDirectory() as data:
        for _ in range(rounds + 1):  # the first round warms the disk's cache
            for name, command in COMMANDS.items():
                times[name].append(seconds(command, on, data))
    found = {name: round(statistics.median(times[name][1:]), 3) for name in COMMANDS}
    return {**found, "ratio": round(found["packaged"] / found["environment"], 2)}


def main() -> None:
    if not all(Path(command[0]).exists() for command in COMMANDS.values()):
        # `make bench` runs every file; the packages aren't made for it.
        print("Nothing to measure: make package first.")
        sys.exit(0)
    found = measure()
    print(f"from the environment  {found['environment']:.3f} s to the window (median of {ROUNDS})")
    print(f"packaged              {found['packaged']:.3f} s, {found['ratio']:.2f} times that")
    print(f"target                {TARGET} times")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
