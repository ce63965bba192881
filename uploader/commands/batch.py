"""One batch from its files to the end, driven by the desk's signals: what scripts run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from uploader.background.desk import Desk
from uploader.background.values import Connection, Link, Progress
from uploader.domain.names import title_from
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Item

PATIENCE_MS = 300_000
"""How long a script waits while nothing gets any further: for a lost store, or for one that puts
every photo off. What is left goes out with the next run."""

UNREACHED = "The store can’t be reached. What is left goes out next time."
NO_FURTHER = "The store takes no photo at the moment. What is left goes out next time."

_BEING_LOOKED_AT = frozenset({State.ADDED, State.CHECKING})
_STAGES = {
    state: number
    for number, state in enumerate(
        (State.ADDED, State.CHECKING, State.READY, State.WAITING, State.UPLOADING,
         State.UNCERTAIN, State.PROCESSING)
    )
}  # fmt: skip
"""How far a photo has come; what isn't here has come to an end."""
_ON_ITS_WAY = frozenset({State.WAITING, State.UPLOADING, State.UNCERTAIN, State.PROCESSING})


@dataclass(frozen=True, slots=True)
class Rules:
    """What a batch does with photos that don't say where they belong."""

    new_items: bool = True
    """A photo that fits no item makes one, named after its file."""
    guess_never: bool = True
    """A photo that fits several is left out; False: it makes an item too."""


class Batch(QObject):
    """Adds files, queues what can be sent and waits until nothing moves any more.

    Signals: `ended()`, once; `sentence` then says why it ended early, or is empty. `passed_over`
    are lines about files named that are no photos, and folders that can't be opened.
    """

    ended = Signal()

    def __init__(self, desk: Desk, paths: Sequence[Path], rules: Rules) -> None:
        super().__init__(desk)
        self._desk = desk
        self._paths = [path.absolute() for path in paths]
        self._roots = frozenset(self._paths)
        self._rules = rules
        self._begun = False
        self._online = False
        self._added = False
        self._over = False
        self.sentence = ""
        self.passed_over: list[str] = []
        self._mine: dict[int, Photo] = {}
        self._looked_at: set[int] = set()
        self._moving: set[int] = set()
        self._fresh: set[int] = set()
        self._asked: set[int] = set()
        self._started = time.monotonic()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.end(NO_FURTHER if self._online else UNREACHED))
        self._furthest: dict[int, tuple[int, int]] = {}
        self._patience.start()
        desk.catalogue_loaded.connect(self._begin)
        desk.passed_over.connect(self._on_passed_over)
        desk.added.connect(self._on_added)
        desk.reset.connect(self._on_reset)
        desk.removed.connect(self._forget)
        desk.changed.connect(self._look)
        desk.progressed.connect(self._on_progress)
        desk.connection_changed.connect(self._on_connection)
        desk.sign_in_failed.connect(lambda _, title, detail: self.end(f"{title}. {detail}"))
        desk.failed.connect(lambda title, detail: self.end(f"{title}. {detail}"))

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._over

    @property
    def begun(self) -> bool:
        """Whether the store was reached and files were added."""
        return self._begun

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self._started

    def photos(self) -> list[Photo]:
        """Give the photos of this batch: those that lie under its paths."""
        return [self._mine[photo_id] for photo_id in sorted(self._mine)]

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._desk.add(self._paths)

    def _on_passed_over(self, strangers: list[Path], shut: list[Path]) -> None:
        self.passed_over += [f"{path}: This is not a photo." for path in strangers]
        self.passed_over += [f"{path}: It can’t be opened." for path in shut]

    def _on_added(self) -> None:
        self._added = True
        self._look()

    def _on_connection(self, connection: Connection) -> None:
        self._online = connection.link is Link.ONLINE
        if connection.link is Link.SIGNED_OUT and (connection.title or self._begun):
            self.end(f"{connection.title or 'Signed out'}. {connection.detail}")

    def _on_reset(self, photos: list[Photo]) -> None:
        self._forget(list(self._mine))
        self._look(photos)

    def _look(self, changed: Iterable[Photo] = ()) -> None:
        """Go on by what has changed alone: a batch may hold tens of thousands."""
        for photo in changed:
            if photo.path in self._roots or not self._roots.isdisjoint(photo.path.parents):
                self._note(photo)
        if not self._added or self._over or self._looked_at:
            return
        ready = [self._mine[photo_id] for photo_id in sorted(self._fresh)]
        self._asked |= self._fresh
        self._fresh.clear()
        self._make_items(ready)
        if ready:
            self._desk.upload([photo.id for photo in ready])
        if not self._moving:
            self.end("")

    def _note(self, photo: Photo) -> None:
        self._forget([photo.id])
        self._mine[photo.id] = photo
        self._gets_further(photo.id, (_STAGES.get(photo.state, len(_STAGES)), 0))
        if photo.state in _BEING_LOOKED_AT:
            self._looked_at.add(photo.id)
        if photo.state in _ON_ITS_WAY or self._will_go(photo):
            self._moving.add(photo.id)
        if photo.state is State.READY and photo.id not in self._asked:
            self._fresh.add(photo.id)

    def _on_progress(self, moving: dict[int, Progress]) -> None:
        for photo_id, now in moving.items():
            if photo_id in self._mine:
                self._gets_further(photo_id, (_STAGES[State.UPLOADING], now.sent))

    def _gets_further(self, photo_id: int, stage: tuple[int, int]) -> None:
        """Be patient anew; a photo that comes only as far as before doesn't count."""
        if stage > self._furthest.get(photo_id, (-1, 0)):
            self._furthest[photo_id] = stage
            if not self._over:
                self._patience.start()

    def _forget(self, ids: Iterable[int]) -> None:
        for photo_id in ids:
            self._mine.pop(photo_id, None)
            for standing in (self._looked_at, self._moving, self._fresh):
                standing.discard(photo_id)

    def _make_items(self, ready: Sequence[Photo]) -> None:
        by_title: dict[str, list[int]] = defaultdict(list)
        for photo in ready:
            if photo.item is None and self._may_make(photo):
                by_title[title_from(photo.path)].append(photo.id)
        for title, ids in by_title.items():
            self._desk.choose_item(ids, Item("", title))

    def _may_make(self, photo: Photo) -> bool:
        if photo.candidates and self._rules.guess_never:
            return False
        return self._rules.new_items

    def _will_go(self, photo: Photo) -> bool:
        """Whether it is asked for, but the answer hasn't come yet."""
        return photo.state is State.READY and (photo.item is not None or self._may_make(photo))

    def end(self, sentence: str) -> None:
        """End it; `sentence` says why if it is early."""
        if not self._over:
            self._over = True
            self.sentence = sentence.strip()
            self._patience.stop()
            self.ended.emit()
