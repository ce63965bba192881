"""Old cyclic garbage waits until nobody looks at the window."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from uploader.background import garbage as tidying
from uploader.background.garbage import MIDDLE_EVERY, Garbage


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def garbage(qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Garbage]:
    clock = [1000.0]
    monkeypatch.setattr(tidying.time, "monotonic", lambda: clock[0])
    helper = Garbage()
    helper.clock = clock
    helper.start()
    yield helper
    helper.close()


def old_ring(garbage: Garbage) -> weakref.ref[Ring]:
    """Make one that has outlived all that is looked at while somebody works."""
    ring = Ring()
    for _ in range(2 * MIDDLE_EVERY):
        garbage.tidy()
    return weakref.ref(ring)


def test_fresh_cycles_go_while_somebody_works(garbage: Garbage) -> None:
    ring = weakref.ref(Ring())
    for _ in range(MIDDLE_EVERY):
        garbage.tidy()
    assert ring() is None


def test_old_cycles_go_while_the_person_is_elsewhere(garbage: Garbage) -> None:
    ring = old_ring(garbage)
    garbage.clock[0] += tidying.OLD_EVERY
    for _ in range(MIDDLE_EVERY):
        garbage.tidy()
    garbage.turned(Qt.ApplicationState.ApplicationActive)
    assert ring() is not None, "a look at everything holds the window up"
    garbage.turned(Qt.ApplicationState.ApplicationInactive)
    assert ring() is None


def test_whoever_goes_to_and_fro_meets_one_look(garbage: Garbage) -> None:
    garbage.clock[0] += tidying.OLD_EVERY
    garbage.turned(Qt.ApplicationState.ApplicationInactive)
    ring = old_ring(garbage)
    garbage.turned(Qt.ApplicationState.ApplicationInactive)
    assert ring() is not None
    gc.collect()
