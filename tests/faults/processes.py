"""The real parts as processes of their own, as in production: started, killed, started again."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from databases import look
from machine import kill, reserve_port
from store_process import children, until

HERE = Path(__file__).parent
EMAIL, PASSWORD = "ines@harbourpine.shop", "a-harbour-by-night"


class Part:
    """One process with its log; `command` is run anew at every start."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environment: dict[str, str]
    ) -> None:
        self.name = name
        self.command = [sys.executable, *command]
        self.log = log
        self.environment = {**os.environ, "PYTHONFAULTHANDLER": "1", **environment}
        self.process: subprocess.Popen[Any] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id. Only while it has been started."""
        assert self.process is not None
        return self.process.pid

    def family(self) -> list[int]:
        """Give the processes that belong to it."""
        return [self.pid, *children(self.pid)] if self.alive else []

    def start(self) -> None:
        """Start it; return at once."""
        with self.log.open("ab") as log:
            self.process = self._spawn(log)

    def kill(self) -> bool:
        """SIGKILL it; False where it wasn't alive any more."""
        if self.process is None:
            return False
        died = kill(self.process.pid)
        self.process.wait()
        self._ended()
        return died

    def stop(self) -> None:
        """End it as a system would."""
        if self.process is None:
            return
        self._ask_to_end()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} didn't end when asked to") from None
        self._ended()

    def says(self, words: str) -> bool:
        """Whether its log has the words."""
        return words in self.log.read_text(errors="replace")

    def died(self) -> str:
        """Say how it ended by itself; empty while it runs."""
        code = None if self.process is None else self.process.poll()
        return "" if code is None else f"{self.name} ended by itself with {code}"

    def _spawn(self, log: Any) -> subprocess.Popen[Any]:
        return subprocess.Popen(self.command, stdout=log, stderr=log, env=self.environment)

    def _ask_to_end(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def _ended(self) -> None:
        pass


class Web(Part):
    """The store's web process, on the same port after every start."""

    def __init__(self, data: Path, log: Path, environment: dict[str, str]) -> None:
        self._place = reserve_port()
        port = self._place.getsockname()[1]
        command = ["-m", "uploader.server.cli", "serve", "--port", str(port), "--data", str(data)]
        super().__init__("web", command, log, environment)
        self.url = f"http://127.0.0.1:{port}"

    def leave(self) -> None:
        """Give its port back."""
        self._place.close()

    def answers(self) -> bool:
        """Whether the store can be reached."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/sign-in", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


class Worker(Part):
    """The store's worker: a process that looks after `count` others."""

    def __init__(self, data: Path, count: int, log: Path, environment: dict[str, str]) -> None:
        command = ["-m", "uploader.server.cli", "worker", "-c", str(count), "--data", str(data)]
        super().__init__("worker", command, log, environment)
        self._orphans: list[int] = []

    def kill(self) -> bool:
        """SIGKILL the one that looks after the others; those end when they notice."""
        if self.alive:
            # Stopped first, so that it starts no other between the look and its end.
            os.kill(self.pid, signal.SIGSTOP)
            self._orphans += children(self.pid)
        return super().kill()

    def kill_one(self, chance: random.Random) -> bool:
        """SIGKILL one of those that work; another takes its place."""
        pids = children(self.pid) if self.alive else []
        return bool(pids) and kill(chance.choice(pids))

    def _ended(self) -> None:
        # A job under way is finished first; nobody of an earlier life outlives the test.
        until(
            lambda: not [pid for pid in self._orphans if Path(f"/proc/{pid}").exists()],
            "the end of the worker's children",
        )


class App(Part):
    """The app's background without a window: obeys and tells JSON lines (app_child.py)."""

    def __init__(
        self, data: Path, address: str, items: Sequence[str], log: Path,
        environment: dict[str, str],
    ) -> None:  # fmt: skip
        command = [str(HERE / "app_child.py"), str(data), address, EMAIL, *items]
        super().__init__("app", command, log, environment)
        self.data = data
        self.said: list[dict[str, Any]] = []
        """Everything that it told in all its lives."""
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        """Start it; `said` tells when it has opened its outbox."""
        super().start()
        assert self.process is not None and self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(PASSWORD + "\n")
            self.process.stdin.flush()
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    @property
    def opened(self) -> bool:
        """Whether this life has opened the outbox."""
        last = next((s for s in reversed(self.said) if s["said"] in ("started", "opened")), {})
        return self.alive and last.get("said") == "opened"

    def tell(self, do: str, **more: Any) -> bool:
        """Give an order; False where nobody is there to hear it."""
        assert self.process is not None and self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return False
        return True

    def rows(self, columns: str, where: str = "1") -> list[tuple[Any, ...]]:
        """Look into the outbox, beside the running app."""
        return look(self.data / "outbox.sqlite3", f"SELECT {columns} FROM photos WHERE {where}")

    def heard(self, said: str) -> list[dict[str, Any]]:
        """Give all of a kind that it told."""
        return [line for line in self.said if line["said"] == said]

    def _spawn(self, log: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            env=self.environment, text=True,
        )  # fmt: skip

    def _ask_to_end(self) -> None:
        self.tell("quit")

    def _ended(self) -> None:
        assert self.process is not None
        if self._reader is not None:
            self._reader.join()
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()

    def _read(self, lines: Any) -> None:
        self.said.append({"said": "started"})
        for line in lines:
            with contextlib.suppress(ValueError):
                self.said.append({**json.loads(line), "at": time.time()})


def manage(data: Path, *arguments: str, stdin: str = "", **environment: str) -> str:
    """Run one of the server's commands; give what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "uploader.server.cli", *arguments, "--data", str(data)],
        input=stdin, capture_output=True, text=True, env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
