"""The .rpm: Fedora, openSUSE and their like. What it requires is named by library, not by package.

Made on Debian by Debian's rpmbuild, without the macros that such a system would add.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installer.linux.tree import below
from installer.linux.words import DESCRIPTION
from installer.project import DIST, HOMEPAGE, NAME, SUMMARY, epoch, version

_ALWAYS_THE_SAME = {
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
    "_buildhost": "build",
    # What these would do: strip libraries, compile modules, add links by build id.
    "__os_install_post": "%{nil}",
    "_build_id_links": "none",
    "debug_package": "%{nil}",
    "_binary_payload": "w15.zstdio",
}

_OF_ANYBODY = ("/usr/share/kio", "/usr/share/nemo")
"""Folders of file managers that may not be there: all who put something there own them."""


def build(tree: Path, work: Path, requires: Sequence[str]) -> Path:
    """Make the package of an installed tree in `work`, and give it. Raises CalledProcessError."""
    top = work / "rpm"
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir(parents=True)
    spec = top / f"{NAME}.spec"
    spec.write_text(_spec(tree, requires), "utf-8")
    settings = {**_ALWAYS_THE_SAME, "_topdir": str(top), "_rpmdir": str(DIST)}
    settings["_rpmfilename"] = f"{NAME}-%{{VERSION}}-%{{RELEASE}}.%{{ARCH}}.rpm"
    defined = [word for name, value in settings.items() for word in ("--define", f"{name} {value}")]
    DIST.mkdir(exist_ok=True)
    subprocess.run(
        ["rpmbuild", "-bb", "--quiet", "--target", "x86_64", *defined, str(spec)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())},
        check=True,
    )
    return DIST / f"{NAME}-{version()}-1.x86_64.rpm"


def _spec(tree: Path, requires: Sequence[str]) -> str:
    tags = {
        "Name": NAME,
        "Version": version(),
        "Release": "1",
        "Summary": SUMMARY,
        "License": "MIT",
        "URL": HOMEPAGE,
        # What is below usr/lib/NAME is nobody else's.
        "AutoReqProv": "no",
    }
    head = [f"{key}: {value}" for key, value in tags.items()]
    head += [f"Requires: {name}" for name in requires]
    install = f"cp -a '{tree}/.' %{{buildroot}}/"
    return "\n".join(
        (
            *head,
            "",
            "%description",
            DESCRIPTION,
            "%install",
            install,
            "",
            "%files",
            *_files(tree),
        )
    )


def _files(tree: Path) -> list[str]:
    """List every file, and the folders that would be left where nobody else has them."""
    lines = ["%defattr(-,root,root,-)"]
    for path in below(tree):
        name = f"/{path.relative_to(tree).as_posix()}"
        if path.is_symlink() or not path.is_dir():
            lines.append(f"%doc {name}" if "/doc/" in name or "/man/" in name else name)
        elif f"/{NAME}" in name or name.startswith(_OF_ANYBODY):
            lines.append(f"%dir {name}")
    return [*lines, ""]
