"""Freezes the program into `build/frozen/store-uploader`: ``python -m installer.freeze.build``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installer.freeze import contents, icu, support
from installer.project import BUILD, NAME, ROOT, epoch
from installer.standin import x265

FROZEN = BUILD / "frozen" / NAME


def freeze() -> Path:
    """Have PyInstaller make the folder anew, and give it. Raises CalledProcessError."""
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0"}
    # Modules as they are: nothing to unpack at each start, and packages compress them better.
    fixed["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
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
    inside = contents.frozen(FROZEN)
    x265.replace(inside)
    if sys.platform == "linux":
        # On a Mac the .app is another copy, made by now: there it would be work for nothing.
        support.lay_out(inside)
        for library in inside.glob("PySide6/Qt/lib/libicudata.so.*"):
            icu.reduce(library)
    return FROZEN


if __name__ == "__main__":
    freeze()
