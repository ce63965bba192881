"""What the fault drills share."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from drill import Drill, drilling, signed_in
from processes import EMAIL, PASSWORD, manage
from proxy import Proxy
from scene import Scene, on_stage
from store_process import companion, companion_of, eventually, still_alive
from table import Table

from uploader.engine import connect

__all__ = ["companion", "companion_of", "eventually", "still_alive"]

FIRST_PROBE = 0.3
"""Seconds; the interval isn't what is tried here."""


LONG = {"test_clock.py", "test_disk.py", "test_network.py", "test_outbox_mended.py"}
"""Their cases take a second to a quarter of a minute each."""

SHARE = 3
"""Without DRILLS=all, every third case of the long ones is run: the short form."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the rest of the long drills to `make faults`."""
    if os.environ.get("DRILLS") == "all":
        return
    cases, left = Counter[Path](), []
    for item in items:
        ours = item.path.parent == Path(__file__).parent and item.path.name in LONG
        if ours and "[" in item.nodeid:
            if cases[item.path] % SHARE:
                left.append(item)
            cases[item.path] += 1
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TABLE] = Table()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the table where FAULT_TABLE says, if every drill has gone well."""
    if exitstatus == pytest.ExitCode.OK:
        session.config.stash[_TABLE].write()


_TABLE = pytest.StashKey[Table]()


@pytest.fixture(scope="session")
def table(pytestconfig: pytest.Config) -> Table:
    """Give the table of faults, to be added to."""
    return pytestconfig.stash[_TABLE]


@pytest.fixture(scope="module")
def shared_drill(
    companion_of: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory, qapp: Any
) -> Iterator[Drill]:
    folder = tmp_path_factory.mktemp("drill")
    with (
        companion_of(folder) as store,
        Proxy(store.url) as way,
        drilling(store, way, folder, qapp) as drill,
    ):
        yield drill


@pytest.fixture
def drill(shared_drill: Drill, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drill]:
    """Give a desk that is signed in to a store of the module's, over a way that breaks on request.

    Whatever a test did to the way is over at its end.
    """
    monkeypatch.setattr(connect, "FIRST", FIRST_PROBE)
    shared_drill.person.qtbot = qtbot
    signed_in(shared_drill).witness.forget()
    yield shared_drill
    shared_drill.way.faults = None
    shared_drill.way.away = False


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store's data with an admin in it, to be copied."""
    data = tmp_path_factory.mktemp("template")
    manage(data, "createadmin", EMAIL, "--password-stdin", stdin=PASSWORD)
    return data


@pytest.fixture
def make_scene(tmp_path: Path, template: Path) -> Iterator[Callable[..., Scene]]:
    """Give the means to make a scene, in the folder ``scene`` of the test's own."""
    with ExitStack() as stage:

        def make(**options: Any) -> Scene:
            return stage.enter_context(on_stage(tmp_path / "scene", template, **options))

        yield make


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    """Give all parts as processes of their own; nothing runs yet."""
    return make_scene()
