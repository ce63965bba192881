"""A screen for benchmarks: the one there is, else an Xvfb of our own; and who goes first."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Give the environment for a program with a window."""
    if os.environ.get("DISPLAY"):
        yield {"QT_QPA_PLATFORM": "xcb"}
        return
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    with xvfb("1600x1200x24") as number:
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def xvfb(size: str, *more: str) -> Iterator[str]:
    """Run a screen of our own; give its number. `size` is in pixels and bits: ``800x600x24``."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp",
         # Else it turns away who comes just as the last one goes.
         "-noreset", *more],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield number.readline().strip()
    finally:
        server.terminate()
        server.wait()


@contextmanager
def giving_way(manager: AbstractContextManager[T]) -> Iterator[T]:
    """Enter `manager` so that the processes it starts leave the processors to us.

    The store of a benchmark is in life another machine. On Linux each thread has a priority of
    its own, which its children inherit.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)).result()
        entered = pool.submit(manager.__enter__).result()
        try:
            yield entered
        finally:
            pool.submit(manager.__exit__, None, None, None).result()
