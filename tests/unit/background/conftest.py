"""A darkroom whose process is ended with the test, and photos for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from uploader.background.darkroom.client import Darkroom
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine.fingerprint import fingerprint


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Photo]:
    """Make a photo that has been looked at."""

    def make(number: int = 1, size: tuple[int, int] = (320, 240)) -> Photo:
        path = tmp_path / f"photo-{number}.png"
        Image.effect_noise(size, 60 + number).convert("RGB").save(path)
        return Photo(
            number, f"r{number}", "shop", path, State.READY, 0, 0, fingerprint=fingerprint(path)
        )

    return make


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "previews"


@pytest.fixture
def darkroom(shelf: Path) -> Iterator[Darkroom]:
    made = Darkroom(shelf)
    yield made
    made.close()
    assert made.pid is None
