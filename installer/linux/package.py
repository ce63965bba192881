"""``make package``: freezes the program and makes every package for Linux from it, in `dist`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer.freeze import check, elf
from installer.freeze.build import freeze
from installer.linux import deb, needs, rpm, tar, tree
from installer.project import BUILD
from installer.release import describe


def main() -> int:
    """Make all of them; 1 where the frozen program isn't what it should be."""
    frozen = freeze()
    describe.frozen(frozen, frozen / "licences", "linux")
    libraries = list(elf.below(frozen))
    if complaints := check.complaints(frozen, libraries):
        sys.stderr.write("".join(f"{line}\n" for line in complaints))
        return 1
    for package in _packages(frozen, libraries):
        print(f"{package.name}  {package.stat().st_size / 1e6:.1f} MB")
    return 0


def _packages(frozen: Path, libraries: list[elf.Elf]) -> list[Path]:
    """Make the three at once: nearly all of the time each compresses, which takes one core."""
    work = BUILD / "linux"
    installed = work / "tree"
    tree.lay(frozen, installed)
    with ThreadPoolExecutor() as pool:
        begun = (
            pool.submit(deb.build, installed, work, needs.debian(libraries)),
            pool.submit(rpm.build, installed, work, needs.sonames(libraries)),
            pool.submit(tar.build, installed),
        )
    return [each.result() for each in begun]


if __name__ == "__main__":
    sys.exit(main())
