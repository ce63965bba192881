"""The files as Linux has them once the program is installed, laid out in a folder.

The program is below ``usr/lib``, where its libraries are nobody else's; all around it is where
freedesktop.org's specifications look for it. Modes and times are always the same.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from installer import icons
from installer.project import APP_ID, BUILD, NAME, ROOT, epoch

HERE = Path(__file__).parent
PROGRAM = Path("usr/lib") / NAME
DOC = Path("usr/share/doc") / NAME


def lay(frozen: Path, root: Path) -> None:
    """Make the folder `root` anew from the frozen program, whose licence texts are in it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(frozen, root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / NAME).symlink_to(os.path.relpath(PROGRAM / NAME, "usr/bin"))
    _copy(ROOT / "LICENSE", root / DOC / "copyright")
    integrate(root / "usr/share")
    normalise(root)


def integrate(share: Path) -> None:
    """Put what desktops read below a ``share`` folder: menu entry, icons, and the like."""
    for place, name in _DESKTOP:
        _copy(HERE / "desktop" / name, share / place / name)
    pixels = share / "icons/hicolor"
    icons.draw(BUILD / "icons")
    for size in icons.SIZES:
        drawn = BUILD / "icons" / f"{NAME}-{size}.png"
        _copy(drawn, pixels / f"{size}x{size}/apps/{NAME}.png")
    _copy(icons.DRAWING, pixels / f"scalable/apps/{NAME}.svg")


_DESKTOP = (("applications", f"{APP_ID}.desktop"),)


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def packed(text: str) -> bytes:
    """Compress a text as Debian wants changelogs and manual pages: without name and time."""
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def normalise(root: Path) -> None:
    """Give every file its mode, and the commit's time; links and folders too."""
    for path in (*below(root), root):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == NAME else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def below(root: Path) -> Iterator[Path]:
    """Give everything below a folder, always in the same order."""
    yield from sorted(root.rglob("*"))
