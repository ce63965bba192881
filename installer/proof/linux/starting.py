"""Starting the packaged program in a chroot, as a person would or to check itself."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.proof.linux.chroot import HOME, PERSON, Chroot
from installer.proof.report import ProofError
from installer.proof.shop import Shop

PROGRAM = "/usr/bin/store-uploader"
DATA = HOME / ".local/share/store-uploader"
"""Where the program keeps what it keeps unless told otherwise."""
SESSION = (
    "printf %s a-login | gnome-keyring-daemon --unlock --components=secrets > /dev/null && exec "
)
_SESSION = ("gnome-keyring-daemon --unlock", "dbus-daemon --nofork --print-address")
GRACE_SECONDS = 15
SMOKE_SECONDS = 900
"""The longest that it may take, on a machine that has much else to do."""


@dataclass(slots=True)
class Person:
    """Somebody with a screen, in a chroot."""

    there: Chroot
    screen: Mapping[str, str]
    keychain: bool = False
    """A session bus with a keychain that is unlocked, as after signing in to a desktop."""
    program: str = PROGRAM

    def command(self, *words: str, **more: str) -> list[str]:
        """Give the command that starts something for this person."""
        line = list(words)
        if self.keychain:
            line = ["dbus-run-session", "--", "sh", "-c", SESSION + shlex.join(words)]
        return self.there.command(
            *line, env=self.there.as_person(**self.screen, **more), person=True
        )

    @contextmanager
    def running(self, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the program; afterwards nothing of it runs."""
        log = self.there.inside("/tmp/program.log")
        with log.open("ab") as out:
            process = subprocess.Popen(
                self.command(self.program, *words, **more),
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        try:
            yield process
        finally:
            if process.poll() is None:
                self._end(process)
            log.unlink()
        left = self._outliving()
        self.there.end_all()
        if left:
            raise ProofError(f"These outlived it: {'; '.join(left)}")

    def smoke_words(self, shop: Shop, photos: Path, data: Path | None = None) -> list[str]:
        """Give the words of a check of itself."""
        words = ["smoke", "--store", shop.address, "--email", shop.email, "--photos", str(photos)]
        words += ["--result", str(HOME / "result.json"), "--screenshot", str(HOME / "window.png")]
        return words + (["--data", str(data)] if data else [])

    def smoke(
        self, shop: Shop, photos: Path, *more: str, data: Path | None = None, picture: Path
    ) -> dict[str, Any]:
        """Have it check itself; give what it wrote. Raises `ProofError` if it isn't content."""
        with self.running(
            *self.smoke_words(shop, photos, data), *more, STORE_UPLOADER_PASSWORD=shop.password
        ) as process:
            code = process.wait(SMOKE_SECONDS)
            said = self.there.inside("/tmp/program.log").read_text("utf-8", "replace")
        result = self._result(said)
        if (window := self.there.inside(HOME / "window.png")).exists():
            picture.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(window, picture)
        if code != 0:
            raise ProofError(" ".join([result["reason"], *result["problems"][:2], said[-200:]]))
        return result

    def _outliving(self) -> list[str]:
        """Give what the program has left running, once what is about to end has had its time."""
        end = time.monotonic() + GRACE_SECONDS
        while (left := self._others()) and time.monotonic() < end:
            time.sleep(0.1)
        return left

    def _others(self) -> list[str]:
        """Give what runs besides the session, which is ours and ends with the person."""
        running = self.there.processes().values()
        return [each for each in running if not each.startswith(_SESSION)]

    def _result(self, said: str) -> dict[str, Any]:
        file = self.there.inside(HOME / "result.json")
        if not file.exists():
            raise ProofError(f"It wrote no result. {said.strip()[-300:]}")
        result: dict[str, Any] = json.loads(file.read_text("utf-8"))
        file.unlink()
        return result

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End it as a system that shuts down does; after a while without asking."""
        for number, command in self.there.processes().items():
            if self.program in command and "darkroom" not in command:
                os.kill(number, signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            self.there.end_all()
            process.wait()


def give(there: Chroot, folder: Path, name: str) -> Path:
    """Copy a folder to the person's home; give its path in there."""
    target = HOME / name
    shutil.copytree(folder, there.inside(target))
    for path in (there.inside(target), *there.inside(target).rglob("*")):
        os.chown(path, PERSON, PERSON)
    return target


def states(there: Chroot) -> dict[str, int]:
    """Tell how many photos stand in each state in the person's outbox, also while it is open."""
    file = there.inside(DATA / "outbox.sqlite3")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as database:
            return dict(database.execute("SELECT state, count(*) FROM photos GROUP BY state"))
    except sqlite3.OperationalError:
        return {}  # not made yet
