"""Freezes the program into `build/frozen/store-uploader`: ``python -m installer.freeze.build``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installer.freeze import contents
from installer.project import BUILD, NAME, ROOT, epoch
from installer.standin import x265

FROZEN = BUILD / "frozen" / NAME


def freeze() -> Path:
    """Have PyInstaller make the folder anew, and give it. Raises CalledProcessError."""
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0"}
    # The tree comes through the spec; what else the environment says of modules stays out.
    fixed.pop("PYTHONPATH", None)
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"),
            *("--distpath", str(FROZEN.parent), "--workpath", str(BUILD / "pyinstaller")),
            str(ROOT / "installer" / "freeze" / f"{NAME}.spec"),
        ],
        cwd=ROOT,
        env=fixed,
        check=True,
    )
    x265.replace(contents.frozen(FROZEN))
    return FROZEN


if __name__ == "__main__":
    freeze()
