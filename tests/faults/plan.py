"""What one round of the torture inflicts: drawn from its seed alone, before anything starts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from inflict import Request
from proxy import (
    Answer,
    CutDown,
    CutUp,
    Delay,
    DropAnswer,
    Fault,
    Gibberish,
    Limit,
    Portal,
    Refuse,
    Stall,
    StallAnswer,
)

KILLS = {"kill_app": 12, "kill_one_worker": 5, "kill_web": 3, "kill_worker": 1}
"""What is killed how often, by weight: starting a web process costs the most."""

PERSON = ("pause", "cancel", "retry", "remove")
FILES = ("change_file", "truncate_file", "delete_file")
OTHERS = {"outage": 3, "sign_out": 1, "forget_token": 1} | dict.fromkeys((*PERSON, *FILES), 1)


@dataclass(frozen=True)
class Action:
    """`name` is a method of `Round`; `after` the seconds since the action before it."""

    after: float
    name: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """One round."""

    seed: str
    photos: int
    """How many are handed over at first; more follow while the attack goes on."""
    items: int
    workers: int
    idempotent: bool
    clocked: bool
    """Whether the clocks may jump."""
    disk: str
    """What may be full: nothing, ``outbox``, ``files`` or ``database``."""
    small_disk: bool
    """Full by a small disk (where there may be one), or else by a limit on files' sizes."""
    upload_seconds: int
    """How long the store keeps an unfinished upload."""
    fault_rate: float
    fault_quota: int
    impatient: bool
    """Whether the person presses Retry once the attack is over."""
    actions: tuple[Action, ...]

    @property
    def kills(self) -> int:
        """How many it means to inflict."""
        return sum(action.name in KILLS for action in self.actions)


def draw(seed: str) -> Plan:
    """Draw a round. The same seed always gives the same one."""
    chance = random.Random(seed)
    clocked = chance.random() < 0.3
    disk = chance.choice(["", "", "outbox", "files", "database"])
    return Plan(
        seed=seed,
        photos=chance.randint(15, 35),
        items=chance.randint(1, 4),
        workers=chance.choice([1, 1, 2]),
        idempotent=chance.random() < 0.7,
        clocked=clocked,
        disk=disk,
        small_disk=chance.random() < 0.6,
        upload_seconds=chance.choice([15, 600]),
        fault_rate=chance.choice([0.08, 0.2, 0.35]),
        fault_quota=chance.randint(12, 24),
        impatient=chance.random() < 0.6,
        actions=tuple(_actions(chance, clocked, disk)),
    )


def _actions(chance: random.Random, clocked: bool, disk: str) -> list[Action]:
    names = chance.choices(list(KILLS), list(KILLS.values()), k=chance.randint(12, 20))
    names += chance.choices(list(OTHERS), list(OTHERS.values()), k=chance.randint(5, 10))
    names += ["jump_clock"] * (chance.randint(2, 4) if clocked else 0)
    names += ["fill_disk"] * (chance.randint(1, 2) if disk else 0)
    chance.shuffle(names)
    return [Action(_pause(chance), name, _details(name, chance)) for name in names]


def _pause(chance: random.Random) -> float:
    """Mostly long enough for something to be under way, now and then at once."""
    return 0.0 if chance.random() < 0.1 else min(0.2 + chance.expovariate(1 / 0.9), 4.0)


def _details(name: str, chance: random.Random) -> dict[str, Any]:
    if name in KILLS:
        return {"rest": chance.choice([0.0, 0.1, 0.5, 1.5])}
    if name in ("outage", "pause", "fill_disk"):
        return {"seconds": chance.uniform(0.5, 4.0)}
    if name == "jump_clock":
        return {"whose": chance.choice(["app", "store"]),
                "seconds": chance.choice([-86_400, 0, 86_400])}  # fmt: skip
    if name in ("cancel", "remove", "retry"):
        return {"share": chance.uniform(0.02, 0.15)}
    return {}


def fault(plan: Plan, request: Request) -> Fault | None:
    """Say what happens to a request, by the round's seed and the request's number alone."""
    chance = random.Random(f"{plan.seed}/{request.number}")
    if chance.random() >= plan.fault_rate:
        return None
    return chance.choices(*zip(*_faults(chance), strict=True))[0]


def _faults(chance: random.Random) -> list[tuple[Fault, int]]:
    wait = chance.choice([None, 1, 2])
    return [
        (Refuse(), 3),
        (Stall(chance.uniform(0.5, 4.0)), 1),
        (StallAnswer(chance.uniform(0.5, 4.0)), 2),
        (CutUp(chance.choice([0, 1, 5_000, 100_000, 2_000_000])), 3),
        (CutDown(chance.choice([0, 10, 150, 400])), 3),
        (DropAnswer(), 6),
        (Delay(chance.uniform(0.1, 2.0)), 1),
        (Limit(chance.choice([200_000.0, 2_000_000.0])), 1),
        (Answer(chance.choice([500, 502, 503, 429]), wait, html=chance.random() < 0.3), 4),
        (Portal(), 1),
        (Gibberish(), 2),
    ]
