"""One round of the torture: real processes, a network in between, and everything goes wrong.

What is inflicted, on whom and after how long follows from the round's seed. At which line of
code a process dies doesn't: that is the machine's business, and another one at every run.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections import Counter
from typing import Any

from attacks import Attacks
from check import RESTING, Wrong, check, clear_up, rows
from databases import look
from plan import Action
from processes import Part
from store_process import until

AT_REST = 420.0
"""Seconds after the attack by which everything has come to rest, or counts as stuck."""


class Round(Attacks):
    """Attacks, lets everything come to rest, and looks: `run` gives what came of it."""

    def run(self) -> dict[str, Any]:
        """Attack, let everything come to rest, and look."""
        wrong: list[Wrong] = [Wrong("stuck", "the round wasn't finished")]
        with self.proxy:
            try:
                self._start_all()
                for action in self.plan.actions:
                    self._attack(action)
                self._last_faults()
                attacked = time.monotonic() - self._began
                wrong = self._rest()
            finally:
                self._end_all(wrong=bool(wrong))
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
        # A pause outlives the app; the word that was to end it may have met a dead one.
        self.app.tell("resume")
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

    def _end_all(self, *, wrong: bool) -> None:
        for part in (self.app, self.worker, self.web):
            with contextlib.suppress(AssertionError):
                part.kill()
        self.web.leave()
        if self.disk is not None:
            self._keep_disk(wrong)

    def _stop(self, part: Part) -> None:
        try:
            part.stop()
        except AssertionError as error:
            self.crashes.append(Wrong("crashed", str(error)))

    def _result(self, attacked: float, wrong: list[Wrong]) -> dict[str, Any]:
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
