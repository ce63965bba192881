"""What goes into the bundle beside what PyInstaller finds by itself, and what doesn't."""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path

from installer.project import BUILD, ROOT, pyproject

_SHARE = "share/store-uploader/"

FOUND_LATE = (
    # By name: uploader/imaging/pillow.py, and Pillow's own way to its plug-ins.
    *(f"PIL.{kind}ImagePlugin" for kind in ("Avif", "Bmp", "Gif", "Jpeg", "Png", "Tiff", "WebP")),
    "PIL.ImageCms",
    "pillow_heif",
    # Through entry points: connectors, and keyring's ways to the system's keychain.
    "uploader.stores.companion",
    *(f"keyring.backends.{name}" for name in ("chainer", "fail", "null")),
    *{
        "linux": ("keyring.backends.SecretService", "keyring.backends.kwallet", "secretstorage"),
        "darwin": ("keyring.backends.macOS",),
        "win32": ("keyring.backends.Windows",),
    }[sys.platform],
)
"""Modules that no import statement leads to."""

LEFT_OUT = (
    # The companion server is installed on servers, not on admins' desks.
    *("uploader.server", "django", "waitress", "gunicorn"),
    # Nothing of ours uses these; PyInstaller would take them for what merely might.
    *("tkinter", "_tkinter", "unittest", "test", "doctest", "pydoc", "pdb", "lib2to3", "idlelib"),
    *("distutils", "setuptools", "pip", "ensurepip", "venv", "turtle", "curses", "readline"),
    *("numpy", "olefile", "defusedxml", "IPython", "OpenSSL", "socks", "brotli", "simplejson"),
    *("PIL.ImageTk", "PIL._imagingtk", "PIL.ImageQt", "PIL.ImageShow", "PIL._imagingft"),
    *(
        "PySide6.QtOpenGL",
        "PySide6.QtQml",
        "PySide6.QtQuick",
        "PySide6.QtSql",
        "PySide6.QtTest",
        "PySide6.QtDBus",
    ),
    # The one in C is there.
    "_pydecimal",
    # uuid does without it, and it would need one more library.
    "_uuid",
)

METADATA = ("store-uploader", "keyring")
"""Distributions whose entry points are read when the program runs."""


def resources() -> list[tuple[str, str]]:
    """Give the program's own files as PyInstaller's pairs of file and folder in the bundle.

    The same as an installed package has (pyproject.toml), where `uploader/ui/resources.py` looks.
    """
    pairs: list[tuple[str, str]] = []
    for place, patterns in pyproject()["tool"]["setuptools"]["data-files"].items():
        folder = "resources/" + place.removeprefix(_SHARE)
        for pattern in patterns:
            pairs += [(str(file), folder) for file in sorted(ROOT.glob(pattern))]
    return pairs


def metadata() -> list[tuple[str, str]]:
    """Give the two files of the metadata that are read; no paths of this machine."""
    pairs: list[tuple[str, str]] = []
    for name in METADATA:
        found = distribution(name)
        folder = f"{name.replace('-', '_')}-{found.version}.dist-info"
        kept = BUILD / "metadata" / folder
        kept.mkdir(parents=True, exist_ok=True)
        for file in ("METADATA", "entry_points.txt"):
            (kept / file).write_text(found.read_text(file) or "", "utf-8")
            pairs.append((str(kept / file), folder))
    return pairs


def frozen(folder: Path) -> Path:
    """Give where PyInstaller puts everything but the program itself, below `folder`."""
    return folder / "_internal"
