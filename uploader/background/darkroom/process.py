"""The child process itself: how it is started, spoken to and ended."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import uploader
from uploader.background.darkroom import wire
from uploader.background.darkroom.jobs import Job
from uploader.background.darkroom.wire import Frame, WireError

COMMAND = "darkroom"
"""The word of the command line that `uploader.cli` knows it by."""
_PIPE = 1 << 20
"""Bytes that fit into the answers' pipe where that can be chosen: both previews of a photo at
once, so that the program is woken once for them."""


def usual_command() -> list[str]:
    """Give what starts a process of ours: the frozen program itself, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND]
    # -P: the folder that the program was started in may hold anything.
    return [sys.executable, "-P", "-m", "uploader", COMMAND]


class Process:
    """A running child. One job at a time; `kill` may be called from anywhere."""

    def __init__(self, shelf: Path | None, command: Sequence[str]) -> None:
        """Start it. Raises OSError."""
        self._child = subprocess.Popen(  # noqa: S603 - our own command
            [*(command or usual_command()), str(shelf) if shelf is not None else ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Decoders print their doubts about files there.
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=_flags(),
        )
        _widen(self._answers)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid

    @property
    def _asked(self) -> IO[bytes]:
        assert self._child.stdin is not None
        return self._child.stdin

    @property
    def _answers(self) -> IO[bytes]:
        assert self._child.stdout is not None
        return self._child.stdout

    def greet(self) -> None:
        """Wait until it is ready. Raises EOFError, `WireError`."""
        if wire.read(self._answers).head != {"ready": True}:  # type: ignore[arg-type]
            raise WireError("not ours")

    def ask(self, job: Job[Any]) -> Frame:
        """Have a job done. Raises OSError, EOFError or `WireError` where it ends or rambles."""
        wire.write(self._asked, Frame({}, (pickle.dumps(job),)))  # type: ignore[arg-type]
        return wire.read(self._answers)  # type: ignore[arg-type]

    def kill(self) -> None:
        """Have it end at once; who waits for its answer is told so."""
        with contextlib.suppress(OSError):
            self._child.kill()

    def discard(self) -> None:
        """End it and let go of it. Only where nobody waits for an answer."""
        self.kill()
        self._child.wait()
        for pipe in (self._asked, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()


def _environment() -> dict[str, str]:
    """Let it find this very package, also where that isn't installed."""
    if getattr(sys, "frozen", False):
        # Else it takes the loader's path for set (PyInstaller's start hands on that it is), which
        # our own start has taken back: libraries of the bundle would be found only by luck.
        return {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    here = Path(uploader.__file__).parent.parent
    if here.name in {"site-packages", "dist-packages"}:
        return dict(os.environ)
    paths = [str(here), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _flags() -> int:
    """Without a console, and behind the window."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _widen(pipe: IO[bytes]) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
