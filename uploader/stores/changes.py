"""Following many photos with one question: what changed since a cursor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from uploader.domain.photos import Photo
from uploader.domain.stores import RemotePhoto
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
        latest: dict[str, records.Record] = {}
        # Only the first answer may lie behind the question: after a restored backup, a store
        # has never given our cursor, and begins anew.
        first = True
        while True:
            answer = ask(since, wait)
            for image in records.images(answer):
                latest[records.text(image, "id")] = image
            reached = _cursor(records.text(answer, "cursor"))
            # A store that says "more" without getting further would be asked for ever.
            if not answer.get("more") or (reached <= since and not first):
                break
            since, wait, first = reached, 0.0, False
        changed = [p for p in photos if p.remote_id in latest]
        told = {p.id for p in changed}
        with self._lock:
            self._covered = {p.id: reached for p in photos if p.id not in told}
        return [records.remote_photo(latest[p.remote_id], str(reached)) for p in changed]


def _cursor(text: str) -> int:
    """Read a cursor; what isn't one asks for everything, which is slow but loses nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
