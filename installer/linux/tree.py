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
from installer.linux import words
from installer.project import APP_ID, BUILD, NAME, epoch

PROGRAM = Path("usr/lib") / NAME
DOC = Path("usr/share/doc") / NAME

_HERE = Path(__file__).parent / "desktop"
_DESKTOP = {
    f"{APP_ID}.desktop": f"applications/{APP_ID}.desktop",
    f"{APP_ID}.metainfo.xml": f"metainfo/{APP_ID}.metainfo.xml",
    # “Upload with Store Uploader” for photos in Dolphin and in Nemo; others offer it under “Open
    # with”, by the menu entry's types.
    f"{NAME}-servicemenu.desktop": f"kio/servicemenus/{NAME}.desktop",
    f"{NAME}.nemo_action": f"nemo/actions/{NAME}.nemo_action",
}


def lay(frozen: Path, root: Path) -> None:
    """Make the folder `root` anew from the frozen program, whose licence texts are in it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(frozen, root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / NAME).symlink_to(os.path.relpath(PROGRAM / NAME, "usr/bin"))
    _write(words.copyright_file(), root / DOC / "copyright")
    integrate(root / "usr/share")
    normalise(root)


def integrate(share: Path) -> None:
    """Put what desktops read below a ``share`` folder: menu entry, icons, and the like."""
    for name, place in _DESKTOP.items():
        _write(words.filled(_HERE / name), share / place)
    manual = words.filled(_HERE / f"{NAME}.1")
    _write(packed(manual), share / f"man/man1/{NAME}.1.gz")
    pixels = share / "icons/hicolor"
    icons.draw(BUILD / "icons")
    for size in icons.SIZES:
        drawn = BUILD / "icons" / f"{NAME}-{size}.png"
        _copy(drawn, pixels / f"{size}x{size}/apps/{NAME}.png")
    _copy(icons.DRAWING, pixels / f"scalable/apps/{NAME}.svg")


def _write(content: str | bytes, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def packed(text: str) -> bytes:
    """Compress a text as Debian wants changelogs and manual pages: without name and time."""
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def normalise(root: Path) -> None:
    """Give every file its mode, and the commit's time; links and folders too."""
    program = root / PROGRAM / NAME
    for path in (*below(root), root):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def below(root: Path) -> Iterator[Path]:
    """Give everything below a folder, always in the same order."""
    yield from sorted(root.rglob("*"))
