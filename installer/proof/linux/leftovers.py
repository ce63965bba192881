"""What is in a system's folders, and what a removed package has left there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.proof.linux.chroot import HOME, Chroot

_OTHERS = (
    # The screens in tmp are the machine's, and any program's.
    *("proc", "sys", "dev", "run", "root", "home", "tmp/.X11-unix"),
    # What apt and dpkg note of everything that comes and goes.
    *("var/cache/apt", "var/lib/apt", "var/lib/dpkg", "var/log"),
    # Made anew by the system from what is installed, of all libraries and fonts.
    *("etc/ld.so.cache", "var/cache/ldconfig", "var/cache/fontconfig"),
)


@dataclass(frozen=True, slots=True)
class Files:
    """Paths of a system, each with what tells whether it has changed. Homes are left out."""

    found: dict[str, str]

    @classmethod
    def of(cls, there: Chroot) -> Files:
        """Look at all of them."""
        return cls(dict(_walk(there.root)))

    def left_since(self, before: Files, there: Chroot) -> list[str]:
        """Give what has come or changed since, and belongs to no package that is installed."""
        owned = _owned(there)
        changed = [path for path, what in self.found.items() if before.found.get(path) != what]
        return sorted(path for path in changed if _plain(path) not in owned)

    def gone_since(self, before: Files) -> list[str]:
        """Give what was there before and isn't any more."""
        return sorted(before.found.keys() - self.found.keys())


def personal(there: Chroot) -> list[str]:
    """Give the files in the person's home that weren't put there with the account."""
    home, skeleton = there.inside(HOME), there.inside("/etc/skel")
    usual = {path.relative_to(skeleton) for path in skeleton.rglob("*")}
    paths = (path.relative_to(home) for path in home.rglob("*") if not path.is_dir())
    return sorted(str(path) for path in paths if path not in usual)


def _walk(root: Path) -> Iterator[tuple[str, str]]:
    for folder, folders, files in os.walk(root):
        below = Path(folder).relative_to(root)
        folders[:] = [name for name in folders if str(below / name) not in _OTHERS]
        for name in [*folders, *files]:
            if (path := str(below / name)) not in _OTHERS:
                yield path, _what(root / path)


def _what(path: Path) -> str:
    if path.is_symlink():
        return f"→ {path.readlink()}"
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "folder" if path.is_dir() else "special"


def _owned(there: Chroot) -> set[str]:
    """Give every path that a package has brought."""
    lists = there.inside("/var/lib/dpkg/info").glob("*.list")
    return {_plain(line) for each in lists for line in each.read_text("utf-8").splitlines()}


def _plain(path: str) -> str:
    """Give it as it is since /bin, /lib and /sbin are links into /usr."""
    path = path.strip("/")
    first = path.partition("/")[0]
    return f"usr/{path}" if first in {"bin", "sbin", "lib", "lib64"} else path
