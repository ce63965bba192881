"""A desk at a real store with the breaking proxy in between, and what a person sees meanwhile."""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from check import Places, Wanted, check
from desk_person import Person
from pictures import picture, sent
from proxy import Proxy, Script
from PySide6.QtCore import QCoreApplication
from pytestqt.exceptions import TimeoutError as WaitedTooLongError
from store_process import Companion, until

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.background.values import Connection, Link
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item
from uploader.ui.status import Around
from uploader.ui.status_words import status_of

SMALL, LARGE = 60_000, 5_000_000
"""Bytes: a photo that goes in one request, and one that takes a piece of 4 MiB and a rest."""

THERE = (State.LIVE, State.ALREADY)
CHANCE = random.Random(19)

_PLAIN = re.compile(
    r"^(Checking|Ready|Uploading|Waiting$|Waiting\. Number|Live\.|Which item"
    r"|Processing\. Sent\. The store is making its crops\.$)"
)
"""Rows of a photo that nothing happens to."""
_EVERYDAY = re.compile(
    r"^(Added|Item chosen|Waits to be sent|Sending began|Sending goes on|Live\. Both"
    r"|Sent\. The store is making)"
)
"""Lines in the timeline of such a photo."""


@dataclass(frozen=True)
class Sight:
    """What was there to be read about one photo, each sentence once, in the order seen.

    `rows` stood in the photo's row, `store` where the app says how it stands with its store,
    `timeline` in the photo's timeline, `notices` in the line at the bottom.
    """

    rows: tuple[str, ...]
    store: tuple[str, ...]
    timeline: tuple[str, ...]
    notices: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every sentence."""
        return (*self.rows, *self.store, *self.timeline, *self.notices)


class Witness:
    """Writes down every change of photos and of the connection, in the threads that make them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: list[tuple[float, Photo | Connection]] = []
        self._notices: list[str] = []
        outbox = desk._crew.outbox
        heard = outbox.listener

        def listen(photos: list[Photo]) -> None:
            self._seen += [(time.time(), photo) for photo in photos]
            heard(photos)

        outbox.listener = listen
        desk._voice.connection_changed.connect(
            lambda connection: self._seen.append((time.time(), connection))
        )
        desk.noticed.connect(lambda notice: self._notices.append(_said(notice.text, notice.detail)))

    def forget(self) -> None:
        """Begin anew, knowing only how the app stands with its store."""
        self._seen = [(time.time(), self._desk.connection)]
        self._notices.clear()

    def attempts(self, photo_id: int) -> int:
        """Give the most failed tries that a photo ever had on record."""
        return max(p.attempts for _, p in self._photos(photo_id))

    def states(self, photo_id: int) -> list[State]:
        """Give the states that a photo went through."""
        states = [photo.state for _, photo in self._photos(photo_id)]
        return [s for n, s in enumerate(states) if not n or s is not states[n - 1]]

    def story(self) -> str:
        """Give all that was seen, a line for each change, with the seconds since the first."""
        lines = []
        for at, seen in tuple(self._seen):
            if isinstance(seen, Connection):
                words = f"connection {seen.link}: {seen.title}"
            else:
                problem = seen.problem.title if seen.problem else ""
                words = f"photo {seen.id} {seen.state} sent {seen.sent} of {seen.size}: {problem}"
            lines.append(f"{at - self._seen[0][0]:.2f} {words}")
        return "\n".join(lines)

    def sight(self, photo_id: int) -> Sight:
        """Give what there was to read, with nothing in it that differs from run to run."""
        rows, store = [], []
        connection, photo = Connection(), None
        for at, seen in tuple(self._seen):
            if isinstance(seen, Connection):
                connection = seen
                if seen.link in (Link.OFFLINE, Link.SIGNED_OUT):
                    store.append(_said(seen.title, seen.detail))
            elif seen.id == photo_id:
                photo = seen
            if photo is not None:
                around = Around(connection, self._desk.capabilities, at)
                status = status_of(photo, around)
                rows.append(_said(status.words, status.detail))
        events = reversed(self._desk._crew.outbox.events(photo_id))
        return Sight(
            _distinct(row for row in rows if not _PLAIN.match(row)),
            _distinct(store),
            _distinct(e.text for e in events if not _EVERYDAY.match(e.text)),
            _distinct(self._notices),
        )

    def _photos(self, photo_id: int) -> list[tuple[float, Photo]]:
        return [
            (at, seen)
            for at, seen in tuple(self._seen)
            if isinstance(seen, Photo) and seen.id == photo_id
        ]


@dataclass
class Drill:
    """What the tests of one module share. `wanted` is all that was ever handed to the app."""

    store: Companion
    way: Proxy
    person: Person
    witness: Witness
    folder: Path
    wanted: list[Wanted] = field(default_factory=list)

    def script(self, *args: Any, **options: Any) -> Script:
        """Inflict this from now on, and nothing else; arguments as `Script.on` takes them."""
        self.way.counts.clear()
        self.way.seen.clear()
        self.way.faults = Script().on(*args, **options)
        return self.way.faults

    def write(self, size: int = SMALL) -> Path:
        """Make a photo of at least `size` bytes like no other."""
        path = self.folder / f"photo-{len(list(self.folder.iterdir()))}.jpg"
        path.write_bytes(picture(CHANCE, size))
        return path

    def add(self, *paths: Path) -> list[int]:
        """Put photos on the list, each checked and ready; give their ids."""
        for path in paths:
            self.wanted.append(Wanted(path, {sent(path.read_bytes())}))
        self.person.add(*paths)
        ids = {photo.path: photo.id for photo in self.person.of(State.READY)}
        return [ids[path] for path in paths]

    def send(self, ids: list[int]) -> None:
        """Press Upload."""
        self.person.desk.choose_item(ids, Item("", "Drilled lamp"))
        self.person.desk.upload(ids)

    def add_and_send(self, size: int = SMALL) -> int:
        """Add a photo and press Upload."""
        [photo_id] = self.add(self.write(size))
        self.send([photo_id])
        return photo_id

    def state(self, photo_id: int) -> State:
        """Say where a photo stands by the outbox."""
        return self.person.desk._crew.outbox.photo(photo_id).state

    def reached(self) -> Companion:
        """Give the store as the app reaches it: by the way that breaks."""
        return replace(self.store, url=self.way.url)

    @property
    def offline(self) -> bool:
        """Whether the app says so."""
        return self.person.desk.connection.link is Link.OFFLINE

    def until_words(self, photo_id: int, words: str) -> None:
        """Wait until they have stood in a photo's row."""
        self.until(lambda: any(words in row for row in self.witness.sight(photo_id).rows))

    def until(self, condition: Callable[[], object], seconds: float = 30.0) -> None:
        """Wait for it as the window does; a failure tells what happened until then."""
        try:
            self.person.until(condition, seconds)
        except WaitedTooLongError as error:
            error.add_note(f"{self.witness.story()}\nthe way: {self.way.counts}")
            raise

    def until_there(self, *ids: int) -> None:
        """Wait until photos are in the store, processed and fetched."""
        self.until(lambda: all(self.state(i) in THERE for i in ids))

    def until_online(self) -> None:
        """Wait until the app stands well with its store."""
        self.until(lambda: self.person.desk.connection.link is Link.ONLINE)

    def ends(self, path: Path, *states: State) -> None:
        """Say that this file may end so instead of being there."""
        next(w for w in self.wanted if w.path == path).ends = {state.value for state in states}

    def exactly_once(self) -> None:
        """Every photo is in the store once, whole and live, and nothing else is."""
        data = self.store.data
        outbox = self.folder.parent / "data" / "outbox.sqlite3"
        assert check(Places(outbox, data, data / "store.sqlite3"), self.wanted) == []
        unfinished = self.store.sql(
            "SELECT replace(id, '-', '') FROM store_upload WHERE image_id IS NULL"
        )
        known = {name for (name,) in unfinished}
        # Its last byte may be on its way still: the server clears up after it.
        until(
            lambda: {file.name for file in (data / "uploads").glob("*")} <= known,
            "an upload folder without strays",
        )


def _said(title: str, detail: str) -> str:
    return ". ".join(part for part in (title, detail) if part)


def _distinct(texts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_steady, texts)))


def _steady(text: str) -> str:
    """Leave out what differs from run to run: addresses, times and amounts."""
    text = text.replace("127.0.0.1", "my.shop")
    text = re.sub(r"\d+(\.\d+)? of \d+(\.\d+)? (kB|MB)", "… of …", text)
    return re.sub(r"\b\d+(\.\d+)? (s|seconds?|min)\b", "… s", text)


@contextmanager
def drilling(
    store: Companion, way: Proxy, folder: Path, app: QCoreApplication, **settings: Any
) -> Iterator[Drill]:
    """Open a desk that reaches `store` by `way`; signed in to nothing yet, its qtbot to be set."""
    desk = Desk(Settings(folder / "data", keychain=False, profile="drill", **settings))
    opened: list[bool] = []
    desk.opened.connect(lambda: opened.append(True))
    desk.start()
    until(lambda: app.processEvents() or opened, "the outbox")
    photos = folder / "photos"
    photos.mkdir()
    try:
        yield Drill(store, way, Person(desk, None), Witness(desk), photos)
    finally:
        desk.close()
        gc.collect()


def signed_in(drill: Drill) -> Drill:
    """Sign in, where nobody is."""
    if drill.person.desk.connection.link is not Link.ONLINE:
        drill.way.faults = None
        drill.person.sign_in(drill.reached(), "drill")
    return drill


def credentials(store: Companion) -> Credentials:
    """Give the admin's."""
    return Credentials(*store.admin)
