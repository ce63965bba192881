"""``python -m installer.proof [linux] [wine]``: tries the packages in `dist` on bare systems.

Without words: all of them. Ends with the table, which is written to `dist/proof/report.md` too, and
with 1 where anything failed. Each system's module has ``prove(report, dist)``; pictures and logs go
to `dist/proof`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from installer.proof.report import Report

ROOT = Path(__file__).parents[2]
PARTS = ("linux", "wine")
_INSIDE = "STORE_UPLOADER_PROOF"
_APART = (
    "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
    "--propagation", "private", "--",
)  # fmt: skip
"""Mounts and processes of its own: whatever it mounts or starts goes with it, however it ends."""


def main() -> int:
    """Prove what is asked for; return 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m installer.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="|".join(PARTS))
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the packages are")
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.stderr.write("This makes systems of its own and needs to be root for that.\n")
        return 1
    if os.environ.get(_INSIDE) != "1":
        _go_apart()
    signal.signal(signal.SIGTERM, _end)
    report, dist = Report(), options.dist.absolute()
    try:
        for part in options.parts or PARTS:
            importlib.import_module(f"installer.proof.{part}").prove(report, dist)
    finally:
        report.write(dist / "proof" / "report.md")
        print(f"\n{report.table()}", flush=True)
    return int(report.failed)


def _go_apart() -> NoReturn:
    """Become the same program among nobody else."""
    os.chdir(ROOT)
    command = [*_APART, sys.executable, "-m", "installer.proof", *sys.argv[1:]]
    os.execvpe(command[0], command, {**os.environ, _INSIDE: "1"})


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
