"""Full disks, of either side: it is said, nothing is lost, and it goes on when there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from disks import SmallDisk, can_mount
from machine import limit_files
from scene import Scene

Fill = Callable[[bool], None]


@pytest.fixture(params=["a small disk", "a limit on files"])
def way_to_fill(request: pytest.FixtureRequest) -> str:
    if request.param == "a small disk" and not can_mount():
        pytest.skip("only root may mount a disk")
    return str(request.param)


@pytest.fixture
def filling(tmp_path: Path, way_to_fill: str) -> Iterator[Callable[[str], SmallDisk | None]]:
    """Give the means to put a folder of the scene's on a small disk, before the scene is made."""
    with ExitStack() as mounted:

        def mount(name: str) -> SmallDisk | None:
            if way_to_fill != "a small disk":
                return None
            disk = SmallDisk(tmp_path / "scene" / name)
            mounted.callback(disk.unmount)
            return disk

        yield mount


def fill(scene: Scene, disk: SmallDisk | None, *parts: str) -> None:
    if disk is not None:
        disk.fill()
    else:
        _limit(scene, 0, parts)


def make_room(scene: Scene, disk: SmallDisk | None, *parts: str) -> None:
    if disk is not None:
        disk.empty()
    else:
        _limit(scene, None, parts)


def _limit(scene: Scene, size: int | None, parts: tuple[str, ...]) -> None:
    for name in parts:
        limit_files(getattr(scene, name).family(), size)


def test_the_outbox_has_no_room(filling, make_scene: Callable[[], Scene]) -> None:
    disk = filling("app")
    scene = make_scene()
    scene.start()
    scene.add(1)
    scene.until_live()
    fill(scene, disk, "app")
    scene.add(4)
    scene.until(lambda: scene.heard("The list of photos can’t be saved"), "it is said")
    make_room(scene, disk, "app")
    scene.until_live()
    scene.exactly_once()


def test_the_outbox_has_no_room_when_the_app_starts(filling, make_scene) -> None:
    disk = filling("app")
    if disk is None:
        pytest.skip("a limit is for a process that runs")
    scene = make_scene()
    scene.start()
    scene.worker.kill()
    scene.add(2)
    scene.until(lambda: scene.states() == ["processing"] * 2, "the store has all")
    scene.app.kill()
    disk.fill()
    scene.app.start()
    scene.until(lambda: scene.heard("The disk is full"), "it says so")
    scene.until(lambda: not scene.app.alive, "the person closes it")
    disk.empty()
    scene.app.kill()
    scene.worker.start()
    scene.start_app()
    scene.until_live()
    scene.exactly_once()


def test_the_store_has_no_room_for_files(filling, make_scene) -> None:
    disk = filling("store")
    scene = make_scene()
    scene.start()
    fill(scene, disk, "web", "worker")
    scene.add(2)
    # Under a limit the database can't be written either, and the store doesn't know why.
    words = "The store is full" if disk else "Not in the store yet"
    scene.until(
        lambda: [words in row.problem for row in scene.rows()] == [True, True], "it is said"
    )
    make_room(scene, disk, "web", "worker")
    # A full store is asked again after minutes; the person needn't wait for that.
    scene.until(lambda: "uploading" not in scene.states(), "nothing on its way")
    scene.app.tell("retry")
    scene.until_live()
    scene.exactly_once()


def test_the_store_has_no_room_for_crops(filling, make_scene) -> None:
    disk = filling("store")
    scene = make_scene()
    scene.start()
    scene.worker.kill()
    scene.add(2)
    scene.until(lambda: scene.states() == ["processing"] * 2, "the store has all")
    if disk is not None:
        disk.fill()
    scene.worker.start()
    child = scene.worker_child()
    if disk is None:
        # Room for some lines of its log: no row can be written, so that it alone tells of a try.
        limit_files([child], scene.worker.log.stat().st_size + 3_000)
    said = "waits for its database"
    scene.until(
        lambda: any(runs for (runs,) in scene.images("runs")) if disk else scene.worker.says(said),
        "a try was made",
    )
    make_room(scene, disk, "worker")
    scene.until_live()
    scene.exactly_once()


def test_the_store_has_no_room_for_its_database(filling, make_scene) -> None:
    disk = filling("database")
    scene = make_scene()
    scene.start()
    scene.add(1)
    scene.until_live()
    fill(scene, disk, "web", "worker")
    scene.add(3)
    scene.until(lambda: all(row.problem for row in scene.rows()[1:]) and scene.rows()[3:], "said")
    make_room(scene, disk, "web", "worker")
    # What is on its way may still be told that there was no room, and wait minutes then.
    scene.until(lambda: "uploading" not in scene.states(), "nothing on its way")
    scene.app.tell("retry")
    scene.until_live()
    scene.exactly_once()
