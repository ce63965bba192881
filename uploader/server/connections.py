"""Connections of waitress that outlive answers without a body, and know how long they take."""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask


class _Task(WSGITask):  # type: ignore[misc]
    """One request and its answer."""

    def set_close_on_finish(self) -> None:
        """Close after this answer, unless it has no body to tell the end of.

        waitress closes after every answer without a length; 204 and 304, which may not have
        one, end with their headers (RFC 9112, 6.3). A photo in parts needs one connection
        then, not one for each part.
        """
        wanted = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or wanted == "close":
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. `since`: when its present request, or the pause after one, began."""

    task_class = _Task
    since: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - waitress's
        self.since = time.monotonic()
        super().__init__(*args, **kwargs)

    @property
    def under_way(self) -> bool:
        """Whether a request is being answered, or so far that its body is arriving."""
        return bool(self.requests or (self.request and self.request.headers_finished))

    def received(self, data: bytes) -> bool:
        """Take bytes; those of a new request begin its time."""
        before = self.request
        taken = bool(super().received(data))
        if self.request is not before:
            self.since = time.monotonic()
        return taken

    def service(self) -> None:
        """Answer what has arrived whole; a pause begins then."""
        super().service()
        if self.request is None:
            self.since = time.monotonic()
