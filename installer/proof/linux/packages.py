"""The packages that are proved, and one like them that is older."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.proof.report import ProofError

OLDER = "0.0.9"
"""A version that comes before every release."""


@dataclass(frozen=True, slots=True)
class Packages:
    """What `make package` made; None for what isn't there."""

    deb: Path | None
    rpm: Path | None
    tar: Path | None

    @classmethod
    def of(cls, dist: Path) -> Packages:
        """Find them. Raises `ProofError` where there are several of a kind."""
        return cls(_one(dist, "*.deb"), _one(dist, "*.rpm"), _one(dist, "*-linux-*.tar.xz"))


def _one(dist: Path, pattern: str) -> Path | None:
    found = sorted(dist.glob(pattern))
    if len(found) > 1:
        raise ProofError(f"Which one is meant? {', '.join(path.name for path in found)}")
    return found[0] if found else None


def field(deb: Path, name: str) -> str:
    """Give a field of a package."""
    return _run("dpkg-deb", "--field", str(deb), name).strip()


def older(deb: Path, place: Path) -> Path:
    """Pack the same program again under a lower version, in `place`.

    So the upgrade is dpkg's and the data's; what a later program changes of its data is proved by
    the tests of the outbox's migrations.
    """
    tree, made = place / "older", place / f"store-uploader_{OLDER}_amd64.deb"
    shutil.rmtree(tree, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    _run("dpkg-deb", "--raw-extract", str(deb), str(tree))
    control = tree / "DEBIAN/control"
    text, changed = re.subn(r"(?m)^Version: .*$", f"Version: {OLDER}", control.read_text("utf-8"))
    if changed != 1:
        raise ProofError("The package has no version.")
    control.write_text(text, "utf-8")
    _run("dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(made))
    shutil.rmtree(tree)
    return made


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
