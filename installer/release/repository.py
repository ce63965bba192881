"""What a release asks of the git repository, and does to it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.project import ROOT, VERSION_FILE, VERSION_LINE, version_in

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class RefusedError(Exception):
    """The release can't be made as things are. Says why, and what to do."""


def parsed(version: str) -> tuple[int, ...]:
    """Give a version's three numbers. Raises `RefusedError` where it isn't three numbers."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise RefusedError(f"“{version}” isn’t a version: three numbers, such as 1.2.3")
    return tuple(map(int, found.groups()))


@dataclass(frozen=True)
class Repository:
    """A checkout of the project."""

    root: Path

    @property
    def version_file(self) -> Path:
        """The one place that has the version; pyproject.toml reads it there."""
        return self.root / VERSION_FILE.relative_to(ROOT)

    @property
    def changelog(self) -> Path:
        """What people are told of versions."""
        return self.root / "CHANGELOG.md"

    def version(self) -> str:
        """Give the version that the checkout has."""
        return version_in(self.version_file)

    def with_version(self, version: str) -> str:
        """Give the version's file with another version."""
        text = self.version_file.read_text("utf-8")
        return VERSION_LINE.sub(f'__version__ = "{version}"', text, count=1)

    def changed(self) -> list[str]:
        """List what isn't committed, new files too."""
        return self.git("status", "--porcelain").splitlines()

    def tags(self) -> list[str]:
        """List the tags of versions."""
        return self.git("tag", "--list", "v*").split()

    def git(self, *words: str) -> str:
        """Run git and give what it says. Raises CalledProcessError."""
        return subprocess.run(
            ["git", *words], cwd=self.root, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def check(self, version: str) -> None:
        """Refuse what can't become a release: `RefusedError` says why."""
        wanted = parsed(version)
        if f"v{version}" in self.tags():
            raise RefusedError(f"There is a tag v{version} already")
        if wanted < parsed(self.version()):
            raise RefusedError(f"{version} is older than this, {self.version()}")
        changed = self.changed()
        if changed:
            listed = "\n".join(f"  {line}" for line in changed[:10])
            raise RefusedError(f"Commit or put away what has changed first:\n{listed}")
