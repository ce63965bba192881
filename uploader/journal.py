"""The program's log: a file beside the outbox, for whoever has to find out what happened."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "log.txt"
BYTES = 1_000_000
KEPT = 2
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Quiet(RotatingFileHandler):
    """A log that can't be written (a full disk, no such folder) holds nobody up."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Leave the line out; there is nowhere to say so."""


@contextmanager
def journal(data: Path) -> Iterator[None]:
    """Write what the program logs to `data`/log.txt meanwhile, at most three megabytes of it.

    Passwords and tokens are never logged; photos appear by their numbers.
    """
    # Opened with the first line: a folder that takes no file costs the log, not the start.
    handler = _Quiet(data / FILE, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    ours, root = logging.getLogger("uploader"), logging.getLogger()
    level = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(level)
        handler.close()
