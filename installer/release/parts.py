"""Which distributions a package contains: what the program needs, and what those need in turn.

Read from a site-packages folder, which may be another system's (wheels that were unpacked), so
nothing of it is imported and markers are judged for the target rather than for this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from importlib.metadata import PathDistribution
from pathlib import Path

from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement

from installer.project import pyproject, version

TARGETS = ("linux", "windows", "macos")

_SYSTEMS = {
    "linux": ("linux", "Linux", "posix", "x86_64"),
    "windows": ("win32", "Windows", "nt", "AMD64"),
    "macos": ("darwin", "Darwin", "posix", "arm64"),
}
# Its starter program is in what it makes; the rest of it isn't.
_FREEZER = "pyinstaller"
_SPDX = {
    # Its words: “GPLv2-or-later with a special exception” for what it makes.
    _FREEZER: "GPL-2.0-or-later WITH Bootloader-exception",
}
_NAMES = re.compile(r"(?:licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}


class MissingPartError(Exception):
    """Something that the program needs isn't in the folder. Says what and where."""


@dataclass(frozen=True)
class Distribution:
    """A distribution in a package.

    `licence` is an SPDX expression, empty where the distribution states none; `texts` are its
    licence files; `needs` the normalised names of what it needs on the target.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Path, ...]
    needs: tuple[str, ...]
    folder: Path

    @property
    def key(self) -> str:
        """The name as distributions are compared by: lower case, with hyphens."""
        return normalised(self.name)


def normalised(name: str) -> str:
    """Give a distribution's name in the form that names are compared by (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def program() -> tuple[str, str, list[str]]:
    """Give the program's own name, version and requirements."""
    said = pyproject()["project"]
    return said["name"], version(), said["dependencies"]


def distributions(site_packages: Path, target: str, python: str) -> list[Distribution]:
    """List what a package for `target` contains, sorted by name; `python` is like ``3.11``.

    Raises `MissingPartError` where a requirement isn't met by what lies in the folder.
    """
    there = {normalised(_field(d, "Name")): d for d in _installed(site_packages)}
    environment = _environment(target, python)
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(Requirement(text), "Store Uploader") for text in program()[2]]
    if _FREEZER in there and target != "windows":
        found[_FREEZER] = _read(there[_FREEZER], ())
    while waiting:
        wanted, by = waiting.pop()
        name, extras = normalised(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen or not _applies(wanted, environment):
            continue
        seen.add((name, extras))
        if name not in there:
            raise MissingPartError(f"{by} needs {wanted.name}, which isn’t in {site_packages}")
        needs = [r for r in _requirements(there[name]) if _applies(r, environment, extras)]
        before = found[name].needs if name in found else ()
        names = sorted({*before, *(normalised(r.name) for r in needs)})
        found[name] = _read(there[name], tuple(names))
        waiting += [(Requirement(f"{r.name}{_extras(r)}"), wanted.name) for r in needs]
    return [found[name] for name in sorted(found)]


def _installed(site_packages: Path) -> Iterator[PathDistribution]:
    for folder in sorted(site_packages.glob("*.dist-info")):
        yield PathDistribution(folder)


def _environment(target: str, python: str) -> Environment:
    sys_platform, system, os_name, machine = _SYSTEMS[target]
    environment = default_environment()
    environment["sys_platform"], environment["platform_system"] = sys_platform, system
    environment["os_name"], environment["platform_machine"] = os_name, machine
    environment["python_version"] = python
    environment["python_full_version"] = f"{python}.0"
    return environment


def _applies(
    requirement: Requirement, environment: Environment, extras: frozenset[str] = frozenset()
) -> bool:
    if requirement.marker is None:
        return True
    known: dict[str, str | Set[str]] = {name: str(value) for name, value in environment.items()}
    return any(requirement.marker.evaluate({**known, "extra": extra}) for extra in ("", *extras))


def _requirements(distribution: PathDistribution) -> list[Requirement]:
    return [Requirement(text) for text in distribution.requires or ()]


def _extras(requirement: Requirement) -> str:
    return f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""


def _read(distribution: PathDistribution, needs: tuple[str, ...]) -> Distribution:
    name, version = _field(distribution, "Name"), _field(distribution, "Version")
    folder = Path(str(distribution._path))
    return Distribution(
        name, version, _licence(distribution), _home(distribution), _texts(folder), needs, folder
    )


def _field(distribution: PathDistribution, name: str) -> str:
    return str(distribution.metadata[name] or "")


def _licence(distribution: PathDistribution) -> str:
    """Give the SPDX expression: stated as such, or as a short `License`, or by a classifier."""
    if (name := normalised(_field(distribution, "Name"))) in _SPDX:
        return _SPDX[name]
    stated = _field(distribution, "License-Expression") or _field(distribution, "License").strip()
    if stated and "\n" not in stated:
        return stated
    classifiers = distribution.metadata.get_all("Classifier") or ()
    return next((_CLASSIFIERS[c] for c in classifiers if c in _CLASSIFIERS), "")


def _home(distribution: PathDistribution) -> str:
    """Give the address of the project, its sources first."""
    stated = distribution.metadata.get_all("Project-URL") or ()
    pairs = (text.partition(",") for text in stated)
    addresses = {label.strip().lower(): address.strip() for label, _, address in pairs}
    labels = ("source", "source code", "code", "repository", "github", "homepage", "home")
    found = next((addresses[label] for label in labels if label in addresses), "")
    found = found or _field(distribution, "Home-page") or next(iter(addresses.values()), "")
    # Some name nothing but their change log there.
    return re.sub(r"^(https://git(?:hub|lab)\.com/[^/]+/[^/]+)/.*$", r"\1", found)


def _texts(folder: Path) -> tuple[Path, ...]:
    """Find licence files: all in `licenses` (PEP 639), else those named like one."""
    inside = [p for p in sorted((folder / "licenses").rglob("*")) if p.is_file()]
    beside = [p for p in sorted(folder.iterdir()) if p.is_file() and _NAMES.match(p.name)]
    return tuple(inside + beside)
