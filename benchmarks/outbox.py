"""A full outbox: adding 10,000 photos, changing them all, and opening the app on 11,000.

Opening is measured from the command until the window has painted with its rows in it (with an
empty outbox: until the window knows that there are none); the stall is the longest time until
all rows are there in which the window did nothing else. On 10,000 finished and 1,000 waiting
photos and on none, by turns. Under Xvfb, so that it is a real X window. Last line: one JSON
object. Run: ``.venv/bin/python benchmarks/outbox.py``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _display import display

from uploader.background.profiles import Profile, Profiles
from uploader.domain.findings import Facts, Format
from uploader.domain.photos import Fingerprint
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.engine import edit, words
from uploader.outbox import Outbox

ROUNDS = 7
FINISHED = 10_000
WAITING = 1_000
SHOP = Profile("shop", "https://127.0.0.1:9", "ines@shop.example", "Harbour & Pine")

OPENING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from uploader.app import build, show
from uploader.background.settings import Settings

app = build(Settings(Path(sys.argv[1]), keychain=False, profile="shop"))
worst, last = 0.0, time.perf_counter()

def beat():
    global worst, last
    now = time.perf_counter()
    worst, last = max(worst, now - last), now

heart = QTimer()
heart.timeout.connect(beat)

def told(photos):
    app.desk.reset.disconnect(told)
    app.window.repaint()
    print(time.time(), flush=True)
    QTimer.singleShot(1500, done)

def done():
    if app.window.model.rowCount() < int(sys.argv[2]):
        QTimer.singleShot(100, done)
        return
    print(worst, flush=True)
    app.qt.quit()

def started():
    global worst, last
    worst, last = 0.0, time.perf_counter()
    heart.start(0)

app.desk.reset.connect(told)
QTimer.singleShot(0, started)
show(app)
"""


def timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def fill(folder: Path) -> dict[str, float]:
    """Make an outbox as a long season leaves it; give the seconds of its steps."""
    outbox = Outbox.open(folder / "outbox.sqlite3").outbox
    Profiles(outbox).use(SHOP)
    paths = [Path(f"/photos/season/photo-{n:05}.jpg") for n in range(FINISHED + WAITING)]
    seconds = {"add": timed(lambda: outbox.add("shop", paths[:FINISHED], time.time()))}
    outbox.add("shop", paths[FINISHED:], time.time())
    ids = outbox.ids("shop", State.ADDED)
    outbox.move_many(ids, State.CHECKING)
    known = {"fingerprint": Fingerprint(3_000_000, 1, "ab" * 32),
             "facts": Facts(Format.JPEG, 3000, 4000, 3_000_000)}  # fmt: skip
    outbox.move_many(ids, State.READY, words.ADDED, **known)
    finished, mug = ids[:FINISHED], Item("12", "Harbour mug, blue", "HP-1042")
    seconds["choose_item"] = timed(lambda: edit.choose_item(outbox, finished, mug))
    edit.choose_item(outbox, ids[FINISHED:], mug)
    seconds["upload"] = timed(lambda: outbox.move_many(finished, State.WAITING, words.QUEUED))
    outbox.move_many(ids[FINISHED:], State.WAITING, words.QUEUED)
    seconds["cancel"] = timed(lambda: outbox.move_many(finished, State.CANCELLED, "Taken back"))
    edit.put_back(outbox, finished)
    for state in (State.CHECKING, State.READY, State.WAITING, State.UPLOADING, State.PROCESSING):
        outbox.move_many(finished, state)
    outbox.move_many(finished, State.LIVE, words.LIVE, matches=True)
    outbox.close()
    return seconds


def opened(data: Path, photos: int, environment: dict[str, str]) -> tuple[float, float]:
    """Start the app; give the seconds until its rows are there, and the longest stall."""
    began = time.time()
    result = subprocess.run(
        [sys.executable, "-c", OPENING, str(data), str(photos)],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    there, stall = result.stdout.split()
    return float(there) - began, float(stall)


def main() -> None:
    with display() as screen, tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **screen}
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        steps = fill(full)
        nothing = Outbox.open(empty / "outbox.sqlite3").outbox
        Profiles(nothing).use(SHOP)
        nothing.close()
        times: dict[Path, list[tuple[float, float]]] = {full: [], empty: []}
        for _ in range(ROUNDS + 1):  # the first round warms the disk's cache
            for data, found in times.items():
                photos = FINISHED + WAITING if data is full else 0
                found.append(opened(data, photos, environment))
    for name, seconds in steps.items():
        print(f"{name:12} {FINISHED:,} photos  {seconds:.2f} s")
    middle = {
        data.name: statistics.median(seconds for seconds, _ in found[1:])
        for data, found in times.items()
    }
    stalls = {
        data.name: statistics.median(stall for _, stall in found[1:])
        for data, found in times.items()
    }
    ratio = middle["full"] / middle["empty"]
    print(f"open, empty         {middle['empty']:.3f} s, longest stall {stalls['empty']:.3f} s")
    print(f"open, {FINISHED + WAITING:,} photos {middle['full']:.3f} s, "
          f"longest stall {stalls['full']:.3f} s (median of {ROUNDS})")  # fmt: skip
    print(f"ratio               {ratio:.2f} (target 1.3)")
    print(json.dumps({**{k: round(v, 2) for k, v in steps.items()},
                      **{f"open_{k}": round(v, 3) for k, v in middle.items()},
                      "ratio": round(ratio, 2), "stall": round(stalls["full"], 3)}))  # fmt: skip


if __name__ == "__main__":
    main()
