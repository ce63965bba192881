"""All parts as processes of their own, the proxy between them, and photos that must arrive."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pictures
from check import Places, Row, Wanted, check, clear_up, rows
from databases import look
from machine import Clock
from processes import App, Web, Worker
from proxy import Proxy
from store_process import children, until

LEASE = 2


class Scene:
    """Nothing runs at first: see `start`. `clocked`: both sides' clocks can jump."""

    def __init__(self, folder: Path, template: Path, *, clocked: bool = False) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.outbox = folder / "app"
        self.database = folder / "database" / "store.sqlite3"
        for made in (self.store, self.outbox, self.database.parent, folder / "photos"):
            made.mkdir(parents=True, exist_ok=True)
        shutil.copy(template / "secret_key", self.store)
        shutil.copy(template / "store.sqlite3", self.database)
        self.app_clock, self.store_clock = (
            Clock(folder / "app.clock"),
            Clock(folder / "store.clock"),
        )
        environment = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "STORE_LEASE_SECONDS": str(LEASE),
            **(self.store_clock.environment if clocked else {}),
        }
        self.web = Web(self.store, folder / "web.log", environment)
        self.worker = Worker(self.store, 1, folder / "worker.log", environment)
        self.way = Proxy(self.web.url)
        clock = self.app_clock.environment if clocked else {}
        self.app = App(self.outbox, self.way.url, ["Harbour mug"], folder / "app.log", clock)
        self.wanted: list[Wanted] = []
        self.chance = random.Random(str(folder.name))

    def start(self) -> None:
        """Start all; return when the app is signed in."""
        self.web.start()
        self.worker.start()
        until(self.web.answers, "the store answers", 90)
        self.worker_child()
        self.start_app()

    def start_app(self) -> None:
        """Start the app; return when it is signed in."""
        before = len(self.app.heard("signed in"))
        self.app.start()
        until(lambda: len(self.app.heard("signed in")) > before, "the app is signed in", 90)

    def add(self, count: int = 1, size: int = 50_000) -> None:
        """Hand photos of at least `size` bytes to the app."""
        paths = []
        for _ in range(count):
            path = self.folder / "photos" / f"photo-{len(self.wanted):03d}.jpg"
            self.wanted.append(Wanted(path, {pictures.make(path, self.chance, size)}))
            paths.append(str(path))
        self.app.tell("add", paths=paths)

    def rows(self) -> list[Row]:
        """Read the outbox."""
        return rows(self.outbox / "outbox.sqlite3")

    def states(self) -> list[str]:
        """Say where each photo stands, in the order added."""
        return [row.state for row in self.rows()]

    def images(self, columns: str) -> list[tuple[Any, ...]]:
        """Look at the store's images."""
        return look(self.database, f"SELECT {columns} FROM store_itemimage ORDER BY id")

    def heard(self, text: str) -> bool:
        """Whether the person has been told this, as a line or about the connection."""
        return any(
            text in f"{line.get('text', '')}{line.get('title', '')}{line.get('detail', '')}"
            for line in self.app.said
        )

    def until(self, condition: Callable[[], Any], what: str, seconds: float = 90) -> None:
        """Wait until it is so; a failure tells how everything stood."""
        try:
            until(condition, what, seconds)
        except AssertionError as error:
            standing = [(row.state, row.problem) for row in self.rows()]
            raise AssertionError(f"{error}; {standing}; {self.app.said[-5:]}") from None

    def until_live(self) -> None:
        """Wait until every photo has got there."""
        self.until(lambda: self.states() == ["live"] * len(self.wanted), "all photos live", 120)

    def worker_child(self) -> int:
        """Give the process that works, once it is there."""
        found: list[int] = until(lambda: children(self.worker.pid), "a worker works", 60)
        return found[0]

    def exactly_once(self) -> None:
        """End all parts; every photo must be in the store once, and nothing else left over."""
        for part in (self.app, self.worker, self.web):
            part.stop()
        places = Places(self.outbox / "outbox.sqlite3", self.store, self.database)
        wrong = check(places, self.wanted) or clear_up(places, self.wanted)
        assert not wrong, wrong

    def end(self) -> None:
        """Let nothing outlive the test."""
        for part in (self.app, self.worker, self.web):
            with contextlib.suppress(AssertionError):
                part.kill()
        self.web.leave()


@contextlib.contextmanager
def on_stage(folder: Path, template: Path, **options: Any) -> Iterator[Scene]:
    """Give a scene of which nothing is left at the end."""
    scene = Scene(folder, template, **options)
    with scene.way:
        try:
            yield scene
        finally:
            scene.end()
