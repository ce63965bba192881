"""What is remembered of asking for newer versions, in a small file of its own.

Not in the outbox: what was seen of signed manifests outlives a damaged list of photos.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from uploader.domain.updates import Memory

log = logging.getLogger(__name__)

_TIMES = ("asked", "next_ask", "issued", "answered", "warned")


class UpdateMemory:
    """For one worker at a time. A disk that takes nothing costs the memory, not the answer."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._memory: Memory | None = None

    def recall(self) -> Memory:
        """Give what is remembered; what makes no sense is as if it had never been."""
        if self._memory is None:
            self._memory = self._read()
        return self._memory

    def keep(self, memory: Memory) -> None:
        """Remember it, also over a restart."""
        self._memory = memory
        fresh = self._file.with_name(f"{self._file.name}.new")
        try:
            fresh.write_text(json.dumps(asdict(memory)), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            log.warning("what is known of newer versions isn't kept: %s", error.strerror)

    def _read(self) -> Memory:
        try:
            return _memory(json.loads(self._file.read_text("utf-8")))
        except FileNotFoundError:
            return Memory()
        except (OSError, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
            log.warning("what is known of newer versions can't be read")
            return Memory()


def _memory(fields: dict[str, Any]) -> Memory:
    times = {name: float(fields.get(name, 0)) for name in _TIMES}
    if not all(map(math.isfinite, times.values())):
        raise ValueError("no times")
    skipped, serial = str(fields.get("skipped", "")), int(fields.get("serial", 0))
    return Memory(skipped=skipped, serial=serial, **times)
