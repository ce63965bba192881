"""Counts over the list, kept up to date change by change: never a walk over 10,000 photos."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from uploader.background.values import Totals
from uploader.domain.photos import Photo
from uploader.domain.states import State

TO_SEND = frozenset({State.WAITING, State.UPLOADING, State.UNCERTAIN})


class Tally:
    """Photos by state, and the bytes still to send. Lives on one thread."""

    def __init__(self) -> None:
        self._photos: dict[int, Photo] = {}
        self._states: Counter[State] = Counter()
        self._bytes_to_go = 0

    def photo(self, photo_id: int) -> Photo | None:
        """Give a photo as it was counted last."""
        return self._photos.get(photo_id)

    def photos(self) -> list[Photo]:
        """Give all photos, in the order added."""
        return sorted(self._photos.values(), key=attrgetter("id"))

    def count(self, photo: Photo) -> None:
        """Take a new or changed photo into account."""
        self.forget(photo.id)
        self._photos[photo.id] = photo
        self._states[photo.state] += 1
        self._bytes_to_go += _to_go(photo)

    def forget(self, photo_id: int) -> None:
        """Take a photo out; one that isn't there is fine."""
        if (old := self._photos.pop(photo_id, None)) is not None:
            self._states[old.state] -= 1
            self._bytes_to_go -= _to_go(old)

    def clear(self) -> None:
        """Start anew."""
        self._photos.clear()
        self._states.clear()
        self._bytes_to_go = 0

    def totals(self, under_way: dict[int, int], rate: float) -> Totals:
        """Sum up. `under_way` holds the bytes sent so far of photos being sent, by id."""
        sent = sum(
            count - photo.sent
            for photo_id, count in under_way.items()
            if (photo := self._photos.get(photo_id)) and photo.state is State.UPLOADING
        )
        to_go = max(0, self._bytes_to_go - sent)
        return Totals(
            live=self._states[State.LIVE] + self._states[State.ALREADY],
            photos=len(self._photos) - self._states[State.CANCELLED],
            bytes_to_go=to_go,
            rate=rate,
            seconds_left=to_go / rate if rate > 0 and to_go else None,
            waiting=sum(self._states[state] for state in TO_SEND),
        )


def _to_go(photo: Photo) -> int:
    return max(0, photo.size - photo.sent) if photo.state in TO_SEND else 0
