"""Real PostgreSQL and Redis as servers to be thrown away, each on a free port of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_PATIENCE = 60.0
_OTHER = "nobody"
"""Who PostgreSQL runs as where the tests run as root: it refuses that."""


class Service:
    """A server on this machine: started, killed, and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; return once it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + _PATIENCE
        while not self.answers():
            said = (self.folder / "log").read_text(errors="replace")[-2000:]
            assert self.process.poll() is None, f"it ended: {said}"
            assert time.monotonic() < until, f"it never answered: {said}"
            threading.Event().wait(0.05)

    def kill(self) -> None:
        """SIGKILL it and all that it started, at once."""
        process, self.process = self.process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def answers(self) -> bool:
        """Tell whether it takes questions."""
        raise NotImplementedError

    def _command(self) -> list[str]:
        raise NotImplementedError


class Postgres(Service):
    """PostgreSQL with one empty database; `url` is its DATABASE_URL."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.url = f"postgres://store@127.0.0.1:{self.port}/postgres"
        self._bin = _postgres_programs()
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(_OTHER).pw_uid, pwd.getpwnam(_OTHER).pw_gid)
        made = subprocess.run(
            [*_as_other(), self._bin / "initdb", "-D", folder / "data", "-U", "store",
             "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
            capture_output=True, text=True, check=False, cwd=folder,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    def answers(self) -> bool:
        asked = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False, cwd=self.folder).returncode == 0

    def kill(self) -> None:
        """SIGKILL the server; its children are in its session, but in groups of their own."""
        process = self.process
        family = _descendants(process.pid) if process else []
        super().kill()
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _command(self) -> list[str]:
        options = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
            "max_connections": 200, "shared_buffers": "16MB",
        }  # fmt: skip
        given = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        return [*_as_other(), str(self._bin / "postgres"), "-D", str(self.folder / "data"), *given]


class Redis(Service):
    """Redis; `url` is its REDIS_URL. What it holds is on disk only where `kept`."""

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        super().__init__(folder)
        self.kept = kept
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as wire:
                wire.sendall(b"PING\r\n")
                return wire.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def _command(self) -> list[str]:
        return [
            shutil.which("redis-server") or "redis-server", "--port", str(self.port),
            "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder),
            *(["--appendonly", "yes", "--appendfsync", "always"] if self.kept else []),
        ]  # fmt: skip


@contextlib.contextmanager
def running(make: Callable[[Path], Service]) -> Iterator[Service]:
    """Run a service in a folder of its own, readable for whoever it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="store-service-"))
    service = None
    try:
        service = make(folder)
        service.start()
        yield service
    finally:
        if service is not None:
            service.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the test's own."""
    with running(Postgres) as service:
        yield service  # type: ignore[misc]


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis of the test's own that forgets all when it is killed."""
    with running(Redis) as service:
        yield service  # type: ignore[misc]


def _postgres_programs() -> Path:
    """Find Debian's newest, or whatever is on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: p.parts[-3])
    on_path = shutil.which("postgres")
    assert found or on_path, "PostgreSQL is needed: tools/apt.txt"
    return found[-1].parent if found else Path(on_path or "").parent


def _as_other() -> list[str]:
    if os.geteuid() != 0:
        return []
    entry = pwd.getpwnam(_OTHER)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
