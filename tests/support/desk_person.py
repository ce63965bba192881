"""A desk at a real store: the whole background, without a window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item


class Person:
    """Does at a desk what a person does, and waits for what a person would wait for."""

    def __init__(self, desk: Desk, qtbot: Any) -> None:
        self.desk = desk
        self.qtbot = qtbot
        self.said: list[Any] = []
        desk.noticed.connect(lambda notice: self.said.append(notice.text))

    def until(self, condition: Callable[[], Any], seconds: float = 40) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=int(seconds * 1000))

    def sign_in(self, store: Any, profile: str = "test") -> None:
        with self.qtbot.waitSignal(self.desk.catalogue_loaded, timeout=30_000):
            email, password = store.admin
            self.desk.sign_in(store.url, Credentials(email, password), False, profile)

    def refused_sign_in(self, address: str, email: str, password: str) -> tuple[str, str, str]:
        with self.qtbot.waitSignal(self.desk.sign_in_failed, timeout=30_000) as failed:
            self.desk.sign_in(address, Credentials(email, password), False)
        return tuple(failed.args)

    def add(self, *paths: Path) -> list[Photo]:
        with self.qtbot.waitSignal(self.desk.added, timeout=30_000):
            self.desk.add(paths)
        self.until(lambda: not self.of(State.ADDED, State.CHECKING))
        return self.desk.photos()

    def of(self, *states: State) -> list[Photo]:
        return [photo for photo in self.desk.photos() if photo.state in states]

    def send_all(self, title: str) -> None:
        """Give every ready photo an item and press Upload."""
        ready = [photo.id for photo in self.of(State.READY)]
        self.desk.choose_item(ready, Item("", title))
        self.desk.upload(ready)


@pytest.fixture
def make_desk(qtbot: Any) -> Iterator[Callable[..., Person]]:
    made: list[Desk] = []

    def make(data: Path, **options: Any) -> Person:
        options = {"keychain": False, "profile": "test", "resume": False, **options}
        desk = Desk(Settings(data, **options))
        made.append(desk)
        with qtbot.waitSignal(desk.opened, timeout=30_000):
            desk.start()
        return Person(desk, qtbot)

    yield make
    for desk in made:
        desk.close()
    made.clear()
    # Here, on its own thread: left to chance, the next test's workers would tear it down.
    gc.collect()


@pytest.fixture
def person(make_desk: Callable[..., Person], tmp_path: Path) -> Person:
    return make_desk(tmp_path)


@pytest.fixture
def photos(tmp_path: Path) -> Callable[..., list[Path]]:
    """Make JPEGs that all differ, `count` of them."""

    def make(count: int, side: int = 300, name: str = "photo-{n}.jpg") -> list[Path]:
        folder = tmp_path / "photos"
        folder.mkdir(exist_ok=True)
        paths = []
        for n in range(count):
            path = folder / name.format(n=n)
            picture = Image.effect_noise((side, side), 90 + n)
            picture.convert("RGB").save(path, quality=95)
            paths.append(path)
        return paths

    return make
