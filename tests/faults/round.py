"""One round of the torture: real processes, a network in between, and everything goes wrong.

What is inflicted, on whom and after how long follows from the round's seed. At which line of
code a process dies doesn't: that is the machine's business, and another one at every run.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import random
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pictures
from check import RESTING, Places, Wanted, Wrong, check, clear_up, rows
from disks import SmallDisk, can_mount
from inflict import Request
from plan import Action, Plan, fault
from processes import (
    LIBFAKETIME,
    App,
    Clock,
    Part,
    Web,
    Worker,
    change,
    free_port,
    limit_files,
    look,
    until,
)
from proxy import Fault, Proxy

ITEMS = ("Harbour mug", "Teapot, cast iron", "Speckled bowls", "Linen lamp")
STEP = 0.03
FEWEST, MOST = 4, 100
"""Photos under way below which more are handed over, and how many in all at most."""
AT_REST = 420.0
"""Seconds after the attack by which everything has come to rest, or counts as stuck."""
NOT_OPENED = 3


class Round:
    """One folder, one store, one app. `run` gives what came of it."""

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
        port = free_port(int.from_bytes(plan.seed.encode()[-4:], "big"))
        self.web = Web(data, port, folder / "web.log", store)
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

    # ---- the round
    def run(self) -> dict[str, Any]:
        """Attack, let everything come to rest, and look."""
        with self.proxy:
            try:
                self._start_all()
                for action in self.plan.actions:
                    self._attack(action)
                self._last_faults()
                attacked = time.monotonic() - self._began
                wrong = self._rest()
            finally:
                self._end_all()
        return self._result(attacked, wrong)

    def _start_all(self) -> None:
        for part in (self.web, self.worker):
            part.start()
        until(self.web.answers, "the store answers", 120)
        self.app.start()
        self._hand_over(self.plan.photos)

    def _attack(self, action: Action) -> None:
        self._idle(action.after)
        self._feed()
        getattr(self, f"_{action.name}")(**action.details)

    def _last_faults(self) -> None:
        """Go on until the network has done its share, or for half a minute."""
        deadline = time.monotonic() + 30
        while self.proxy.inflicted < self.plan.fault_quota and time.monotonic() < deadline:
            self._idle(0.3)
            self._feed()

    def _rest(self) -> list[Wrong]:
        """End the attack, wait until nothing moves, and look at what is there."""
        self._note("the attack is over")
        self._attacking = False
        for number in range(len(self._due)):
            self._due[number] = (0.0, *self._due[number][1:])
        self._idle(0.5)
        until(lambda: self._idle(0.05) or self.app.opened, "the app opens", 120)
        self._give_again()
        rested = self._wait_for_rest()
        self.rest = round(rested, 1)
        for part in (self.app, self.worker, self.web):
            self._stop(part)
        wanted = list(self.wanted.values())
        wrong = check(self.places, wanted)
        return [*self.crashes, *(wrong or clear_up(self.places, wanted))]

    def _wait_for_rest(self) -> float:
        began = time.monotonic()
        pressed = 0.0
        while time.monotonic() - began < AT_REST and not self._at_rest():
            self._idle(0.2)
            if time.monotonic() - pressed > 10:
                pressed = time.monotonic()
                self._press_retry()
        return time.monotonic() - began

    def _at_rest(self) -> bool:
        if any(row.state not in RESTING for row in rows(self.places.outbox)):
            return False
        query = "SELECT 1 FROM store_itemimage WHERE state = 'processing'"
        return not look(self.places.database, query)

    def _press_retry(self) -> None:
        """Do what the person does about what asks for it; the impatient about all that waits."""
        ids = [n for n, state in self._rows() if state in ("failed", "rejected", "stalled")]
        if self.plan.impatient:
            ids += [n for n, state in self._rows() if state in ("waiting", "uncertain")]
        if ids:
            self.counts["retries"] += 1
            self._note(f"Retry for {ids}")
            self.app.tell("retry", ids=ids)

    def _end_all(self) -> None:
        for part in (self.app, self.worker, self.web):
            with contextlib.suppress(AssertionError):
                part.kill()

    def _stop(self, part: Part) -> None:
        try:
            part.stop()
        except AssertionError as error:
            self.crashes.append(Wrong("crashed", str(error)))

    def _result(self, attacked: float, wrong: list[Wrong]) -> dict[str, Any]:
        if self.disk is not None:
            self._keep_disk(bool(wrong))
        words = Counter(
            f"{line['said']}: {line.get('text') or line.get('title')}"
            for line in self.app.said
            if line["said"] in ("noticed", "failed", "not signed in", "connection")
        )
        return {
            "seed": self.plan.seed,
            "photos": len(self.wanted),
            "kills": sum(n for name, n in self.counts.items() if name.startswith("kill_")),
            "faults": self.proxy.inflicted,
            "by_fault": dict(self.proxy.counts),
            "by_action": dict(self.counts),
            "words": dict(words),
            "attack": round(attacked, 1),
            "rest": self.rest,
            "seconds": round(time.monotonic() - self._began, 1),
            "wrong": [(one.kind, one.words) for one in wrong],
        }

    def _keep_disk(self, wrong: bool) -> None:
        """Take the small disk away; after a failure its files stay to be looked at."""
        assert self.disk is not None
        kept = self.folder / f"{self.disk.folder.name}.kept"
        if wrong:
            self.disk.empty()
            shutil.copytree(self.disk.folder, kept)
        self.disk.unmount()

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
                self._note(said)
                part.kill()
                part.process = None
                if not expected and not (self._limited or (self.disk and self.disk.full)):
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

    # ---- kills
    def _kill_app(self, rest: float) -> None:
        self._kill("app", self.app, rest)

    def _kill_web(self, rest: float) -> None:
        self._kill("web", self.web, rest)

    def _kill_worker(self, rest: float) -> None:
        self._kill("worker", self.worker, rest)

    def _kill(self, name: str, part: Part, rest: float) -> None:
        until(lambda: self._idle(STEP) or part.alive, f"{name} lives", 60)
        if part.kill():
            self.counts[f"kill_{name}"] += 1
        self._note(f"killed {name}")
        part.process = None
        self._later(rest, lambda: self._start(part))

    def _kill_one_worker(self, rest: float) -> None:
        # Another takes its place by itself.
        if not self.worker.alive or not self.worker.kill_one(self.chance):
            self._kill_app(rest)
            return
        self.counts["kill_one_worker"] += 1
        self._note("killed one worker")

    # ---- network, sign-in, disk, clock
    def _outage(self, seconds: float) -> None:
        self.counts["outage"] += 1
        self._note(f"no network for {seconds:.1f} s")
        self.proxy.away = True
        self._later(seconds, self._network_back)

    def _network_back(self) -> None:
        self.proxy.away = False
        self._note("network back")

    def _sign_out(self) -> None:
        self._tamper("sign_out", "UPDATE store_token SET revoked_at = '2026-01-01 00:00:00'")

    def _forget_token(self) -> None:
        self._tamper("forget_token", "DELETE FROM store_token")

    def _tamper(self, name: str, statement: str) -> None:
        self.counts[name] += change(self.places.database, statement) > 0
        self._note(name)

    def _fill_disk(self, seconds: float) -> None:
        self.counts[f"full_{self.plan.disk}"] += 1
        self._note(f"{self.plan.disk} full for {seconds:.1f} s")
        if self.disk is not None:
            self.disk.fill()
        else:
            parts = {"outbox": [self.app]}.get(self.plan.disk, [self.web, self.worker])
            self._limited = list(parts)
            for part in parts:
                limit_files(part.family(), 0)
        self._later(seconds, self._make_room)

    def _make_room(self) -> None:
        if self.disk is not None:
            self.disk.empty()
        limited, self._limited = self._limited, []
        for part in limited:
            limit_files(part.family(), None)
        self._note("room again")

    def _jump_clock(self, whose: str, seconds: int) -> None:
        if not self.plan.clocked:
            return
        self.counts["jump_clock"] += 1
        self._note(f"the clock of {whose} shows {seconds:+d} s")
        self.clocks[whose].jump(seconds)

    # ---- the person
    def _pause(self, seconds: float) -> None:
        self.counts["pause"] += self.app.alive and self.app.tell("pause")
        self._later(seconds, lambda: self.app.alive and self.app.tell("resume") and None)

    def _cancel(self, share: float) -> None:
        for path in self._order("cancel", share, {"added", "ready", "waiting", "uploading"}):
            self.wanted[path].ends |= {"cancelled"}

    def _remove(self, share: float) -> None:
        for path in self._order("remove", share, None):
            # Cancelled first: a kill in between leaves it so.
            self.wanted[path].ends |= {"cancelled"}
            self.wanted[path].removed = True

    def _retry(self, share: float) -> None:
        self._order("retry", share, None)

    def _order(self, name: str, share: float, states: set[str] | None) -> list[Path]:
        """Give the app an order about some photos; return which."""
        listed = look(self.places.outbox, "SELECT id, state, path FROM photos ORDER BY id")
        fit = [(n, path) for n, state, path in listed if states is None or state in states]
        chosen = [one for one in fit if self.chance.random() < share] or fit[:1]
        if not chosen or not self.app.alive:
            return []
        self.counts[name] += 1
        self._note(f"{name} {[n for n, _ in chosen]}")
        self.app.tell(name, ids=[n for n, _ in chosen])
        return [Path(path.decode()) for _, path in chosen]

    # ---- files
    def _change_file(self) -> None:
        def change_it(path: Path) -> None:
            draft = path.with_suffix(".draft")
            self.wanted[path].contents.add(pictures.make(draft, self.chance))
            draft.replace(path)

        self._touch("change_file", change_it)

    def _truncate_file(self) -> None:
        def truncate(path: Path) -> None:
            with path.open("r+b") as file:
                file.truncate(path.stat().st_size * 2 // 3)

        self._touch("truncate_file", truncate)

    def _delete_file(self) -> None:
        self._touch("delete_file", Path.unlink)

    def _touch(self, name: str, do: Callable[[Path], None]) -> None:
        """Do something to the file of a photo that isn't in the store yet."""
        waiting = {row.path for row in rows(self.places.outbox) if row.state not in RESTING}
        paths = sorted(path for path in waiting & self.wanted.keys() if path.exists())
        if paths:
            path = self.chance.choice(paths)
            self.wanted[path].ends |= {"refused"}
            do(path)
            self.counts[name] += 1
            self._note(f"{name} {path.name}")


def say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
