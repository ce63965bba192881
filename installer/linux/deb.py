"""The .deb: Debian 12 and newer, Ubuntu 22.04 and newer."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import textwrap
from collections.abc import Sequence
from pathlib import Path

from installer.linux.tree import DOC, below, normalise, packed
from installer.linux.words import DESCRIPTION, debian_changelog
from installer.project import DIST, HOMEPAGE, MAINTAINER, NAME, SUMMARY, epoch, version


def build(tree: Path, work: Path, depends: Sequence[str]) -> Path:
    """Make the package of an installed tree in `work`, and give it. Raises CalledProcessError."""
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root, symlinks=True)
    (root / DOC / "changelog.gz").write_bytes(packed(debian_changelog()))
    overrides = root / "usr/share/lintian/overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(Path(__file__).with_name("lintian-overrides"), overrides)
    control = root / "DEBIAN"
    control.mkdir()
    (control / "md5sums").write_text(_sums(root), "utf-8")
    (control / "control").write_text(_control(root, depends), "utf-8")
    normalise(root)
    package = DIST / f"{NAME}_{version()}_amd64.deb"
    DIST.mkdir(exist_ok=True)
    subprocess.run(
        [
            *("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1"),
            *("--build", str(root), str(package)),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return package


def _control(tree: Path, depends: Sequence[str]) -> str:
    fields = {
        "Package": NAME,
        "Version": version(),
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": str(_kibibytes(tree)),
        "Depends": ", ".join(depends),
        # Without one the person signs in at each start.
        "Recommends": "gnome-keyring | kwalletmanager | keepassxc",
        "Section": "graphics",
        "Priority": "optional",
        "Homepage": HOMEPAGE,
        "Description": SUMMARY,
    }
    paragraphs = (textwrap.fill(text, 78) for text in DESCRIPTION.split("\n\n"))
    lines = "\n.\n".join(paragraphs).splitlines()
    described = "".join(f" {line}\n" for line in lines)
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + described


def _kibibytes(tree: Path) -> int:
    """Give the size as Debian counts it: files in whole KiB, one for everything else."""
    return sum(
        -(-path.stat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1
        for path in below(tree)
    )


def _sums(tree: Path) -> str:
    """Give the sums by which dpkg notices damaged files; they protect from nobody."""
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(tree).as_posix()}\n"
        for path in below(tree)
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    )
