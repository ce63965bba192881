"""The app as a process, on an outbox damaged while it was away: exactly once all the same."""

from __future__ import annotations

import shutil

import pytest
from outbox_damage import KILLED
from scene import Scene

NAME = "outbox.sqlite3"


def _with_some_waiting(scene: Scene) -> None:
    """Have four photos in the store and three that wait for it."""
    scene.start()
    scene.add(4)
    scene.until_live()
    scene.web.kill()
    scene.add(3)
    scene.until(lambda: len(scene.rows()) == 7, "three more are on the list", 60)


def _until_there(scene: Scene) -> None:
    """Wait until the store has all; one that got another reference is recognised by its content."""
    scene.until(
        lambda: (states := scene.states()) and set(states) <= {"live", "already"},
        "all are in the store",
        120,
    )


@pytest.mark.parametrize("kind", ["zero header", "log flipped", "flip header"])
def test_a_damaged_outbox_goes_on_by_itself(scene: Scene, kind: str) -> None:
    _with_some_waiting(scene)
    scene.app.kill()
    KILLED[kind](scene.outbox / NAME, scene.chance)
    damaged = (scene.outbox / NAME).read_bytes()
    scene.web.start()
    scene.until(scene.web.answers, "the store answers")
    scene.start_app()
    kept = scene.outbox / "outbox.damaged-1.sqlite3"
    if kept.exists():
        assert scene.heard("kept as outbox.damaged-1.sqlite3")
        assert kept.read_bytes() == damaged
    # What was lost with the log is given to the app again, as a person would.
    lost = [
        photo.path for photo in scene.wanted if photo.path not in {r.path for r in scene.rows()}
    ]
    scene.app.tell("add", paths=[str(path) for path in lost])
    _until_there(scene)
    scene.exactly_once()


def test_an_older_outbox_sends_nothing_twice(scene: Scene) -> None:
    _with_some_waiting(scene)
    scene.app.stop()
    for name in (NAME, f"{NAME}.mark"):
        shutil.copy(scene.outbox / name, scene.folder)
    scene.web.start()
    scene.until(scene.web.answers, "the store answers")
    scene.start_app()
    _until_there(scene)
    scene.app.stop()
    assert not (scene.outbox / f"{NAME}-wal").exists()
    images = scene.images("id, reference")
    # A backup from before they were sent is put back.
    shutil.copy(scene.folder / NAME, scene.outbox)
    scene.start_app()
    assert scene.heard("restored or changed")
    _until_there(scene)
    assert scene.images("id, reference") == images
    scene.exactly_once()


def test_killed_again_and_again_while_it_mends(scene: Scene) -> None:
    _with_some_waiting(scene)
    scene.app.stop()
    KILLED["zero header"](scene.outbox / NAME, scene.chance)
    damaged = (scene.outbox / NAME).read_bytes()
    for sign in (".lock", ".salvage", ".mending", ".mended"):
        scene.app.start()
        scene.until(
            lambda sign=sign: (scene.outbox / f"{NAME}{sign}").exists() or scene.app.opened,
            f"the outbox has {sign}",
        )
        scene.app.kill()
    scene.web.start()
    scene.until(scene.web.answers, "the store answers")
    scene.start_app()
    assert [file.read_bytes() for file in scene.outbox.glob("*damaged*")] == [damaged]
    _until_there(scene)
    scene.exactly_once()
