"""What a program or library for Linux says of itself, as binutils reads it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_SONAME = re.compile(r"^\s+SONAME\s+(\S+)$", re.MULTILINE)
_VERSION = re.compile(r"\s((?:GLIBC|GLIBCXX|CXXABI|GCC)_[\d.]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Elf:
    """`needed` are names of libraries, `versions` of symbols' versions (``GLIBC_2.34``)."""

    path: Path
    name: str
    needed: frozenset[str]
    versions: frozenset[str]


def read(path: Path) -> Elf:
    """Read one file. Raises CalledProcessError for what is none."""
    said = subprocess.run(
        ["objdump", "-p", str(path)], capture_output=True, text=True, check=True
    ).stdout
    name = _SONAME.search(said)
    references = said.partition("Version References:")[2]
    return Elf(
        path,
        name[1] if name else path.name,
        frozenset(_NEEDED.findall(said)),
        frozenset(_VERSION.findall(references)),
    )


def below(folder: Path) -> Iterator[Elf]:
    """Read every program and library below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            yield read(path)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC
