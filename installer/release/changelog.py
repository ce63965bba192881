"""What CHANGELOG.md says of a version, and how *Not released yet* becomes one. Texts alone."""

from __future__ import annotations

import re

UNRELEASED = "## Not released yet"
_HEADING = re.compile(r"^## .*$", re.MULTILINE)


class ChangelogError(Exception):
    """The changes aren't ready for a release. Says what is missing."""


def release(text: str, version: str, day: str) -> str:
    """Give the text with *Not released yet* as `version` of `day` (2026-11-29).

    Raises `ChangelogError` where nothing is noted, or the version is there already.
    """
    if notes(text, None) == "":
        raise ChangelogError(f"CHANGELOG.md notes nothing under “{UNRELEASED.removeprefix('## ')}”")
    if any(_names(heading, version) for heading in _HEADING.findall(text)):
        raise ChangelogError(f"CHANGELOG.md has {version} already")
    return text.replace(UNRELEASED, f"{UNRELEASED}\n\n## {version} ({day})", 1)


def notes(text: str, version: str | None) -> str:
    """Give what is noted of a version, or with None of what isn't released yet.

    Raises `ChangelogError` where there is no such heading.
    """
    for heading in _HEADING.finditer(text):
        found = heading[0].strip()
        if found == UNRELEASED if version is None else _names(found, version):
            rest = text[heading.end() :]
            following = _HEADING.search(rest)
            return rest[: following.start() if following else None].strip()
    raise ChangelogError(f"CHANGELOG.md has no heading for {version or 'what isn’t released yet'}")


def _names(heading: str, version: str) -> bool:
    return heading.removeprefix("## ").split(" ")[0] == version
