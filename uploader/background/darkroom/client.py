"""The darkroom, seen from the program: one job at a time, in a process that may die over it."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from uploader.background.darkroom.jobs import NONSENSE, Job
from uploader.background.darkroom.wire import Frame, WireError
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError

if TYPE_CHECKING:
    from uploader.background.darkroom.process import Process

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 2
"""A process that was ended from outside costs nothing; one that ends twice over a job, the job."""


class DarkroomError(Exception):
    """The job can't be done: decoding it ends the process, or it answers nonsense."""


class Developer(Protocol):
    """Does jobs."""

    def warm(self) -> None:
        """Be ready before the first job. Blocks for as long as that takes."""

    def do(self, job: Job[T], *, first: bool = False, cancel: CancelToken | None = None) -> T:
        """Do one and wait for it. Raises `DarkroomError`, and what the job's `read` raises."""


class Here:
    """Does jobs in the thread that asks: for scripts, and where no process can be had."""

    def warm(self) -> None:
        """Do nothing: what it needs comes with the first job."""

    def do(self, job: Job[T], *, first: bool = False, cancel: CancelToken | None = None) -> T:
        """Do one. Raises as `Developer`."""
        del first
        if cancel is not None:
            cancel.check()
        return job.read(job.do(None))


class Darkroom:
    """One child process, started when it is needed and again when it has died. Thread-safe.

    `shelf` is the folder of finished previews, `command` what starts the process. Jobs block:
    call from workers. After `close` all raise `CancelledError`.
    """

    def __init__(self, shelf: Path | None = None, command: Sequence[str] = ()) -> None:
        self._shelf, self._command = shelf, command
        self._process: Process | None = None
        self._changed = threading.Condition()
        self._busy = False
        self._first = 0
        self._closed = False
        self._here, self._hopeless = Here(), False

    def warm(self) -> None:
        """Start the process. Blocks until it is ready."""
        with contextlib.suppress(CancelledError), self._turn(first=False):
            self._there()

    def do(self, job: Job[T], *, first: bool = False, cancel: CancelToken | None = None) -> T:
        """Do a job; one that is `first` goes before those that wait. Raises as `Developer`.

        A `cancel` token that is cancelled while the job is done ends the process with it.
        """
        for _ in range(TRIES):
            with self._turn(first=first), (cancel or CancelToken()).interrupting(self._kill):
                process = self._there()
                if process is None:
                    break
                try:
                    return job.read(_checked(process.ask(job)))
                except (OSError, EOFError, WireError, *NONSENSE) as error:
                    self._discard()
                    if self._closed or (cancel is not None and cancel.cancelled):
                        raise CancelledError from error
                    log.warning("the darkroom ended over a job: %r", error)
        else:
            raise DarkroomError("the darkroom ends over this job")
        return self._here.do(job, cancel=cancel)

    @property
    def pid(self) -> int | None:
        """The process's number; None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._kill()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)
        self._discard()

    @contextlib.contextmanager
    def _turn(self, *, first: bool) -> Iterator[None]:
        """Wait for the process; who is `first` passes by the others."""
        with self._changed:
            self._first += first
            try:
                self._changed.wait_for(
                    lambda: self._closed or (not self._busy and (first or not self._first))
                )
            finally:
                self._first -= first
            if self._closed:
                raise CancelledError
            self._busy = True
        try:
            yield
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _there(self) -> Process | None:
        """Give the process, started if need be; None where none can be had on this machine."""
        # Imported here: `subprocess` isn't needed before the first paint.
        from uploader.background.darkroom.process import Process  # noqa: PLC0415

        for _ in range(0 if self._process or self._hopeless else TRIES):
            try:
                self._process = Process(self._shelf, self._command)
                self._process.greet()
            except (OSError, EOFError, WireError) as error:
                self._discard()
                if self._closed:
                    raise CancelledError from error
                log.warning("the darkroom can't be opened: %r", error)
            else:
                break
        # Pictures are decoded in the program then.
        self._hopeless = self._process is None
        return self._process

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.discard()


def _checked(frame: Frame) -> Frame:
    """Pass an answer on. Raises RuntimeError for a bug of ours, MemoryError for what it says."""
    failed = frame.head.get("failed")
    if failed == "MemoryError":
        raise MemoryError
    if failed is not None:
        raise RuntimeError(f"in the darkroom: {failed}")
    return frame
