"""The short form of `make torture`: the same attack, a few rounds of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SEED, NUMBER = "2013", 24


def test_nothing_is_lost_or_doubled_or_stuck(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("torture.py")), str(NUMBER), SEED]
    done = subprocess.run(
        [*command, "--jobs", "2", "--folder", str(tmp_path / "torture")],
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    assert (last["lost"], last["doubled"], last["stuck"]) == (0, 0, 0)
    assert min(last["kills"], last["faults"]) >= NUMBER
    assert last["photos"] > 0
