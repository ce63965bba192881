"""What a round of the torture is played on: the parts, the photos, and time that passes."""

from __future__ import annotations

import heapq
import itertools
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pictures
from check import RESTING, Places, Wanted, Wrong, rows
from databases import look
from disks import SmallDisk, can_mount
from inflict import Request
from machine import LIBFAKETIME, Clock, limit_files
from plan import Plan, fault
from processes import App, Part, Web, Worker
from proxy import Fault, Proxy

ITEMS = ("Harbour mug", "Teapot, cast iron", "Speckled bowls", "Linen lamp")
STEP = 0.03
FEWEST, MOST = 4, 100
"""Photos under way below which more are handed over, and how many in all at most."""
NOT_OPENED = 3


class Stage:
    """One folder, one store, one app."""

    def __init__(self, plan: Plan, folder: Path, template: Path) -> None:
        # A machine without libfaketime plays the same round with clocks that stand.
        self.plan = plan = replace(plan, clocked=plan.clocked and LIBFAKETIME is not None)
        self.folder = folder
        self.chance = random.Random(f"{plan.seed}/run")
        self.wanted: dict[Path, Wanted] = {}
        self.counts: Counter[str] = Counter()
        self.crashes: list[Wrong] = []
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._began = time.monotonic()
        self._attacking = True
        self.rest = 0.0
        self._limited: list[Part] = []
        self._cramped_until = 0.0
        self._prepare(template)

    # ---- setting up
    def _prepare(self, template: Path) -> None:
        folder, plan = self.folder, self.plan
        (folder / "photos").mkdir(parents=True)
        data, base, outbox = folder / "store", folder / "database", folder / "app"
        mounting = plan.disk and plan.small_disk and can_mount()
        place = {"outbox": outbox, "files": data, "database": base}.get(plan.disk)
        self.disk = SmallDisk(place) if mounting and place else None
        for made in (data, base, outbox):
            made.mkdir(exist_ok=True)
        shutil.copy(template / "secret_key", data)
        shutil.copy(template / "store.sqlite3", base)
        self.places = Places(outbox / "outbox.sqlite3", data, base / "store.sqlite3")
        self.clocks = {name: Clock(folder / f"{name}.clock") for name in ("app", "store")}
        store = self._store_environment()
        self.web = Web(data, folder / "web.log", store)
        self.worker = Worker(data, plan.workers, folder / "worker.log", store)
        self.proxy = Proxy(self.web.url, self._fault)
        clock = self.clocks["app"].environment if plan.clocked else {}
        items = ITEMS[: plan.items]
        self.app = App(outbox, self.proxy.url, items, folder / "app.log", clock)

    def _store_environment(self) -> dict[str, str]:
        environment = {
            "DATABASE_URL": f"sqlite:///{self.places.database}",
            "STORE_LEASE_SECONDS": "4",
            "STORE_UPLOAD_SECONDS": str(self.plan.upload_seconds),
            "STORE_THREADS": "12",
            "STORE_NAME": "Harbour & Pine",
        }
        if not self.plan.idempotent:
            environment["STORE_IDEMPOTENT"] = "no"
        return environment | (self.clocks["store"].environment if self.plan.clocked else {})

    def _fault(self, request: Request) -> Fault | None:
        if not self._attacking or self.proxy.inflicted >= self.plan.fault_quota:
            return None
        return fault(self.plan, request)

    # ---- time
    def _idle(self, seconds: float) -> None:
        """Let time pass; do what is due, and see who has died by itself."""
        until_then = time.monotonic() + seconds
        while True:
            while self._due and self._due[0][0] <= time.monotonic():
                heapq.heappop(self._due)[2]()
            self._look_after_all()
            left = until_then - time.monotonic()
            if left <= 0:
                return
            threading.Event().wait(min(left, STEP))

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), do))

    def _note(self, words: str) -> None:
        with (self.folder / "events.log").open("a") as log:
            log.write(f"{time.time():.3f} {time.monotonic() - self._began:7.2f} {words}\n")

    def _look_after_all(self) -> None:
        for part in (self.app, self.worker, self.web):
            if said := part.died():
                assert part.process is not None
                expected = part is self.app and part.process.returncode == NOT_OPENED
                expected |= time.monotonic() < self._cramped_until
                self._note(said)
                part.kill()
                part.process = None
                if not expected:
                    self.crashes.append(Wrong("crashed", said))
                self._later(1.0, lambda part=part: self._start(part))

    def _start(self, part: Part) -> None:
        if part.alive:
            return
        part.start()
        self._note(f"{part.name} started: {part.pid}")
        if part in self._limited:
            limit_files(part.family(), 0)
        if part is self.app:
            self._give_again()

    # ---- photos
    def _hand_over(self, count: int) -> None:
        paths = []
        for _ in range(min(count, MOST - len(self.wanted))):
            path = self.folder / "photos" / f"photo-{len(self.wanted):03d}.jpg"
            sha256 = pictures.make(path, random.Random(f"{self.plan.seed}/{path.name}"))
            self.wanted[path] = Wanted(path, {sha256})
            paths.append(str(path))
        if paths:
            self._note(f"add {len(paths)} photos")
            self.app.tell("add", paths=paths)

    def _give_again(self) -> None:
        """After a start: what the list hasn't got is added again, as a person would."""
        listed = {row.path for row in rows(self.places.outbox)}
        paths = [
            str(p) for p, photo in self.wanted.items() if p not in listed and not photo.removed
        ]
        present = [path for path in paths if Path(path).exists()]
        if present:
            self._note(f"add again {len(present)} photos")
            self.app.tell("add", paths=present)

    def _feed(self) -> None:
        under_way = sum(state not in RESTING for _, state in self._rows())
        if under_way < FEWEST and self.app.opened:
            self._hand_over(6)

    def _rows(self) -> list[tuple[int, str]]:
        return look(self.places.outbox, "SELECT id, state FROM photos ORDER BY id")
