"""What drills do to processes from outside: kill them, cramp their disk, set their clock."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
LIBFAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def reserve_port() -> socket.socket:
    """Take a port of 127.0.0.1 that stays ours while its server is dead; close it to give it back.

    Bound and never listening: others can't have it, and the server, which is allowed to use an
    address again, can.
    """
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return place


def kill(pid: int) -> bool:
    """SIGKILL a process and wait for its end; False where it wasn't alive any more."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        # A process that has ended is readable; one that hadn't dies of this, and of nothing else.
        if select.select([handle], [], [], 0)[0]:
            return False
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        assert select.select([handle], [], [], 30)[0], f"process {pid} doesn't die"
    except ProcessLookupError:
        return False
    finally:
        os.close(handle)
    return True


def limit_files(pids: Sequence[int], size: int | None) -> None:
    """Let running processes make no file longer than `size` bytes; None lifts that again."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            soft = resource.RLIM_INFINITY if size is None else size
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))


class Clock:
    """A clock of wall time for processes that were started with `environment`; it can jump."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.jump(0)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process read this clock. Its monotonic one stays the machine's."""
        paths = [str(HERE / "clocked"), os.environ.get("PYTHONPATH", "")]
        return {
            "LD_PRELOAD": str(LIBFAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        }

    def jump(self, seconds: int) -> None:
        """Show the machine's time plus `seconds` from now on."""
        draft = self._file.with_suffix(".draft")
        draft.write_text(f"{seconds:+d}\n")
        draft.replace(self._file)
