"""The real companion server, as a process with its worker, for every test that needs a store."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

PASSWORD = "a-harbour-by-night"


def until(condition: Callable[[], Any], what: str, seconds: float = 30.0) -> Any:
    """Wait until `condition` gives something true, and give it; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (result := condition()):
        assert time.monotonic() < deadline, f"never happened: {what}"
        pause.wait(0.03)
    return result


def alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie doesn't)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def children(pid: int) -> list[int]:
    """Give a process's children."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(c) for t in tasks for c in (t / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        os.kill(pid, number)


@dataclass
class Companion:
    """A running store: `url`, `admin` and `customer` as (e-mail, password), its `data` folder."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    url: str = ""
    admin: tuple[str, str] = ("ines@harbourpine.shop", PASSWORD)
    customer: tuple[str, str] = ("cleo@example.org", PASSWORD)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Everything the server and its workers wrote to their log."""
        return (self.data.parent / "server.log").read_text()

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """Run one of the server's commands; give what it printed."""
        done = subprocess.run(
            self._command(*arguments),
            input=stdin, capture_output=True, text=True, env=self._environment(), check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into, or tamper with, the store's database; on PostgreSQL in the same words."""
        if address := self.environment.get("DATABASE_URL"):
            with psycopg.connect(address, autocommit=True) as postgres:
                done = postgres.execute(statement.replace("?", "%s"), values)
                return done.fetchall() if done.description else []
        with (
            closing(sqlite3.connect(self.data / "store.sqlite3", timeout=30)) as database,
            database,
        ):
            return database.execute(statement, values).fetchall()

    def item(self, title: str, sku: str = "", *, active: bool = True) -> str:
        """Give the id of the item of this title, made where there is none."""
        self.sql(
            "INSERT OR IGNORE INTO store_item (title, sku, description, active, created_at)"
            " VALUES (?, ?, '', ?, '2026-01-01 00:00:00')",
            title, sku, active,
        )  # fmt: skip
        found, its = self.sql("SELECT id, sku FROM store_item WHERE title = ?", title)[0]
        assert its == sku, f"another test of this store has called {its} {title!r}"
        return str(found)

    def start(self, port: int = 0) -> None:
        """Start server and workers; return when the address is known. Port 0: a free one."""
        out, log = self.data.parent / "server.out", self.data.parent / "server.log"
        with out.open("wb") as stdout, log.open("ab") as stderr:
            self.process = subprocess.Popen(
                self._command("serve", "--port", str(port), *self._with_workers()),
                stdout=stdout, stderr=stderr, env=self._environment(),
            )  # fmt: skip
        process = self.process

        def address() -> str:
            assert process.poll() is None, f"the server ended:\n{self.log}"
            line = out.read_text().partition("\n")[0]
            return line.removeprefix("Serving on ") if line.startswith("Serving on ") else ""

        self.url = until(address, "the server's address", 60)

    def piped(self) -> subprocess.Popen[bytes]:
        """Start a second server on the same data that lives as long as its standard input."""
        process = subprocess.Popen(
            self._command("serve", "--port", "0", "--until-stdin-closes"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment(),
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Serving on ")
        process.stdout.close()
        return process

    def stop(self) -> None:
        """End it as a system would, and see that nothing of it is left."""
        process, self.process = self.process, None
        if process is None:
            return
        family = [process.pid, *children(process.pid)]
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail("the server didn't end when asked to")
        assert code == 0, self.log
        until(lambda: not [pid for pid in family if alive(pid)], "the end of all its processes")

    def worker_pids(self) -> list[int]:
        """Give the worker processes that run now."""
        return children(self.process.pid) if self.process else []

    @contextmanager
    def workers_held(self) -> Iterator[None]:
        """Let nobody process, for as long as it takes."""
        pids = self.worker_pids()
        assert pids
        until(lambda: self._are_held(pids), "workers that stand still")
        try:
            yield
        finally:
            _signal(pids, signal.SIGCONT)

    def _are_held(self, pids: list[int]) -> bool:
        _signal(pids, signal.SIGSTOP)
        # One that stops within a change would keep the database for itself.
        with closing(sqlite3.connect(self.data / "store.sqlite3", timeout=0.2)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                _signal(pids, signal.SIGCONT)
                return False
        return True

    def _with_workers(self) -> list[str]:
        return ["--with-worker", "-c", str(self.workers)] if self.workers else []

    def _command(self, *arguments: str) -> list[str]:
        return [
            sys.executable, "-m", "uploader.server.cli", *arguments, "--data", str(self.data),
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        ours = {
            "STORE_NAME": "Harbour & Pine",
            "STORE_STOP_SECONDS": "10",
            "STORE_RETRY_SECONDS": "0",
        }
        return {**os.environ, **ours, **self.environment}


def _make_accounts(store: Companion) -> None:
    store.manage(
        "createadmin", store.admin[0], "--name", "Ines", "--password-stdin", stdin=PASSWORD
    )
    store.manage("createuser", store.customer[0], "--customer", "--password-stdin", stdin=PASSWORD)


@cache
def _template() -> Path:
    """Make a store's data with its accounts once: two commands for each of 70 stores take long."""
    folder = tempfile.mkdtemp(prefix="store-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Companion(Path(folder) / "data")
    _make_accounts(store)
    # What a store keeps to itself isn't another's too.
    (store.data / "secret_key").unlink()
    return store.data


@contextmanager
def running(folder: Path, *, workers: int = 1, **environment: str) -> Iterator[Companion]:
    """Run a store of its own below `folder`; variables of the server's as keywords."""
    store = Companion(folder / "data", environment, workers)
    if "DATABASE_URL" in environment or store.data.exists():
        _make_accounts(store)
    else:
        shutil.copytree(_template(), store.data)
    store.start()
    try:
        yield store
    finally:
        store.stop()


@pytest.fixture(scope="session")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Companion]:
    """One store for all tests that don't mind each other's items and photos."""
    with running(tmp_path_factory.mktemp("companion")) as store:
        yield store


@pytest.fixture(scope="session")
def companion_of() -> Callable[..., Any]:
    """Give the means to run a store of one's own: ``with companion_of(folder, **variables)``."""
    return running


@pytest.fixture(scope="session")
def eventually() -> Callable[..., Any]:
    """Give the means to wait for a condition: ``eventually(condition, what, seconds)``."""
    return until


@pytest.fixture(scope="session")
def still_alive() -> Callable[[int], bool]:
    """Give the means to tell whether a process still runs."""
    return alive
