"""Makes the installer of the staged tree: tells the NSIS script what it needs, and runs NSIS."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from installer.project import epoch
from installer.windows.launchers import HERE, four_numbers
from uploader.domain.endings import ENDINGS

_BLOCK = 4096
"""Bytes that files take up in multiples of, on a disk as Windows formats it."""
_COMPILED = 1.1
"""What compiled modules, made at the installation, take up beside their sources."""


def make(tree: Path, icon: Path, output: Path, version: str, *, quick: bool = False) -> None:
    """Write the installer; `quick` ones are larger.

    What lies beside the tree, such as the picture of the last page, is the installer's own. Raises
    CalledProcessError where NSIS has a complaint, even a warning.
    """
    work = tree.parent
    (work / "files.nsh").write_text(unpacking(_ordered(tree), tree), "utf-8")
    (work / "verbs.nsh").write_text(verbs(ENDINGS), "utf-8")
    _settle(work)
    output.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "VERSION": version, "NUMBERS": four_numbers(version), "SIZE": installed_kib(tree),
        "TREE": tree, "ICON": icon, "OUTPUT": output,
    }  # fmt: skip
    words = [f"-D{name}={value}" for name, value in said.items()] + ["-DQUICK"] * quick
    subprocess.run(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(HERE / "setup.nsi")],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())}, check=True,
    )  # fmt: skip


def _settle(work: Path) -> None:
    """Give all that NSIS may take one time and plain rights, so that two builds are the same."""
    for path in [*sorted(work.rglob("*"), reverse=True), work]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (epoch(), epoch()))


def _ordered(tree: Path) -> list[str]:
    """List the files, like beside like: what is alike is packed smaller."""
    files = (path for path in tree.rglob("*") if path.is_file())
    kinds = sorted((path.suffix, path.relative_to(tree).as_posix()) for path in files)
    return [file for _, file in kinds]


def unpacking(files: Iterable[str], tree: Path) -> str:
    """Give the NSIS commands that unpack files, in their order: a disk's own differs each time."""
    lines, folder = list[str](), ""
    for file in files:
        place = str(PureWindowsPath("${ARRIVING}", file).parent)
        if place != folder:
            folder = place
            lines.append(f'SetOutPath "{place}"')
        lines.append(f'File "{tree}/{file}"')
    return "".join(f"{line}\n" for line in lines)


def verbs(endings: Iterable[str]) -> str:
    """Give a macro that does something for every kind of file that the program takes."""
    classes = [*(rf"SystemFileAssociations\{ending}" for ending in sorted(endings)), "Directory"]
    lines = (f'    !insertmacro ${{DO}} "{name}"\n' for name in classes)
    return "!macro VERBS DO\n" + "".join(lines) + "!macroend\n"


def installed_kib(tree: Path) -> int:
    """Tell how much room the program takes once it is installed, in KiB."""
    total = 0.0
    for file in tree.rglob("*"):
        if file.is_file():
            size = -(-file.stat().st_size // _BLOCK) * _BLOCK
            total += size * (1 + _COMPILED) if file.suffix == ".py" else size
    return int(total) // 1024
