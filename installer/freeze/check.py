"""Holds a frozen folder against the allow-list: ``python -m installer.freeze.check [FOLDER]``.

Exits with 1 and a line for each thing that is there and shouldn't be, or should be and isn't.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from installer.freeze import elf
from installer.freeze.allowed import LIBRARIES, SYSTEM
from installer.freeze.contents import frozen
from installer.project import BUILD, NAME

MOST = 150 * 1024 * 1024
"""Bytes that the frozen folder may have."""


def complaints(folder: Path, libraries: Sequence[elf.Elf]) -> list[str]:
    """Say what is amiss in a frozen folder; nothing where all is well."""
    inside = frozen(folder)
    paths = [
        lib.path.relative_to(inside).as_posix() for lib in libraries if inside in lib.path.parents
    ]
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    return [
        *against(paths),
        *_of_system(libraries),
        *(f"leads nowhere: {path}" for path in folder.rglob("*") if not path.exists()),
        *([f"too large: {size:,} bytes, {MOST:,} are allowed"] if size > MOST else []),
    ]


def against(paths: Iterable[str], patterns: Sequence[str] = LIBRARIES) -> list[str]:
    """Hold libraries' paths in the bundle against patterns; say what is too much or missing."""
    paths = list(paths)
    unknown = [path for path in paths if not any(fnmatchcase(path, known) for known in patterns)]
    missing = [known for known in patterns if not any(fnmatchcase(path, known) for path in paths)]
    return [
        *(f"isn't allowed in the bundle: {path}" for path in unknown),
        *(f"is expected in the bundle: {pattern}" for pattern in missing),
    ]


def outside(libraries: Iterable[elf.Elf]) -> dict[str, list[str]]:
    """Give what the system has to bring: each library's name, and who needs it."""
    libraries = list(libraries)
    own = {lib.name for lib in libraries} | {lib.path.name for lib in libraries}
    wanted: dict[str, list[str]] = {}
    for lib in libraries:
        for name in sorted(lib.needed - own):
            wanted.setdefault(name, []).append(lib.path.name)
    return wanted


def _of_system(libraries: Iterable[elf.Elf]) -> list[str]:
    return [
        f"is expected of the system by {users[0]}, and not in the list: {name}"
        for name, users in outside(libraries).items()
        if name not in SYSTEM
    ]


def main(arguments: Sequence[str]) -> int:
    """Check the folder that is named, or the last that was frozen."""
    folder = Path(arguments[0]) if arguments else BUILD / "frozen" / NAME
    found = complaints(folder, list(elf.below(folder)))
    sys.stderr.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
