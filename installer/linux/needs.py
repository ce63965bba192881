"""What the packages ask of the system, read from the libraries themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from installer.freeze.allowed import SYSTEM
from installer.freeze.check import outside
from installer.freeze.elf import Elf

# The GCC release that brought a version of the C++ library's symbols (GCC's manual, ABI policy).
_GCC = {"GLIBCXX_3.4.29": "11", "GLIBCXX_3.4.30": "12", "GLIBCXX_3.4.31": "13"}


def debian(libraries: Iterable[Elf]) -> list[str]:
    """Give the entries of `Depends`, sorted; with versions where symbols ask for them."""
    libraries = list(libraries)
    least = {
        "libc6": newest(libraries, "GLIBC"),
        "libstdc++6": _gcc(newest(libraries, "GLIBCXX")),
    }
    named = {SYSTEM[name] for name in outside(libraries)}
    return sorted(f"{name} (>= {least[name]})" if name in least else name for name in named)


def sonames(libraries: Iterable[Elf]) -> list[str]:
    """Give what an .rpm requires, as all distributions with 64 bit say it, sorted."""
    libraries = list(libraries)
    wanted = {f"{name}()(64bit)" for name in outside(libraries) if not name.startswith("ld-")}
    return sorted({*wanted, f"libc.so.6(GLIBC_{newest(libraries, 'GLIBC')})(64bit)"})


def newest(libraries: Iterable[Elf], family: str) -> str:
    """Give the newest version of a family of symbols that is asked for: ``2.35`` of GLIBC."""
    pattern = re.compile(rf"{family}_([\d.]+)")
    found = {
        match[1] for lib in libraries for name in lib.versions if (match := pattern.fullmatch(name))
    }
    return max(found, key=lambda text: [int(part) for part in text.split(".")])


def _gcc(version: str) -> str:
    # Older ones are in every system that Qt runs on.
    return _GCC.get(f"GLIBCXX_{version}", "11")
