"""Previews for the list and the inspector: asked for by what is visible, made in the darkroom."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from uploader.background.bitmaps import BitmapCache, Bitmaps, Key
from uploader.background.darkroom.client import DarkroomError, Developer, Here
from uploader.background.darkroom.jobs import Develop
from uploader.background.lanes import Lanes
from uploader.background.values import Bitmap
from uploader.domain.errors import CancelledError
from uploader.domain.findings import Limits
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.styles import DEFAULT_STYLES, Style

log = logging.getLogger(__name__)

CACHE_BYTES = 48_000_000
"""About 250 photos with both styles; what goes is on the shelf, 2 ms away."""
LARGE = Style("large", "1600x800>")
LARGE_BYTES = 24_000_000
WORKERS = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """One photo to render, in which styles."""

    key: Key
    photo: Photo
    styles: tuple[Style, ...]

    @property
    def is_large(self) -> bool:
        """Whether it is the inspector's."""
        return self.styles == (LARGE,)


class Previews(QObject):
    """A bounded cache of rendered styles, filled by `developer`. Lives on the UI thread.

    Signals: `ready(int)`, a photo's id whose bitmaps have arrived; `large_ready(int)`, the
    same for the inspector's large picture; `unread(list[int])`, wanted photos that nobody has
    looked at yet, so that nothing can be rendered of them.
    """

    ready = Signal(int)
    large_ready = Signal(int)
    unread = Signal(object)
    _made = Signal(object)

    def __init__(self, parent: QObject | None = None, developer: Developer | None = None) -> None:
        super().__init__(parent)
        self._developer: Developer = developer or Here()
        self._styles: tuple[Style, ...] = DEFAULT_STYLES
        self._limits = Limits()
        self._small = BitmapCache(CACHE_BYTES)
        self._large = BitmapCache(LARGE_BYTES)
        self._lock = threading.Lock()
        self._cold = False
        self._wishes: OrderedDict[Key, Wish] = OrderedDict()
        self._being_made: set[Key] = set()
        self._lanes = Lanes(WORKERS, self._make_next)
        self._made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)

    def use(self, styles: tuple[Style, ...], limits: Limits) -> None:
        """Preview what this store declares."""
        self._styles, self._limits = styles, limits

    def warm(self) -> None:
        """Have all that rendering needs loaded before the first photo comes."""
        self._cold = True
        self._lanes.wake()

    def want(self, photos: Sequence[Photo]) -> None:
        """Say what is visible now, most urgent first; older wishes not begun are dropped."""
        unread = [photo.id for photo in photos if photo.state is State.ADDED]
        if unread:
            self.unread.emit(unread)
        wishes = [Wish(self._key(photo), photo, self._styles) for photo in photos]
        with self._lock:
            # The inspector's picture is what the person looks at: it stays first.
            kept = [wish for wish in self._wishes.values() if wish.is_large]
            self._set_wishes(kept + [wish for wish in wishes if self._open(wish)])
        self._lanes.wake()

    def bitmap(self, photo: Photo, style: str) -> Bitmap | None:
        """Give a rendered style if it is there; never blocks, never renders."""
        return (self._small.get(self._key(photo)) or {}).get(style)

    def want_large(self, photo: Photo) -> None:
        """Ask for the whole photo, upright, fitted into 1600 × 800 pixels."""
        wish = Wish(_large_key(photo), photo, (LARGE,))
        with self._lock:
            if not self._open(wish):
                return
            kept = [other for other in self._wishes.values() if not other.is_large]
            self._set_wishes([wish, *kept])
        self._lanes.wake()

    def large(self, photo: Photo) -> Bitmap | None:
        """Give the large picture if it is there."""
        return (self._large.get(_large_key(photo)) or {}).get(LARGE.name)

    @property
    def idle(self) -> bool:
        """Whether every wish has been fulfilled."""
        with self._lock:
            return not self._wishes and not self._being_made

    def close(self) -> None:
        """Drop all wishes and wait for the workers to end (they end soon)."""
        with self._lock:
            self._wishes.clear()
        self._lanes.close()

    def _key(self, photo: Photo) -> Key:
        return (photo.id, photo.path, photo.fingerprint, photo.focus, photo.edits, self._styles)

    def _cache(self, wish: Wish) -> BitmapCache:
        return self._large if wish.is_large else self._small

    def _open(self, wish: Wish) -> bool:
        """Whether a wish is still to be fulfilled. The lock is held."""
        return (
            wish.photo.facts is not None
            and wish.photo.state is not State.REFUSED
            and wish.key not in self._being_made
            and self._cache(wish).get(wish.key) is None
        )

    def _set_wishes(self, wishes: Sequence[Wish]) -> None:
        self._wishes = OrderedDict((wish.key, wish) for wish in wishes)

    def _make_next(self) -> bool:
        if self._cold:
            self._cold = False
            self._developer.warm()
        with self._lock:
            if not self._wishes:
                return False
            key, wish = self._wishes.popitem(last=False)
            self._being_made.add(key)
        try:
            self._cache(wish).put(key, self._made_of(wish))
        finally:
            with self._lock:
                self._being_made.discard(key)
        self._made.emit(wish)
        return True

    def _made_of(self, wish: Wish) -> Bitmaps:
        """Wait for a photo's bitmaps; one that can't be rendered has none."""
        job = Develop(wish.photo, wish.styles, self._limits, kept=not wish.is_large)
        try:
            return self._developer.do(job, first=True)
        except CancelledError:
            return {}
        except DarkroomError as error:
            log.warning("no preview of photo %d: %s", wish.photo.id, error)
            return {}

    def _on_made(self, wish: Wish) -> None:
        (self.large_ready if wish.is_large else self.ready).emit(wish.photo.id)


def _large_key(photo: Photo) -> Key:
    return (photo.id, photo.path, photo.fingerprint, photo.edits)
