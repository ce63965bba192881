"""Whatever is killed at whatever moment, everything goes on by itself from there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from machine import kill
from proxy import Limit, Script, StallAnswer
from scene import Scene

LARGE = 9_000_000


def test_the_app_is_killed_while_it_looks_at_files(scene: Scene) -> None:
    scene.start()
    scene.add(30, 600_000)
    scene.until(lambda: len(scene.states()) > 20, "photos are on the list")
    scene.app.kill()
    scene.start_app()
    # What wasn't on the list yet is added again; what was is left as it is.
    scene.app.tell("add", paths=[str(photo.path) for photo in scene.wanted])
    scene.until_live()
    scene.exactly_once()


def test_the_app_is_killed_while_it_waits_for_the_answer(scene: Scene) -> None:
    scene.start()
    scene.way.faults = Script().on("POST", "/uploads", StallAnswer(), times=None)
    scene.add(3)
    # The store has them, and the app can't know.
    scene.until(lambda: len(scene.images("id")) == 3, "the store has all")
    scene.app.kill()
    assert set(scene.states()) == {"uploading"}
    scene.way.faults = None
    scene.start_app()
    scene.until_live()
    scene.exactly_once()


def test_the_app_is_killed_in_the_middle_of_a_large_photo(scene: Scene) -> None:
    scene.start()
    scene.way.faults = Script().on("PATCH", "/uploads/", StallAnswer(), nth=2)
    scene.add(1, LARGE)
    scene.until(lambda: scene.way.counts["StallAnswer"], "its second piece is under way")
    scene.app.kill()
    sent = [seen.method for seen in scene.way.seen].count("PATCH")
    scene.start_app()
    scene.until_live()
    # Three pieces in all, of which at most the second went twice: nothing began anew.
    assert [seen.method for seen in scene.way.seen].count("PATCH") - sent <= 3
    scene.exactly_once()


def test_the_app_is_killed_while_the_store_works(scene: Scene) -> None:
    scene.start()
    scene.worker.kill()
    scene.add(3)
    scene.until(lambda: scene.states() == ["processing"] * 3, "the store has all")
    scene.app.kill()
    scene.worker.start()
    scene.start_app()
    scene.until_live()
    scene.exactly_once()


def test_the_web_process_is_killed_in_the_middle_of_a_piece(scene: Scene) -> None:
    scene.start()
    scene.way.faults = Script().on("PATCH", "/uploads/", Limit(1_500_000.0), nth=2)
    scene.add(1, LARGE)
    scene.until(lambda: scene.way.counts["Limit"], "its second piece is under way")
    scene.web.kill()
    scene.way.faults = None
    scene.until(lambda: scene.heard("doesn’t answer") or scene.heard("broke"), "it is told")
    scene.web.start()
    scene.until_live()
    assert scene.rows()[0].problem == ""
    scene.exactly_once()


def test_a_worker_is_killed_over_a_job(scene: Scene) -> None:
    scene.start()
    child = scene.worker_child()
    # Until one of them is hit in the middle; how long a job takes is the machine's business.
    while not _stopped_over_a_job(scene, child):
        assert len(scene.wanted) < 20, "no job was ever hit"
        scene.until_live()
    assert kill(child)
    scene.until_live()
    assert scene.images("attempts")[-1] == (2,)
    scene.exactly_once()


def _stopped_over_a_job(scene: Scene, child: int) -> bool:
    """Send a photo and stop the worker over it; False where it was faster."""
    count = len(scene.wanted)
    scene.add(1, 3_000_000)

    def begun() -> bool:
        made = scene.images("attempts, state")
        return len(made) > count and made[-1][0] > 0

    scene.until(begun, "its job has begun")
    os.kill(child, signal.SIGSTOP)
    if scene.images("state")[-1] == ("processing",) and Path(f"/proc/{child}").exists():
        return True
    os.kill(child, signal.SIGCONT)
    return False
