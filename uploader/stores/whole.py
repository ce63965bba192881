"""Answers whose head is whole. The standard library takes a head that breaks off for a short one.

Half a head can say anything: ``Store-Image: 8`` where the store wrote ``Store-Image: 81``.
"""

from __future__ import annotations

from http.client import HTTPResponse, IncompleteRead
from typing import Any


class WholeResponse(HTTPResponse):
    """Raises IncompleteRead where the connection ended before the head's empty line."""

    def begin(self) -> None:
        """Read the head."""
        heard = _Heard(self.fp)
        self.fp = heard  # type: ignore[assignment]
        super().begin()
        self.fp = heard.source
        if not heard.last:
            raise IncompleteRead(b"")


class _Heard:
    """Remembers the last line that was read: an empty one is the connection's end."""

    def __init__(self, source: Any) -> None:  # noqa: ANN401 - a file, or what stands for one
        self.source = source
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = self.source.readline(limit)
        return self.last

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.source, name)
