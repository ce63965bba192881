"""Builds the installer for Windows on Debian: ``python -m installer.windows.build``.

Nothing of Windows is needed for it. Downloads, puts together, compiles the launchers and packs;
what was downloaded is kept in build/windows for the next time.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from installer import icons
from installer.project import BUILD, DIST, NAME, version
from installer.standin import x265
from installer.windows import launchers, script, side, stage
from installer.windows.pip import FOR_WINDOWS, PYTHON_LOCK, WHEELS_LOCK, fetch


def main() -> int:
    """Build, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--version", default=version(), help="another one, to try an upgrade")
    parser.add_argument("--quick", action="store_true", help="packed badly, but at once")
    parser.add_argument("--output", type=Path, help="the installer's file (default: in dist)")
    options = parser.parse_args()
    output = options.output or DIST / f"{NAME}-{options.version}-windows-x64-setup.exe"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    build(options.version, output, quick=options.quick)
    print(f"{output.name}  {output.stat().st_size / 1e6:.1f} MB")
    return 0


def build(number: str, output: Path, *, quick: bool = False) -> None:
    """Build the installer of a version."""
    downloads = BUILD / "windows"
    python, wheels = downloads / "python", downloads / "wheels"
    # Its set-up is run to learn its name, once its hash has proved it: with our own setuptools.
    fetch(PYTHON_LOCK, python, "--no-binary=:all:", "--no-build-isolation")
    fetch(WHEELS_LOCK, wheels, *FOR_WINDOWS)
    work = downloads / number
    tree = work / "tree"
    stage.stage(python, wheels, tree, number)
    x265.replace(tree / "lib")
    stage.describe(python, wheels, tree, output.with_name(f"{NAME}-{number}-windows.cdx.json"))
    icons.draw(BUILD / "icons")
    side.make(work / "side.bmp")
    launchers.launchers(tree, work, number)
    script.make(tree, launchers.ICON, output, number, quick=quick)


if __name__ == "__main__":
    sys.exit(main())
