"""One look at a file: what it is, how it is recognised, and what is sent of it.

Nothing in here knows the outbox, so it may be done anywhere: in the program, or in a process of
its own, where a decoder's fault costs this photo and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Inspection, Limits
from uploader.engine.payload import Look
from uploader.engine.payload import look as look_at_bytes
from uploader.imaging.inspect import inspect

Inspect = Callable[[Path, Limits], Inspection]


class Examined(NamedTuple):
    """What was found, and what the one read of the file told; None for a refused one."""

    inspection: Inspection
    look: Look | None


class Examine(Protocol):
    """Looks at a file. Raises `FileTroubleError`, `CancelledError`."""

    def __call__(
        self, path: Path, limits: Limits, *, clean: bool, cancel: CancelToken | None = None
    ) -> Examined:
        """Look; `clean`: plan what is sent without what is private in it."""


def _inspect(path: Path, limits: Limits) -> Inspection:
    return inspect(path, limits, name=path.name)


def examine(
    path: Path,
    limits: Limits,
    *,
    clean: bool,
    cancel: CancelToken | None = None,
    look: Inspect = _inspect,
) -> Examined:
    """Inspect the file and read it once. Raises `FileTroubleError`, `CancelledError`."""
    found = look(path, limits)
    if found.refusal is not None:
        return Examined(found, None)
    return Examined(found, look_at_bytes(path, found.facts, clean=clean, cancel=cancel))
