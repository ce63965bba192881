"""Photos that go out by themselves as soon as they are ready: the setting *upload at once*."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from uploader.domain.photos import Photo
from uploader.domain.states import State

_BEING_LOOKED_AT = frozenset({State.ADDED, State.CHECKING})


class AtOnce:
    """Remembers what was added while it is on; what was ready before waits for the person.

    A photo without an item goes once it gets one. Thread-safe.
    """

    def __init__(self) -> None:
        self.on = False
        self._lock = threading.Lock()
        self._added: set[int] = set()

    def heard(self, photos: Sequence[Photo]) -> list[int]:
        """Tell which of these changed photos are to be sent now."""
        if not self.on and not self._added:
            return []
        ready: list[int] = []
        with self._lock:
            for photo in photos:
                if photo.state in _BEING_LOOKED_AT and self.on:
                    self._added.add(photo.id)
                elif photo.state is State.READY and photo.item is None:
                    continue
                elif photo.id in self._added:
                    self._added.discard(photo.id)
                    if self.on and photo.state is State.READY:
                        ready.append(photo.id)
        return ready
