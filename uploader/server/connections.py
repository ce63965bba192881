"""Connections of waitress that outlive answers without a body: one serves a whole upload."""

from __future__ import annotations

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
    """One connection."""

    task_class = _Task
