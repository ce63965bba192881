"""The words of ``licences/README.txt``: what is in a package, and under which terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Protocol

from installer.release.native import STAND_IN, Native

_WIDTH = 78


class Listed(Protocol):
    """What is listed of a part; `licences.Entry` is one."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def licence(self) -> str: ...  # noqa: D102
    @property
    def home(self) -> str: ...  # noqa: D102
    @property
    def files(self) -> tuple[str, ...]: ...  # noqa: D102


_ABOUT = """\
Store Uploader {version} is free software under the MIT licence (store-uploader.txt). \
It comes together with the work of others, which is listed here. The texts of all their licences \
lie in this folder."""

_LESSER = """\
Qt, Qt for Python (PySide6 and Shiboken), libheif and libde265 are under the GNU Lesser General \
Public License, version 3 (LGPL-3.0.txt, which adds permissions to GPL-3.0.txt). They are used as \
they were published by their authors, unchanged."""

_REPLACE = """\
They are shared libraries: files of their own beside the program, which finds them by their names \
when it starts. You may replace each by another version or by one that you have changed and built \
yourself, as long as it offers what the original offers: close the program, put your file in the \
original’s place under the original’s name, start the program. Nothing checks signatures or sums. \
Store Uploader’s terms don’t forbid it, nor to take the program apart in order to find errors in \
what you have changed (LGPL 3, section 4)."""

_WHERE = {
    "linux": "They lie in _internal beside the program store-uploader: Qt in "
    "_internal/PySide6/Qt/lib and _internal/PySide6/Qt/plugins, PySide6 and Shiboken in "
    "_internal/PySide6 and _internal/shiboken6, libheif and libde265 in "
    "_internal/pillow_heif.libs.",
    "windows": "They are the files ending in .dll and .pyd below the folder of the program: those "
    "of Qt, PySide6 and Shiboken in PySide6 and shiboken6, libheif and libde265 beside "
    "pillow_heif.",
    "macos": "They lie in Contents/Frameworks inside the program. After a change sign it anew for "
    "yourself: codesign --force --deep --sign - “Store Uploader.app”.",
}

_SOURCES = """\
The sources of these libraries, as their authors publish them, are to be had free of charge from:"""

_NO_X265 = """\
libheif is linked to the encoder x265, which is under the GPL. This package doesn’t contain it: \
the file of that name ({name}) is a small library of Store Uploader’s own without an encoder \
(installer/standin/x265.c in its sources, MIT licence). HEIC photos are read, never written."""


def readme(
    version: str, parts: Sequence[Listed], inside: Sequence[tuple[Path, Native]], target: str
) -> str:
    """Write the index. `inside` are the native libraries by their places, where they are known."""
    lines = [*_title("Licences", "="), *_said(_ABOUT.format(version=version))]
    lines += _title("What is in this package", "-")
    lines += [line for part in parts for line in _part(part)]
    lines += _title("Libraries that you may replace", "-")
    lines += [*_said(_LESSER), *_said(_REPLACE), *_said(_WHERE[target]), *_said(_SOURCES)]
    lines += [*_sources(parts), ""]
    stand_ins = sorted({path.name for path, library in inside if library is STAND_IN})
    if stand_ins:
        lines += _said(_NO_X265.format(name=", ".join(stand_ins)))
    if inside:
        lines += _title("Native libraries, one by one", "-")
        lines += [line for path, library in inside for line in _native(path, library)]
    return "\n".join(lines).rstrip() + "\n"


def _title(words: str, underline: str) -> list[str]:
    return [words, underline * len(words), ""]


def _said(words: str) -> list[str]:
    return [*wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False), ""]


def _part(part: Listed) -> Iterator[str]:
    yield f"{part.name} {part.version}"
    yield f"    Licence: {part.licence or 'see its text'}"
    if part.home:
        yield f"    From: {part.home}"
    yield f"    Texts: {', '.join(part.files)}"
    yield ""


def _native(path: Path, library: Native) -> Iterator[str]:
    yield path.as_posix()
    yield f"    {library.name}: {library.licence}"


def _sources(parts: Sequence[Listed]) -> Iterator[str]:
    """Give the addresses, with the versions that are in the package."""
    versions = {part.name.lower(): part.version for part in parts}
    qt = versions.get("pyside6_essentials", "")
    minor = ".".join(qt.split(".")[:2])
    yield f"    Qt {qt}: https://download.qt.io/official_releases/qt/{minor}/{qt}/"
    yield f"    Qt for Python {qt}: https://download.qt.io/official_releases/QtForPython/pyside6/"
    yield "    libheif: https://github.com/strukturag/libheif"
    yield "    libde265: https://github.com/strukturag/libde265"
    yield "    (their versions: pillow-heif/LICENSES_bundled.txt)"
