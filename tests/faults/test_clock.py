"""Clocks that jump by a day, on either side: nobody waits for it, and nothing is sent twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from machine import LIBFAKETIME, kill
from proxy import Answer, Script
from scene import Scene

DAY = 86_400

pytestmark = pytest.mark.skipif(LIBFAKETIME is None, reason="libfaketime isn't here")
jumps = pytest.mark.parametrize("jump", [DAY, -DAY], ids=["forward", "back"])


@jumps
def test_photos_wait_for_their_next_try(make_scene: Callable[..., Scene], jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    scene.way.faults = Script().on("POST", "/uploads", Answer(503, 3), times=None)
    scene.add(3)
    scene.until(lambda: all(row.problem for row in scene.rows()) and scene.rows(), "they wait")
    scene.app_clock.jump(jump)
    scene.way.faults = None
    scene.until_live()
    scene.exactly_once()


@jumps
def test_an_app_started_on_another_day_goes_on(make_scene, jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    scene.way.faults = Script().on("POST", "/uploads", Answer(503, 3), times=None)
    scene.add(3)
    scene.until(lambda: all(row.problem for row in scene.rows()) and scene.rows(), "they wait")
    scene.app.kill()
    scene.app_clock.jump(jump)
    scene.way.faults = None
    scene.start_app()
    scene.until_live()
    scene.exactly_once()


@jumps
def test_the_store_is_working(make_scene, jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    scene.worker.kill()
    scene.add(3)
    scene.until(lambda: scene.states() == ["processing"] * 3, "the store has all")
    scene.app_clock.jump(jump)
    scene.store_clock.jump(jump)
    scene.worker.start()
    scene.until_live()
    scene.exactly_once()


@jumps
def test_the_store_is_away(make_scene, jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    scene.way.away = True
    scene.add(3)
    offline = {"said": "connection", "link": "offline"}
    scene.until(
        lambda: any(offline.items() <= line.items() for line in scene.app.said), "it is offline"
    )
    scene.app_clock.jump(jump)
    scene.way.away = False
    scene.until_live()
    scene.exactly_once()


@jumps
def test_a_job_of_the_store_is_lost(make_scene, jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    # Stopped before there is work, so that the job waits; dead before anything is done.
    child = scene.worker_child()
    os.kill(child, signal.SIGSTOP)
    scene.add(2)
    scene.until(lambda: scene.states() == ["processing"] * 2, "the store has all")
    scene.store_clock.jump(jump)
    assert kill(child)
    scene.until_live()
    scene.exactly_once()


@jumps
def test_half_a_photo_is_in_the_store(make_scene, jump: int) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    scene.way.faults = Script().on("PATCH", "/uploads/", Answer(503, 1), nth=2, times=None)
    scene.add(1, 9_000_000)
    scene.until(lambda: all(row.problem for row in scene.rows()) and scene.rows(), "it waits")
    scene.store_clock.jump(jump)
    scene.way.faults = None
    scene.until_live()
    scene.exactly_once()


def test_the_sign_in_outlives_a_day_and_asks_after_a_year(make_scene) -> None:
    scene = make_scene(clocked=True)
    scene.start()
    before = len(scene.app.heard("signed in"))
    scene.store_clock.jump(DAY)
    scene.add(1)
    scene.until_live()
    assert len(scene.app.heard("signed in")) == before
    scene.store_clock.jump(365 * DAY)
    scene.add(1)
    # The child signs in again, as the person would who is asked.
    scene.until_live()
    assert scene.heard("You are signed out")
    scene.exactly_once()
