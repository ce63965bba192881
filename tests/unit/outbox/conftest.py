from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.outbox import Outbox


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outbox.db"


@pytest.fixture
def outbox(file: Path, clock: Clock) -> Iterator[Outbox]:
    opened = Outbox.open(file, clock)
    assert opened.notice == ""
    yield opened.outbox
    opened.outbox.close()


@pytest.fixture
def one(outbox: Outbox) -> Photo:
    """A photo that waits to be sent."""
    photo = outbox.add("shop", [Path("/photos/lamp.jpg")], 1000.0)[0]
    for state in (State.CHECKING, State.READY, State.WAITING):
        photo = outbox.move(photo.id, state)
    return photo
