"""The clockwork with clocks that tests set."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from uploader.background import clockwork as module
from uploader.background.clockwork import Clockwork
from uploader.domain.errors import OfflineError
from uploader.domain.states import State
from uploader.engine.clocks import DayClock
from uploader.engine.connect import Link
from uploader.outbox import Outbox

DAY = 86_400.0


class Machine:
    """The clockwork of a machine, whose clocks are attributes."""

    def __init__(self, folder) -> None:
        self.each_look = 0.0
        self.day, self.passed = 1_700_000_000.0, 100.0
        self.clock = DayClock(lambda: self.day, lambda: self.passed)
        self.outbox = Outbox.open(folder / "outbox.sqlite3", self.clock).outbox
        self.link = Link(self.clock, chance=lambda: 0.0)
        self.link.signed_in()
        self.probed: list[float] = []
        self.woken: list[float] = []
        self.contact = SimpleNamespace(
            link=self.link,
            service=SimpleNamespace(profile=SimpleNamespace(name="shop")),
            probe=lambda: self.probed.append(self.clock()),
        )
        self.works = Clockwork(
            self.outbox,
            self.contact,
            self.clock,
            lambda: self.woken.append(self.clock()),
            self.passing,
        )

    def passing(self) -> float:
        # A machine that sleeps between two looks; the day goes on with it.
        self.passed += self.each_look
        self.day += self.each_look
        return self.passed


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    yield made
    made.outbox.close()


@pytest.mark.parametrize("by", [DAY, -DAY])
def test_a_clock_that_is_set_neither_hastens_nor_delays_the_probe(machine, by) -> None:
    machine.link.trouble(OfflineError("Gone"))
    machine.day += by
    assert machine.link.due() == 2
    machine.works.nudge()
    machine.works.tick()
    assert machine.clock() == machine.day
    assert machine.link.due() == 2
    assert machine.link.state.next_try == machine.day + 2
    assert machine.probed == []


def test_a_machine_that_slept_probes_at_once(machine) -> None:
    for _ in range(6):
        machine.link.trouble(OfflineError("Gone"))
        machine.link.away(OfflineError("Gone"))
    machine.each_look = 3600.0
    machine.works.nudge()
    machine.works.tick()
    assert machine.link.due() == 0
    assert machine.woken
    machine.works.tick()
    assert machine.probed


def test_nothing_to_do_still_looks_at_the_clocks(machine, monkeypatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)
    machine.day += DAY
    machine.works.tick()
    assert machine.clock() == machine.day
    assert (machine.probed, machine.woken) == ([], [])


def test_what_becomes_due_while_a_nudge_is_heeded_is_woken_all_the_same(machine) -> None:
    [photo] = machine.outbox.add("shop", [Path("lamp.jpg")], 1.0)
    for state in (State.CHECKING, State.READY, State.WAITING, State.UPLOADING):
        machine.outbox.move(photo.id, state)
    due = machine.clock() + 60
    machine.outbox.move(photo.id, State.UNCERTAIN, not_before=due)
    machine.works.nudge()
    machine.works.tick()
    # The processor was somebody else's for a moment, between that look and the next.
    machine.passed += 60.5
    machine.day += 60.5
    machine.works.tick()
    assert machine.woken == [due + 0.5]
    machine.works.nudge()
    machine.works.tick()
    assert len(machine.woken) == 1, "who was woken isn't woken again"
