from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from uploader.domain.states import IN_FLIGHT, State
from uploader.outbox import Outbox

CHILD = Path(__file__).with_name("crash_child.py")
KILLS = 20
PHOTOS = 200
GOES_ON = {
    State.ADDED, State.CHECKING, State.READY, State.WAITING, *IN_FLIGHT, State.PROCESSING,
    State.LIVE,
}  # fmt: skip


@pytest.fixture
def start(tmp_path):
    store, photos = tmp_path / "store", tmp_path / "photos"
    store.mkdir()
    photos.mkdir()
    for number in range(PHOTOS):
        (photos / f"{number:03}.jpg").write_bytes(f"photo {number} ".encode() * 60)

    def _start() -> subprocess.Popen[str]:
        command = [sys.executable, str(CHILD), str(tmp_path / "outbox.db"), str(store), str(photos)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        return process

    return _start


def references(store: Path) -> Counter[str]:
    return Counter(json.loads(f.read_text())["reference"] for f in store.glob("*.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment_every_photo_arrives_exactly_once(start, tmp_path: Path) -> None:
    chance = random.Random(20)
    unfinished = 0
    live_before: set[int] = set()
    for _ in range(KILLS):
        with start() as process:
            try:
                process.wait(chance.uniform(0.0, 0.03))
            except subprocess.TimeoutExpired:
                process.kill()
        outbox = Outbox.open(tmp_path / "outbox.db").outbox
        found = outbox.photos("shop")
        outbox.close()
        assert set(references(tmp_path / "store").values()) <= {1}
        assert len(found) in ({0, PHOTOS} if not live_before else {PHOTOS})
        assert {p.state for p in found} <= GOES_ON
        live = {p.id for p in found if p.state is State.LIVE}
        assert live_before <= live
        live_before = live
        if len(live) == PHOTOS:
            break
        unfinished += 1
    # The kills have hit work under way, or this would prove nothing.
    assert unfinished >= KILLS / 4
    with start() as process:
        assert process.stdout.read() == "done\n"
    outbox = Outbox.open(tmp_path / "outbox.db").outbox
    photos = outbox.photos("shop")
    outbox.close()
    assert [p.state for p in photos] == [State.LIVE] * PHOTOS
    assert references(tmp_path / "store") == Counter(p.reference for p in photos)
