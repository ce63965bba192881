"""The lanes of a background without a network: an outbox on disk, a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QDeadlineTimer

from uploader.background.profiles import Profile
from uploader.background.service import Service
from uploader.background.work import Work
from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Credentials, Item, RemotePhoto, RemoteState
from uploader.engine.connect import Link
from uploader.outbox import Outbox


class MemoryStore:
    """Takes every photo; `before` runs in each method, by its name."""

    capabilities = Capabilities(resumable=True, idempotent=True)

    def __init__(self) -> None:
        self.before: dict[str, Callable[[], None]] = {}
        self.sent: list[int] = []

    def _call(self, method: str) -> None:
        self.before.get(method, lambda: None)()

    def upload(self, photo: Photo, source: Any, report: Any, cancel: Any) -> RemotePhoto:
        self._call("upload")
        cancel.check()
        self.sent.append(photo.id)
        return RemotePhoto(str(photo.id), RemoteState.PROCESSING, photo.reference, poll_address="1")

    def status(self, photos: Any, wait: float, cancel: Any) -> list[RemotePhoto]:
        cancel.wait(wait)
        return []

    def probe(self, cancel: Any = None) -> None:
        self._call("probe")

    def find(self, photo: Photo, cancel: Any) -> None:
        self._call("find")

    def discard(self, photo: Photo, cancel: Any) -> bool:
        return False

    def close(self) -> None:
        pass


class Hall:
    """Lanes at work for one signed-in account."""

    def __init__(self, folder: Path) -> None:
        self.outbox = Outbox.open(folder / "outbox.sqlite3").outbox
        self.store = MemoryStore()
        self.link = Link()
        self.contact: Any = SimpleNamespace(
            link=self.link,
            service=self.serve("shop"),
            profile_name="shop",
            trouble=lambda error, *_: self.link.trouble(error),
            end=lambda: self.contact.service.end(),  # noqa: PLW0108 - the one in use by then
            probe=lambda: self.link.probe(self.store),
        )
        self.told: list[Any] = []
        self.work = Work(self.outbox, self.contact, lambda *_: None, self.told.append, uploads=2)
        self.outbox.listener = self.work.heard
        self.link.signed_in()

    def serve(self, profile: str) -> Service:
        known = Profile(profile, "shop.example", "ines@shop.example")
        return Service.of(known, self.store, Credentials(""), self.outbox)  # type: ignore[arg-type]

    def waiting(self, path: Path) -> Photo:
        """Give a photo that is to be sent."""
        # Unheard until it waits: a checker would take it first.
        heard, self.outbox.listener = self.outbox.listener, None
        [photo] = self.outbox.add("shop", [path], 1.0)
        self.outbox.move(photo.id, State.CHECKING)
        print_ = Fingerprint(1, 1, "0" * 64)
        self.outbox.move(photo.id, State.READY, fingerprint=print_, item=Item("1", "Lamp"))
        self.outbox.listener = heard
        return self.outbox.move(photo.id, State.WAITING)

    def state(self, photo: Photo) -> State:
        return self.outbox.photo(photo.id).state

    def close(self) -> bool:
        return self.work.close(QDeadlineTimer(20_000))


@pytest.fixture
def hall(qapp: Any, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    assert made.close()
    made.outbox.close()
