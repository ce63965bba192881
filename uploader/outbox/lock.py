"""One process per outbox."""

from __future__ import annotations

from pathlib import Path

from uploader import locking
from uploader.outbox.errors import OutboxInUseError


class FileLock(locking.FileLock):
    """The outbox's lock. Raises `OutboxInUseError` where another process holds it, or OSError."""

    def __init__(self, path: Path) -> None:
        try:
            super().__init__(path)
        except locking.HeldError as error:
            raise OutboxInUseError from error
