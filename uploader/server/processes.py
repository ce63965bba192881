"""Worker processes as children: started, replaced when they die, ended with their parent."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

log = logging.getLogger(__name__)

_LOOK = 0.2
_PATIENCE = 10.0
"""Seconds that a worker has to finish its job when told to end."""
_SHORTEST_LIFE = 5.0
"""A worker that dies younger than this makes its successor wait a little."""


class Workers:
    """A number of worker processes, looked after by a thread while the block runs.

    Each child holds the reading end of a pipe as its standard input. However this process
    ends, the system closes the other end, and the child ends too.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._ending = threading.Event()
        self._children: list[tuple[subprocess.Popen[bytes], float]] = []
        self._keeper = threading.Thread(target=self._keep, name="workers")

    def __enter__(self) -> Workers:
        """Start them all."""
        self._children = [_start() for _ in range(self._count)]
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End them all; who doesn't hear is killed, and the sweeper takes up its job."""
        self._ending.set()
        self._keeper.join()
        for child, _since in self._children:
            child.terminate()
        until = time.monotonic() + _PATIENCE
        for child, _since in self._children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            _close(child)

    def wait(self) -> None:
        """Block until interrupted."""
        self._ending.wait()

    def _keep(self) -> None:
        while not self._ending.wait(_LOOK):
            for place, (child, since) in enumerate(self._children):
                if child.poll() is None:
                    continue
                log.warning(
                    "worker %s ended with %s; starting another", child.pid, child.returncode
                )
                _close(child)
                young = time.monotonic() - since < _SHORTEST_LIFE
                if self._ending.wait(1.0 if young else 0.0):
                    return
                self._children[place] = _start()


def end_with_parent() -> None:
    """Watch standard input, and tell this process to end once it closes."""
    threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _start() -> tuple[subprocess.Popen[bytes], float]:
    command: Sequence[str] = [
        sys.executable, "-m", "uploader.server.cli", "work", "--until-stdin-closes",
    ]  # fmt: skip
    # A worker's words go to the log; standard output is for the address alone.
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603
    return child, time.monotonic()


def _close(child: subprocess.Popen[bytes]) -> None:
    if child.stdin:
        child.stdin.close()
