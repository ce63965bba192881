"""Builds one commit twice, as differently as this machine allows: ``make package-compare``.

The second time in another folder, a minute or more later, with another home, time zone, language
and umask, and as root under another user. What both made stays in `build/compare`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from installer.project import ROOT
from installer.release.compare import differences, told

_NOBODY = 65534


@dataclass(frozen=True)
class Circumstances:
    """How a build is run: where, under which user, with which environment and umask."""

    folder: Path
    umask: int
    environment: dict[str, str] = field(default_factory=dict)
    user: int | None = None


def build(how: Circumstances, commit: str, targets: list[str]) -> Path:
    """Clone the commit into the folder, make the targets there, and give its `dist`."""
    shutil.rmtree(how.folder, ignore_errors=True)
    how.folder.mkdir(parents=True)
    tree = how.folder / "store-uploader"
    subprocess.run(["git", "clone", "--quiet", ROOT, tree], check=True)
    subprocess.run(["git", "-C", tree, "checkout", "--quiet", commit], check=True)
    if how.user is not None:
        _give(how.folder, how.user)
    subprocess.run(
        ["make", "--no-print-directory", *targets],
        cwd=tree,
        check=True,
        env={**os.environ, **how.environment, "GIT_CONFIG_COUNT": "1",
             "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"},
        umask=how.umask,
        user=how.user,
        group=how.user,
        extra_groups=None if how.user is None else [],
    )  # fmt: skip
    return tree / "dist"


def _give(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


def both(elsewhere: Path) -> tuple[Circumstances, Circumstances]:
    """Give the two ways of building. `elsewhere` is a folder outside of this tree."""
    home = elsewhere / "another-home"
    other = {
        "HOME": str(home), "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C",
        "USER": "nobody", "LOGNAME": "nobody", "PYTHONHASHSEED": "4711",
        "XDG_CACHE_HOME": str(home / "cache"),
    }  # fmt: skip
    user = _NOBODY if os.geteuid() == 0 else None
    first = {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return (
        Circumstances(ROOT / "build" / "compare" / "first", 0o022, first),
        Circumstances(elsewhere / "a-longer-name", 0o077, other, user),
    )


def main() -> None:
    """Build twice, compare, and end with 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", default=["package"])
    parser.add_argument("--commit", default="HEAD")
    said = parser.parse_args()
    commit = subprocess.run(
        ["git", "rev-parse", said.commit], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="store-uploader-") as place:
        elsewhere = Path(place)
        elsewhere.chmod(0o755)
        ways = both(elsewhere)
        one, other = (build(way, commit, said.targets) for way in ways)
        found = differences(one, other, [str(way.folder) for way in ways])
        kept = ROOT / "build" / "compare" / "second"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(other, kept)
    for package in sorted(one.iterdir()):
        print(f"{package.name}  {package.stat().st_size / 1e6:.1f} MB")
    print(told(found, 200))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
