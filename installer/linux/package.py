"""``make package``: freezes the program and makes every package for Linux from it, in `dist`."""

from __future__ import annotations

import platform
import sys
import sysconfig
from pathlib import Path

from installer.freeze import check, elf
from installer.freeze.build import freeze
from installer.linux import deb, needs, tree
from installer.project import BUILD
from installer.release import licences


def main() -> int:
    """Make all of them; 1 where the frozen program isn't what it should be."""
    frozen = freeze()
    _add_licences(frozen)
    libraries = list(elf.below(frozen))
    if complaints := check.complaints(frozen, libraries):
        sys.stderr.write("".join(f"{line}\n" for line in complaints))
        return 1
    work = BUILD / "linux"
    installed = work / "tree"
    tree.lay(frozen, installed)
    made = [deb.build(installed, work, needs.debian(libraries))]
    for package in made:
        print(_told(package))
    return 0


def _add_licences(frozen: Path) -> None:
    """Put the texts of everything that is in the bundle beside the program."""
    source = licences.Source(
        site_packages=Path(sysconfig.get_path("purelib")),
        interpreter=Path(sys.base_prefix),
        python=platform.python_version(),
        target="linux",
        bundle=frozen,
    )
    licences.collect(source, frozen / "licences")


def _told(package: Path) -> str:
    return f"{package.name}  {package.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
