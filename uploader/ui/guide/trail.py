"""Where the reader has been: back and forward, as in a browser."""

from __future__ import annotations

from typing import NamedTuple

from uploader.ui.guide.pages import START


class Place(NamedTuple):
    """A page and a heading in it; no heading is its beginning."""

    page: str = START
    anchor: str = ""

    @classmethod
    def of(cls, link: str, page: str = START) -> Place:
        """Read a link as pages have them: ``matching.md#rules``, or ``#rules`` on `page`."""
        name, _, anchor = link.partition("#")
        return cls(name or page, anchor)


class Trail:
    """Never empty; going somewhere forgets what was ahead."""

    def __init__(self, start: Place) -> None:
        self._places, self._at = [start], 0

    @property
    def here(self) -> Place:
        """Where the reader is."""
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is something behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something ahead."""
        return self._at < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Go on to another place."""
        if place != self.here:
            self._at += 1
            self._places[self._at :] = [place]

    def back(self) -> Place:
        """Go back by one, if there is one."""
        self._at = max(0, self._at - 1)
        return self.here

    def forward(self) -> Place:
        """Go forward by one, if there is one."""
        self._at = min(len(self._places) - 1, self._at + 1)
        return self.here
