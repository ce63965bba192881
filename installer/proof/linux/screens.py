"""Screens that nobody looks at: X11 and Wayland, of this machine, for programs in a chroot."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.proof.linux.chroot import PERSON, RUNTIME, Chroot
from installer.proof.report import ProofError

SIZE = (1400, 900)


def until(condition: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Wait for a condition. Raises `ProofError` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise ProofError(f"It never came to this within {seconds:.0f} s: {what}.")
        time.sleep(0.05)


class Screen:
    """An X screen, and what can be done with it from outside."""

    def __init__(self, display: str) -> None:
        self.env = {"DISPLAY": display}

    def window(self) -> str:
        """Give the number of the program's window, empty where there is none (yet)."""
        found = self._tool("search", "--onlyvisible", "--name", "^Store Uploader$")
        return found.partition("\n")[0]

    def is_of_class(self, window: str, name: str) -> bool:
        """Tell whether a window's class (ICCCM's WM_CLASS), by which desktops know it, is this."""
        return window in self._tool("search", "--class", f"^{name}$").split()

    def quit(self, window: str) -> None:
        """End the program by its shortcut."""
        self._tool("windowfocus", window, "key", "ctrl+q")

    def photograph(self, file: Path) -> None:
        """Save a picture of the whole screen."""
        file.parent.mkdir(parents=True, exist_ok=True)
        command = ["import", "-window", "root", str(file)]
        subprocess.run(command, env=self._outside(), check=True, capture_output=True, timeout=60)

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._outside(), capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        return done.stdout.strip()

    def _outside(self) -> dict[str, str]:
        return {**os.environ, **self.env}


@contextmanager
def x_screen() -> Iterator[Screen]:
    """Have an X screen."""
    read, write = os.pipe()
    size = "{}x{}x24".format(*SIZE)
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-ac"]
    command += ["-nolisten", "tcp", "-noreset"]
    with _running(command, pass_fds=(write,)):
        os.close(write)
        with os.fdopen(read) as number:
            display = number.readline().strip()
        if not display:
            raise ProofError("Xvfb didn’t start.")
        yield Screen(f":{display}")


@contextmanager
def wayland(there: Chroot) -> Iterator[dict[str, str]]:
    """Have a compositor without a screen; give the variables by which programs find it."""
    runtime, name = there.inside(RUNTIME), "wayland-proof"
    command = [
        "chroot", f"--userspec={PERSON}:{PERSON}", "/", "/usr/bin/env", "-i",
        f"XDG_RUNTIME_DIR={runtime}", f"PATH={os.environ['PATH']}",
        "weston", "--backend=headless-backend.so", f"--socket={name}", "--idle-time=0",
        f"--width={SIZE[0]}", f"--height={SIZE[1]}",
    ]  # fmt: skip
    with _running(command):
        until((runtime / name).exists, "a Wayland compositor")
        yield {"WAYLAND_DISPLAY": name}
    for left in (name, f"{name}.lock"):
        (runtime / left).unlink(missing_ok=True)


@contextmanager
def _running(command: list[str], pass_fds: tuple[int, ...] = ()) -> Iterator[None]:
    if not shutil.which(command[0]):
        raise ProofError(f"{command[0]} is missing.")
    process = subprocess.Popen(
        command, pass_fds=pass_fds, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
