"""Which versions of native libraries a package contains: as their wheels say, or as they say.

Wheels tell of their libraries in bills of material of their own (PEP 770); pillow-heif tells in its
list of licences. What comes with the interpreter has its version inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from installer.release.native import Native
from installer.release.parts import Distribution

_BUNDLED = re.compile(r"^Name: (\S+)$.*?/tree/v?([\d.]+)", re.MULTILINE | re.DOTALL)
_INSIDE = {
    "OpenSSL": re.compile(rb"OpenSSL (\d+\.\d+\.\d+)[ \0]"),
    "SQLite": re.compile(rb"\0(3\.\d{1,3}\.\d{1,3})\0"),
    "Expat": re.compile(rb"expat_(\d+\.\d+\.\d+)"),
    "zlib": re.compile(rb"(?:inf|def)late (\d\.\d+(?:\.\d+)*) Copyright"),
    "bzip2": re.compile(rb"\0(\d\.\d\.\d), +\d+-\w+-\d{4}\0"),
}
_IN_NAMES = {
    "Brotli": re.compile(r"\.so\.(\d+\.\d+\.\d+)$"),
    "Zstandard": re.compile(r"\.so\.(\d+\.\d+\.\d+)$"),
    "liblzma": re.compile(r"\.so\.(\d+\.\d+\.\d+)$"),
    "libpng": re.compile(r"\.so\.16\.(\d+)\.\d+$"),
    "ICU": re.compile(r"(?:\.so\.|dt|in|uc)(\d\d)(?:\.dll)?$"),
}
"""Libraries whose file names have their versions; libpng’s has the last number of 1.6."""

_SPOKEN = {"libjpeg / libjpeg-turbo": "libjpeg-turbo", "Little CMS 2": "Little CMS"}
"""Names in Pillow's bill of materials that differ from ours."""


def told_by_wheels(parts: Iterable[Distribution]) -> dict[str, str]:
    """Give the versions that wheels tell of, by our names of the libraries."""
    return {name: version for part in parts for name, version in _told(part)}


_IN_PILLOW = {
    "Little CMS 2": "MIT",
    "OpenJPEG": "BSD-2-Clause",
    "libavif": "BSD-2-Clause",
    "libjpeg / libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib",
    "libtiff": "libtiff",
    "libwebp": "BSD-3-Clause",
    "zlib": "Zlib",
}
"""Of what Pillow's bill names, what the modules that we pack are linked with. It also names what
Pillow may be built with, such as libimagequant under the GPL; the wheels aren't."""


def linked_into(part: Distribution, target: str) -> list[tuple[str, str, str]]:
    """List what is inside of a distribution's extension modules: name, version, licence.

    Only these wheels tell. Pillow's have libraries of their own but for Windows.
    """
    if part.key == "cryptography":
        return sorted({(n, v, licence) for n, v, licence in _components(part) if v})
    if part.key == "pillow" and target == "windows":
        told = {name: version for name, version, _ in _components(part)}
        listed = ((_SPOKEN.get(n, n), told.get(n, ""), _IN_PILLOW[n]) for n in _IN_PILLOW)
        return sorted(each for each in listed if each[1])
    return []


def _components(part: Distribution) -> Iterator[tuple[str, str, str]]:
    """Give name, version and licence of each component in a wheel's bills of materials."""
    for bill in sorted((part.folder / "sboms").glob("*.json")):
        for each in json.loads(bill.read_text("utf-8")).get("components", ()):
            licence = next((c.get("expression", "") for c in each.get("licenses", ())), "")
            yield each["name"], each.get("version") or "", licence


def version_of(library: Native, files: Iterable[Path], told: dict[str, str]) -> str:
    """Give a library's version, empty where nobody tells it.

    `told` are those of the wheels; `files` are looked into for those of the interpreter.
    """
    if library.name in told:
        return told[library.name]
    return next(filter(None, (_said_by(library.name, path) for path in files)), "")


def _said_by(name: str, path: Path) -> str:
    """Give the version that a library's own file tells, by its name or inside; else nothing."""
    if name in _IN_NAMES:
        named = _IN_NAMES[name].search(path.name)
        return ("1.6." if named and name == "libpng" else "") + (named[1] if named else "")
    inside = _INSIDE[name].search(path.read_bytes()) if name in _INSIDE else None
    return inside[1].decode() if inside else ""


def _told(part: Distribution) -> Iterator[tuple[str, str]]:
    if part.key in ("pyside6-essentials", "shiboken6"):
        yield from ((name, part.version) for name in _OF_QT[part.key])
    if part.key == "pillow":
        yield from _plainly(_components(part))
    for text in part.texts:
        if text.name == "LICENSES_bundled.txt":
            yield from _BUNDLED.findall(text.read_text("utf-8"))


_OF_QT = {"pyside6-essentials": ("Qt", "Qt plug-in", "PySide"), "shiboken6": ("Shiboken",)}


def _plainly(components: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for name, version, _ in components:
        # Some are named with the build of the system that they were taken from.
        plain = re.match(r"\d+(?:\.\d+)*", version)
        if plain:
            yield _SPOKEN.get(name, name), plain[0]
