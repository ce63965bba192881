"""Which photo is asked next, and for which others an answer may count too."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path

from uploader.domain.names import without_counters, words
from uploader.domain.photos import Photo
from uploader.ui.status import asks_for_item


class Scope(Enum):
    """For which photos a choice is."""

    ONE = auto()
    STEM = auto()
    """All whose names are the same but for their counters."""
    FOLDER = auto()
    """All of the same folder."""


class Round:
    """One go through the photos that have no item, in the order added.

    `photos` gives all of the list by id, in that order. What was answered isn't asked again,
    though the desk tells of it only later; what was skipped isn't before the next round.
    """

    def __init__(self, photos: Callable[[], Mapping[int, Photo]]) -> None:
        self._photos = photos
        self.answered: set[int] = set()
        self.skipped: set[int] = set()
        self._way: list[int] = []
        self.is_prepared = False
        self._keys: dict[int, tuple[Path, str, str]] = {}
        self.current: Photo | None = None

    @property
    def asking(self) -> list[Photo]:
        """All photos that still wait for an answer."""
        return [photo for photo in self._photos().values() if self._is_open(photo)]

    @property
    def place(self) -> tuple[int, int]:
        """The current photo's number among all of this round, and how many these are."""
        left = [photo.id for photo in self.asking if photo.id not in self.skipped]
        done = len(self.answered) + len(self.skipped)
        return done + 1, done + len(left)

    def begin(self, photo_id: int | None = None) -> None:
        """Go to this photo if it asks for an item, else to the first one that does."""
        self.skipped.clear()
        self.answered.clear()
        photo = self._photos().get(photo_id or 0)
        self.current = photo if photo is not None and self._is_open(photo) else None
        if self.current is None:
            self._go_on(0)

    def in_scope(self, scope: Scope) -> list[Photo]:
        """Give the current photo and those that `scope` adds to it."""
        now = self.current
        if now is None:
            return []
        if scope is Scope.ONE:
            return [now]
        key, wanted = self._key(now), 1 if scope is Scope.STEM else 2
        others = [p for p in self.asking if self._key(p)[wanted] == key[wanted] and p.id != now.id]
        return [now, *others]

    def prepare(self, most: int) -> bool:
        """Look at the names of some more photos, at most `most`; tell whether all are known.

        Of 10,000 at once the window would stand still for a moment.
        """
        new = (photo for photo in self._photos().values() if photo.id not in self._keys)
        for photo in itertools.islice(new, most):
            self._key(photo)
        self.is_prepared = next(new, None) is None
        return self.is_prepared

    def scopes(self) -> list[tuple[Scope, int]]:
        """Give the scopes that differ, the smallest first, and their numbers of photos.

        One photo alone until `prepare` is through.
        """
        if self.current is not None and not self.is_prepared:
            return [(Scope.ONE, 1)]
        found: list[tuple[Scope, int]] = []
        for scope in Scope:
            count = len(self.in_scope(scope))
            if not found or count > found[-1][1]:
                found.append((scope, count))
        return found

    def answer(self, photos: Sequence[Photo]) -> None:
        """Count these as answered and go on."""
        ids = {photo.id for photo in photos}
        self.answered |= ids
        self.skipped -= ids
        self._leave()

    def skip(self) -> None:
        """Leave the current photo as it is and go on."""
        if self.current is not None:
            self.skipped.add(self.current.id)
        self._leave()

    def back(self) -> None:
        """Go back to the photo before, whatever was answered there."""
        photos = self._photos()
        while self._way:
            photo = photos.get(self._way.pop())
            if photo is not None:
                self.answered.discard(photo.id)
                self.skipped.discard(photo.id)
                self.current = photo
                return

    @property
    def can_go_back(self) -> bool:
        """Whether there was one before."""
        return bool(self._way)

    def refresh(self) -> None:
        """Take the current photo as it is now; go on where it has left the list."""
        if self.current is not None:
            now = self._photos().get(self.current.id)
            if now is None:
                self._go_on(self.current.id)
            else:
                self.current = now
        elif self.asking and not self.skipped:
            self._go_on(0)

    def _key(self, photo: Photo) -> tuple[Path, str, str]:
        """Give the file with its stem and folder: made once for each, as there are thousands."""
        known = self._keys.get(photo.id)
        if known is None or (known[0] is not photo.path and known[0] != photo.path):
            folder, _, _name = str(photo.path).rpartition(os.sep)
            known = self._keys[photo.id] = (photo.path, stem_of(photo), folder)
        return known

    def _leave(self) -> None:
        if self.current is not None:
            self._way.append(self.current.id)
            self._go_on(self.current.id)

    def _go_on(self, after: int) -> None:
        left = [photo for photo in self.asking if photo.id not in self.skipped]
        later = [photo for photo in left if photo.id > after]
        self.current = next(iter(later or left), None)

    def _is_open(self, photo: Photo) -> bool:
        return asks_for_item(photo) and photo.id not in self.answered


def stem_of(photo: Photo) -> str:
    """Give a name's words without its counters: ``harbour-mug_2.jpg`` → ``harbour mug``."""
    return without_counters(words(photo.path.stem))
