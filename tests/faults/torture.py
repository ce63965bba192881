"""Kills and network faults at random against real processes, and then: is it all there?


    torture.py N            until N kills and N network faults have really been inflicted
    torture.py N SEED       the same, with a seed of one's own
    torture.py 0 SEED.3     one round alone: the one that printed this seed

Each round has a seed of its own and draws from it what is done to whom, and after how long.
A replay decides the same; at which line of code a process dies is the machine's business.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

from plan import draw
from processes import EMAIL, PASSWORD, manage
from round import Round

KINDS = ("lost", "doubled", "stuck")
LONGEST = 1200
"""Seconds that a round may take."""


class Torture:
    """Runs rounds until enough has been inflicted, several at once, and sums them up."""

    def __init__(self, wanted: int, seed: str, folder: Path, jobs: int) -> None:
        self.wanted, self.seed, self.folder, self.jobs = wanted, seed, folder, jobs
        self.results: list[dict[str, Any]] = []
        self.began = time.monotonic()
        self._rounds: set[subprocess.Popen[str]] = set()

    def interrupt(self, *_: object) -> None:
        """End at once, with all that was started."""
        rounds = tuple(self._rounds)
        with ThreadPoolExecutor(len(rounds) or 1) as pool:
            list(pool.map(_interrupt, rounds))
        os._exit(130)

    def run(self) -> int:
        """Give the exit code."""
        template = self.folder / "template"
        manage(template, "createadmin", EMAIL, "--password-stdin", stdin=PASSWORD)
        seeds = iter([self.seed] if "." in self.seed else self._seeds())
        with ThreadPoolExecutor(self.jobs) as pool:
            running: dict[Future[dict[str, Any]], int] = {}
            while self._more(running) or running:
                while len(running) < self.jobs and self._more(running):
                    if (seed := next(seeds, None)) is None:
                        break
                    expected = min(draw(seed).kills, draw(seed).fault_quota)
                    running[pool.submit(self._round, seed)] = expected
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    del running[future]
                    self._ended(future.result())
                if "." in self.seed:
                    break
        return self._sum_up()

    def _seeds(self) -> Any:
        number = 0
        while True:
            number += 1
            yield f"{self.seed}.{number}"

    def _more(self, running: dict[Any, int]) -> bool:
        """Whether another round is needed beside those that run."""
        if "." in self.seed:
            return not self.results and not running
        had = min(self._total("kills"), self._total("faults"))
        return had + sum(running.values()) < self.wanted

    def _total(self, key: str) -> int:
        return sum(result.get(key, 0) for result in self.results)

    def _round(self, seed: str) -> dict[str, Any]:
        """Run one round in a process of its own, which may fail without the others."""
        folder = self.folder / f"round-{seed}"
        folder.mkdir()
        command = [sys.executable, __file__, "--round", seed, str(folder), str(folder.parent)]
        with (folder / "round.log").open("w") as log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        self._rounds.add(process)
        try:
            out, _ = process.communicate(timeout=LONGEST)
            return dict(json.loads(out.splitlines()[-1]))
        except (subprocess.TimeoutExpired, ValueError, IndexError):
            _interrupt(process)
            return {"seed": seed, "wrong": [("stuck", "the round itself failed: see round.log")]}
        finally:
            self._rounds.discard(process)

    def _ended(self, result: dict[str, Any]) -> None:
        self.results.append(result)
        folder = self.folder / f"round-{result['seed']}"
        say(
            f"[{time.monotonic() - self.began:6.0f} s] seed {result['seed']}: "
            f"{result.get('photos', 0)} photos, {result.get('kills', 0)} kills, "
            f"{result.get('faults', 0)} faults, {result.get('seconds', 0)} s, at rest after "
            f"{result.get('rest', '-')} s"
        )
        for kind, words in result["wrong"]:
            say(f"    {kind.upper()}: {words}")
        if result["wrong"]:
            (folder / "result.json").write_text(json.dumps(result, indent=1))
            say(f"    again: make torture SEED={result['seed']}   everything about it: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def _sum_up(self) -> int:
        wrong = Counter(kind for result in self.results for kind, _ in result["wrong"])
        more = {key: Counter[str]() for key in ("by_action", "by_fault", "words")}
        for result in self.results:
            for key, counter in more.items():
                counter.update(result.get(key, {}))
        rest = sorted(result["rest"] for result in self.results if "rest" in result)
        tell({
            "seed": self.seed, "rounds": len(self.results), **more, "seconds_to_rest": rest,
            "other": {kind: n for kind, n in wrong.items() if kind not in KINDS},
            "failed": [result["seed"] for result in self.results if result["wrong"]],
        })  # fmt: skip
        tell({
            "photos": self._total("photos"), "kills": self._total("kills"),
            "faults": self._total("faults"), **{kind: wrong[kind] for kind in KINDS},
            "seconds": round(time.monotonic() - self.began, 1),
        })  # fmt: skip
        return 1 if wrong else 0


def _end_round(*_: object) -> None:
    # Once: a second word would cut the tidying up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit("interrupted")


def _interrupt(process: subprocess.Popen[str]) -> None:
    """End a round; it takes its processes and its disk with it."""
    try:
        process.terminate()
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()


def say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def tell(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


def main() -> int:
    if sys.argv[1:2] == ["--round"]:
        seed, folder, parent = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
        signal.signal(signal.SIGTERM, _end_round)
        plan = draw(seed)
        say(json.dumps(asdict(plan), indent=1))
        tell(Round(plan, folder, parent / "template").run())
        return 0
    parser = argparse.ArgumentParser("torture")
    parser.add_argument("number", type=int, help="of kills, and of network faults")
    parser.add_argument(
        "seed", nargs="?", default="", help="of a run, or of one round (with a dot)"
    )
    parser.add_argument("--jobs", type=int, default=3, help="rounds at once")
    parser.add_argument("--folder", type=Path, help="where failed rounds are kept")
    chosen = parser.parse_args()
    seed = chosen.seed or str(random.SystemRandom().randrange(10**6))
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="torture-"))
    folder.mkdir(parents=True, exist_ok=True)
    say(f"seed {seed}")
    torture = Torture(chosen.number, seed, folder, chosen.jobs)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, torture.interrupt)
    code = torture.run()
    if not code:
        shutil.rmtree(folder, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
