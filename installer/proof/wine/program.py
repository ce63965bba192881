"""The program as its installer puts it into a wine: installed, started, closed, removed."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.proof.linux.screens import until
from installer.proof.report import ProofError
from installer.proof.shop import Shop
from installer.proof.wine.prefix import Prefix, Running, windows_path
from installer.windows.launchers import CONSOLE, WINDOW

_COPY = re.compile(rb"~nsu\w*\.tmp")
"""The folder that NSIS copies an uninstaller to, as it can't remove itself."""

SECONDS = 900
"""The longest that any step may take. Wine is slow, and so is a machine that builds."""
_NOT_UNDER_WINE = ("_wmi.pyd", "lib/PySide6/plugins/networkinformation/qnetworklistmanager.dll")
"""What waits for services of Windows that wine promises and hasn't: taken out after installing.

Python tells Windows' version without the first, and probes find the network without the second.
"""


@dataclass(slots=True)
class Program:
    """The program in a prefix."""

    prefix: Prefix

    @property
    def place(self) -> Path:
        """The folder that the installer chooses."""
        return self.prefix.local / "Programs" / "Store Uploader"

    @property
    def data(self) -> Path:
        """Where it keeps what it keeps."""
        return self.prefix.local / "store-uploader"

    @property
    def window(self) -> Path:
        """What the start menu starts."""
        return self.place / "program" / WINDOW

    def install(self, setup: Path, *words: str) -> None:
        """Install without a question, over whatever version is there."""
        self.prefix.run(setup, "/S", *words, seconds=SECONDS)
        for name in _NOT_UNDER_WINE:
            (self.place / "program" / name).unlink()

    def version(self) -> str:
        """Give the version that is installed, as the program for scripts tells it."""
        return self.prefix.run(self.place / "program" / CONSOLE, "--version").split()[-1]

    def uninstall(self) -> None:
        """Remove it without a question. The uninstaller goes on as a copy after it has ended."""
        self.prefix.run(self.place / "uninstall.exe", "/S", seconds=SECONDS)
        until(lambda: not self.place.exists(), "an end of its folder", SECONDS)
        # Keys of the registry go after the folder; one that goes while they are read ends that.
        until(lambda: not _removing(), "an end of the uninstaller", SECONDS)

    def smoke(self, shop: Shop, photos: Path, picture: Path, *more: str) -> dict[str, Any]:
        """Have it check itself; give what it wrote. Raises `ProofError` if it isn't content."""
        with self.checking(shop, photos, picture, *more) as (running, result):
            code = running.wait(SECONDS)
            said = json.loads(result.read_text("utf-8")) if result.exists() else {}
        if code != 0 or not said:
            reasons = [said.get("reason", ""), *said.get("problems", [])[:2], running.said[-200:]]
            raise ProofError(" ".join(["It isn’t content.", *reasons]).strip())
        return dict(said)

    @contextmanager
    def checking(
        self, shop: Shop, photos: Path, picture: Path, *more: str
    ) -> Iterator[tuple[Running, Path]]:
        """Have it check itself meanwhile; gives the file that it writes, too."""
        picture.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder, "result.json")
            words = ["--store", shop.address, "--email", shop.email]
            for name, path in (("photos", photos), ("result", result), ("screenshot", picture)):
                words += [f"--{name}", windows_path(path)]
            with self.prefix.running(
                self.window, "smoke", *words, *more, STORE_UPLOADER_PASSWORD=shop.password
            ) as running:
                yield running, result

    def states(self) -> dict[str, int]:
        """Tell how many photos stand in each state in the outbox, also while it is open.

        Of a copy: programs under wine and others don't see each other's locks.
        """
        with tempfile.TemporaryDirectory() as folder:
            for file in self.data.glob("outbox.sqlite3*"):
                if file.name in ("outbox.sqlite3", "outbox.sqlite3-wal"):
                    shutil.copy(file, folder)
            try:
                with closing(sqlite3.connect(Path(folder, "outbox.sqlite3"))) as database:
                    asked = "SELECT state, count(*) FROM photos GROUP BY state"
                    return dict(database.execute(asked))
            except sqlite3.DatabaseError:
                return {}  # not made yet, or caught in the middle of a change


def _removing() -> bool:
    """Whether an uninstaller's copy runs; the proof is among processes of its own."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if _COPY.search((process / "cmdline").read_bytes()):
                return True
    return False
