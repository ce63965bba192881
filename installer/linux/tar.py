"""The .tar.xz, for every other Linux: ``bin``, ``lib`` and ``share``, as below any prefix.

It runs where it is unpacked (``bin/store-uploader``), and unpacked into ``~/.local`` or
``/usr/local`` it is in the menu too.
"""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from installer.linux.tree import below
from installer.project import DIST, NAME, epoch, version


def build(tree: Path) -> Path:
    """Make the archive of an installed tree, and give it. Raises CalledProcessError."""
    package = DIST / f"{NAME}-{version()}-linux-x86_64.tar.xz"
    DIST.mkdir(exist_ok=True)
    with package.open("wb") as to:
        # One thread: more of them would make other bytes.
        command = ["xz", "--threads=1", "-6", "--stdout"]
        packing = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=to)
        assert packing.stdin is not None
        with packing.stdin, tarfile.open(fileobj=packing.stdin, mode="w|") as archive:
            for path, name in _entries(tree):
                archive.add(path, name, recursive=False, filter=_plain)
    if code := packing.wait():
        raise subprocess.CalledProcessError(code, command)
    return package


def _entries(tree: Path) -> Iterator[tuple[Path, str]]:
    top = f"{NAME}-{version()}"
    for path in (tree / "usr", *below(tree / "usr")):
        yield path, f"{top}/{path.relative_to(tree / 'usr').as_posix()}".removesuffix("/.")


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose files they were where it was built, and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = epoch()
    return entry
