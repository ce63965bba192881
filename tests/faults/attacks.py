"""What can be done to a stage: one method for each name that a plan may draw."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pictures
from check import RESTING, rows
from databases import change, look
from machine import limit_files
from processes import Part
from stage import STEP, Stage
from store_process import until

CRAMPED = 15.0
"""Seconds after there is room again in which a process may still end for want of it."""


class Attacks(Stage):
    """Inflicts, notes and counts."""

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
        # On a full disk nobody can sign anybody out either.
        with contextlib.suppress(sqlite3.OperationalError):
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
        # What starts on a full disk may end again, and takes a while to find out.
        self._cramped_until = time.monotonic() + seconds + CRAMPED
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
