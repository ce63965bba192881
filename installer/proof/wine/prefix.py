"""A wine of its own, fresh: programs in it, its registry, and what wine lacks of Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from installer.proof.report import ProofError

HERE = Path(__file__).parent
_SWITCHED_OFF = "mscoree,mshtml,winemenubuilder.exe="
"""What would ask for more of Windows, and what would write into this machine's own menus."""


class Running:
    """A program that was started. `said` is its output so far."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self.said = process, ""
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._reader.start()

    def wait(self, seconds: float) -> int:
        """Wait for its end; give its exit code. Raises `ProofError`."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ProofError(f"It didn’t end within {seconds:.0f} s.") from error
        # What it started may hold on to its output.
        self._reader.join(2)
        return code

    @property
    def ended(self) -> bool:
        """Whether it has."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it at once, as a failure of power would."""
        self._process.kill()
        self._process.wait()

    def _read(self, output: IO[bytes]) -> None:
        while block := os.read(output.fileno(), 1 << 14):
            self.said += block.decode("utf-8", "replace")


class Prefix:
    """One; see `fresh`. `root` is its drive C."""

    def __init__(self, place: Path, display: dict[str, str]) -> None:
        self.place, self.root = place / "prefix", place / "prefix" / "drive_c"
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": str(place), "LANG": "C.UTF-8",
            "WINEPREFIX": str(self.place), "WINEARCH": "win64",
            "WINEDEBUG": "-all", "WINEDLLOVERRIDES": _SWITCHED_OFF, **display,
        }  # fmt: skip

    @property
    def home(self) -> Path:
        """The person's folder."""
        (found,) = (each for each in (self.root / "users").iterdir() if each.name != "Public")
        return found

    @property
    def local(self) -> Path:
        """Where the person's programs and their data are."""
        return self.home / "AppData" / "Local"

    def make(self) -> None:
        """Make it, as Windows 10."""
        self.place.mkdir()
        # Started first, so that it holds no pipe of a program that we wait for.
        self._tool("wineserver", "-p")
        self._tool("wine", "wineboot", "-i")
        self._tool("wine", "winecfg", "-v", "win10")
        self._tool(
            "x86_64-w64-mingw32-gcc", "-shared", "-Os", "-s", str(HERE / "icuuc.c"),
            "-o", str(self.root / "windows" / "system32" / "icuuc.dll"),
        )  # fmt: skip

    def end(self) -> None:
        """End all that runs in it, and wait until it has."""
        self._tool("wineserver", "-k", check=False)
        self._tool("wineserver", "-w", check=False)

    def run(self, program: Path, *words: str, seconds: float = 300, **more: str) -> str:
        """Run to the end; give what it said. Raises `ProofError` where it ends with trouble."""
        with self.running(program, *words, **more) as running:
            code = running.wait(seconds)
        if code != 0:
            raise ProofError(f"{program.name} ended with {code}. {running.said[-300:]}".strip())
        return running.said

    @contextmanager
    def running(self, program: Path, *words: str, **more: str) -> Iterator[Running]:
        """Have a program run meanwhile; it is killed if it still does at the end."""
        process = subprocess.Popen(
            ["wine", str(program), *words],
            env={**self._environment, **more},
            # To a pipe: Python under wine takes no other file for its output.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        running = Running(process)
        try:
            yield running
        finally:
            running.kill()

    def registry(self) -> str:
        """Give the person's part of the registry."""
        file = self.root / "registry.reg"
        program = self.root / "windows" / "system32" / "reg.exe"
        self.run(program, "export", "HKCU", r"C:\registry.reg", "/y")
        text = file.read_text("utf-16")
        file.unlink()
        return text

    def _tool(self, *command: str, check: bool = True) -> None:
        subprocess.run(
            command, env=self._environment, check=check, timeout=300,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def fresh(place: Path, display: dict[str, str]) -> Iterator[Prefix]:
    """Have a fresh one in `place`; afterwards nothing of it runs or is there."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    prefix = Prefix(place, display)
    try:
        prefix.make()
        yield prefix
    finally:
        prefix.end()
        shutil.rmtree(place, ignore_errors=True)


def windows_path(path: Path) -> str:
    """Give a file of this machine as programs under wine see it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")
