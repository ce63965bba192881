"""Following many photos with one question: what changed since a cursor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from uploader.domain.photos import Photo
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.stores import records

Ask = Callable[[int, float], records.Record]
"""Asks for one page of changes since a cursor, waiting so many seconds for the first."""


class Changes:
    """Remembers how far photos without news have been looked after.

    A photo's own `poll_address` is its cursor from the last time that it changed. Without a
    memory of what came since, the oldest photo would make every question start there again.
    The memory is only of photos about which nothing was told: news that its reader lost is
    told again, and a restart costs one longer answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._covered: dict[int, int] = {}

    def of(self, photos: Sequence[Photo], wait: float, ask: Ask) -> list[RemotePhoto]:
        """Give the news of `photos`, each with the cursor to go on from."""
        if not photos:
            return []
        with self._lock:
            covered = dict(self._covered)
        since = min(max(_cursor(p.poll_address), covered.get(p.id, 0)) for p in photos)
        latest: dict[str, RemotePhoto] = {}
        since = self._read(since, wait, ask, latest)
        changed = [p for p in photos if p.remote_id in latest]
        told = {p.id for p in changed}
        with self._lock:
            self._covered = {p.id: since for p in photos if p.id not in told}
        return [replace(latest[p.remote_id], poll_address=str(since)) for p in changed]

    def _read(self, since: int, wait: float, ask: Ask, latest: dict[str, RemotePhoto]) -> int:
        """Put all news since a cursor into `latest`, by id; tell how far they reach.

        That the store still works on a photo is no news.
        """
        # Only the first answer may lie behind the question: after a restored backup, a store
        # has never given our cursor, and begins anew.
        first = True
        while True:
            answer = ask(since, wait)
            for remote in map(records.remote_photo, records.images(answer)):
                latest.pop(remote.id, None)
                if remote.state is not RemoteState.PROCESSING:
                    latest[remote.id] = remote
            reached = _cursor(records.text(answer, "cursor"))
            # A store that says "more" without getting further would be asked for ever.
            if not answer.get("more") or (reached <= since and not first):
                return reached
            since, wait, first = reached, 0.0, False


def _cursor(text: str) -> int:
    """Read a cursor; what isn't one asks for everything, which is slow but loses nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
