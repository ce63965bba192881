"""The process that decodes, beside the program as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from uploader.app import build
from uploader.background.settings import Settings
from uploader.domain.states import State

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def children(pid: int) -> list[int]:
    """Give the processes that a process has started and that are still there."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(5):
        picture = Image.effect_noise((400, 300), 50 + 10 * n).convert("RGB")
        picture.save(folder / f"photo-{n}.jpg")
    return folder


@pytest.fixture
def start(tmp_path):
    """Start the program as a person does; what is left of it is ended with the test."""
    running = []

    def start(*files: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "uploader", "--data", str(tmp_path / "data"), *files]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        running.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_killed_it_leaves_nothing_but_previews(start, photos, tmp_path, eventually) -> None:
    program = start(photos)
    kept = tmp_path / "data" / "previews"
    eventually(lambda: kept.is_dir() and len(list(kept.glob("*.preview"))) == 5, "kept previews")
    [child] = children(program.pid)
    program.kill()
    program.wait()
    eventually(lambda: not is_there(child), "the end of its child")


def test_a_list_opened_anew_shows_previews_without_its_photos(qtbot, photos, tmp_path) -> None:
    (tmp_path / "data").mkdir()
    settings = Settings(tmp_path / "data", keychain=False, resume=False)

    def opened():
        app = build(settings)
        with qtbot.waitSignal(app.desk.opened, timeout=30_000):
            app.window.show()
            app.desk.start()
        return app

    def has_all(app):
        known = app.desk.photos()
        return len(known) == 5 and all(app.previews.bitmap(p, "square") for p in known)

    app = opened()
    app.desk.add([photos])
    qtbot.waitUntil(lambda: has_all(app), timeout=60_000)
    assert {photo.state for photo in app.desk.photos()} == {State.READY}
    pid = app.darkroom.pid
    app.close()
    assert not is_there(pid)
    for photo in photos.iterdir():
        photo.unlink()
    app = opened()
    qtbot.waitUntil(lambda: has_all(app), timeout=60_000)
    app.close()
