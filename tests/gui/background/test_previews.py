"""What is in sight is rendered first; what is out of sight again isn't rendered at all."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace

import pytest
from PIL import Image

from uploader.background.bitmaps import BitmapCache
from uploader.background.darkroom.client import Darkroom, DarkroomError, Here
from uploader.background.previews import LARGE, Previews
from uploader.domain.findings import Facts, Format
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.styles import DEFAULT_STYLES, Focus
from uploader.engine.fingerprint import fingerprint
from uploader.imaging.render import render


class Gated(Here):
    """Notes every job; holds each back until `gate` lets it through."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int]] = []
        self.at_work = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self.dies_over: set[int] = set()

    def do(self, job, *, first=False, cancel=None):
        assert first, "who looks at the window goes before the checks"
        self.begun.append((job.photo.id, len(job.styles)))
        self.at_work.release()
        assert self.gate.acquire(timeout=20)
        if job.photo.id in self.dies_over:
            raise DarkroomError
        return super().do(job)


@pytest.fixture
def gated():
    return Gated()


@pytest.fixture
def previews(qapp, gated):
    made = Previews(developer=gated)
    yield made
    gated.gate.release(10_000)
    made.close()


@pytest.fixture
def photos(tmp_path):
    made = []
    for n in range(12):
        path = tmp_path / f"{n}.png"
        Image.new("RGB", (300, 200), (n * 20, 90, 60)).save(path)
        facts = Facts(Format.PNG, 300, 200, path.stat().st_size)
        print_ = fingerprint(path)
        made.append(Photo(n, "r", "shop", path, State.READY, 0, 0, fingerprint=print_, facts=facts))
    return made


def finish(previews, gated, qtbot):
    gated.gate.release(10_000)
    qtbot.waitUntil(lambda: previews.idle)


def test_pixels_are_the_renderers(qtbot, previews, gated, photos) -> None:
    with qtbot.waitSignal(previews.ready) as ready:
        previews.want(photos[:1])
        gated.gate.release()
    assert ready.args == [0]
    rendered = render(photos[0].path, DEFAULT_STYLES)
    for name, one in rendered.items():
        assert previews.bitmap(photos[0], name).rgba == one.rgba()


def test_what_was_scrolled_past_is_never_rendered(qtbot, previews, gated, photos) -> None:
    previews.want(photos[:6])
    assert gated.at_work.acquire(timeout=20)
    previews.want(photos[6:9])
    finish(previews, gated, qtbot)
    assert [photo_id for photo_id, _ in gated.begun] == [0, 6, 7, 8]


def test_the_inspectors_photo_stays_first(qtbot, previews, gated, photos) -> None:
    previews.want(photos[:3])
    assert gated.at_work.acquire(timeout=20)
    previews.want_large(photos[5])
    previews.want(photos[6:8])
    finish(previews, gated, qtbot)
    assert gated.begun == [(0, 2), (5, 1), (6, 2), (7, 2)]
    assert previews.large(photos[5]).width == 300


def test_what_is_there_or_under_way_is_not_rendered_twice(qtbot, previews, gated, photos) -> None:
    previews.want(photos[:2])
    assert gated.at_work.acquire(timeout=20)
    previews.want(photos[:2])
    finish(previews, gated, qtbot)
    previews.want(photos[:2])
    assert previews.idle
    previews.want([replace(photos[0], focus=Focus(0.1, 0.1))])
    finish(previews, gated, qtbot)
    assert [photo_id for photo_id, _ in gated.begun] == [0, 1, 0]


def test_a_photo_over_which_the_decoder_dies_is_tried_once(qtbot, previews, gated, photos) -> None:
    gated.dies_over = {0}
    previews.want(photos[:2])
    finish(previews, gated, qtbot)
    assert previews.bitmap(photos[0], "thumb") is None
    assert previews.bitmap(photos[1], "thumb") is not None
    previews.want(photos[:2])
    assert previews.idle


def test_memory_is_bounded() -> None:
    """As many bytes as it may hold, and no more, whatever comes."""
    from uploader.background.values import Bitmap

    cache = BitmapCache(10_000)
    for n in range(200):
        cache.put((n,), {"thumb": Bitmap(10, 10, bytes(400))})
        assert cache.bytes <= 10_000
    assert cache.get((199,)) and cache.get((0,)) is None


def test_a_process_that_dies_in_between_is_not_noticed(qtbot, tmp_path, photos) -> None:
    darkroom = Darkroom(tmp_path / "previews")
    previews = Previews(developer=darkroom)
    try:
        previews.warm()
        qtbot.waitUntil(lambda: darkroom.pid is not None)
        for n in range(4):
            with qtbot.waitSignal(previews.ready, timeout=20_000):
                previews.want(photos[n : n + 1])
            os.kill(darkroom.pid, signal.SIGKILL)
            assert previews.bitmap(photos[n], "square") is not None
    finally:
        darkroom.close()
        previews.close()


def test_the_large_picture_is_the_whole_photo(qtbot, previews, gated, photos) -> None:
    previews.want_large(photos[0])
    finish(previews, gated, qtbot)
    [rendered] = render(photos[0].path, (LARGE,)).values()
    assert previews.large(photos[0]).rgba == rendered.rgba()


def test_photos_in_sight_that_nobody_has_looked_at_are_told(previews, gated, photos) -> None:
    told = []
    previews.unread.connect(told.append)
    fresh = [replace(photo, state=State.ADDED, facts=None) for photo in photos[3:5]]
    previews.want([photos[0], *fresh])
    assert told == [[3, 4]]
    previews.want(photos[:1])
    assert told == [[3, 4]]
