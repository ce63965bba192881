"""Compiles the two launchers with mingw-w64: the window's, and the one for scripts."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from installer.project import BUILD, NAME

HERE = Path(__file__).parent
ICON = BUILD / "icons" / f"{NAME}.ico"
WINDOW, CONSOLE = "StoreUploader.exe", "store-uploader.exe"
_TOOLS = "x86_64-w64-mingw32-"


def launchers(target: Path, work: Path, version: str) -> None:
    """Compile both into `target`, which holds Python's library; `ICON` is drawn already."""
    numbers = four_numbers(version)
    manifest = (HERE / "launcher.manifest").read_text("utf-8")
    (work / "launcher.manifest").write_text(manifest.replace("@VERSION@", numbers), "utf-8")
    shutil.copy(HERE / "launcher.rc", work)
    shutil.copy(ICON, work / "app.ico")
    for name, words in ((WINDOW, ["-mwindows", "-DWINDOWED"]), (CONSOLE, ["-mconsole"])):
        _resources(name, work, version)
        _run(
            "gcc", "-municode", *words, "-Os", "-s", "-Wall", "-Wextra", "-Werror",
            # A time in the file would make each build another one.
            "-Wl,--no-insert-timestamp", "-Wl,--nxcompat,--dynamicbase,--high-entropy-va",
            "-o", str(target / name), str(HERE / "launcher.c"), "launcher.o",
            str(target / "python313.dll"), folder=work,
        )  # fmt: skip


def four_numbers(version: str) -> str:
    """Give a version as Windows counts: ``0.1.0`` is ``0.1.0.0``, and so is ``0.1.0rc1``."""
    numbers = re.findall(r"\d+", re.match(r"[\d.]*", version)[0])[:4]  # type: ignore[index]
    return ".".join([*numbers, *["0"] * (4 - len(numbers))])


def _resources(name: str, work: Path, version: str) -> None:
    numbers = four_numbers(version).replace(".", ",")
    said = {"NUMBERS": numbers, "VERSION": f'\\"{version}\\"', "NAME": f'\\"{name}\\"'}
    words = [f"-D{key}={value}" for key, value in said.items()]
    _run("windres", *words, "launcher.rc", "launcher.o", folder=work)


def _run(tool: str, *words: str, folder: Path) -> None:
    subprocess.run([f"{_TOOLS}{tool}", *words], cwd=folder, check=True)
