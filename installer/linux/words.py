"""Texts of the packages that have the version, the time or the publisher's address in them."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from installer.project import HOMEPAGE, MAINTAINER, NAME, ROOT, epoch, version
from installer.release import changelog

_MARKDOWN = re.compile(r"\[([^]]+)\]\([^)]*\)|[*`]")

DESCRIPTION = """\
Drop a batch of photos onto the window, see at once the exact crops that the shop will show, press
Upload and walk away. Every photo arrives exactly once, whatever the network or the laptop does, and
turns green only when the store has really finished with it.

The store needs to speak Store Uploader's contract.
"""


def filled(template: Path) -> str:
    """Fill a template's ``@VERSION@``, ``@DATE@`` and ``@HOMEPAGE@`` in."""
    text = template.read_text("utf-8").replace("@VERSION@", version())
    return text.replace("@DATE@", f"{_time():%Y-%m-%d}").replace("@HOMEPAGE@", HOMEPAGE)


def debian_changelog() -> str:
    """Give this version's changes as Debian writes them (deb-changelog(5))."""
    changes = "\n".join(_entry(change) for change in _changes())
    signed = f" -- {MAINTAINER}  {format_datetime(_time())}"
    return f"{NAME} ({version()}) stable; urgency=medium\n\n{changes}\n\n{signed}\n"


def _changes() -> list[str]:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    try:
        said = changelog.notes(text, version())
    except changelog.ChangelogError:
        # A build between two releases.
        said = changelog.notes(text, None)
    bullets = [line[2:] for line in said.splitlines() if line.startswith("- ")]
    return [_MARKDOWN.sub(lambda found: found[1] or "", bullet) for bullet in bullets]


def _entry(change: str) -> str:
    return textwrap.fill(change, 78, initial_indent="  * ", subsequent_indent="    ")


def copyright_file() -> str:
    """Give whose all this is, in the fields of Debian's copyright format 1.0."""
    licence = (ROOT / "LICENSE").read_text("utf-8").partition("\n\n")[2]
    holder, _, terms = licence.partition("\n\n")
    body = "".join(f" {line or '.'}\n" for line in terms.strip().splitlines())
    return (
        f"Upstream-Name: {NAME}\nSource: {HOMEPAGE}\n"
        f"Comment: Python, Qt and the other libraries below /usr/lib/{NAME} have licences\n"
        f" of their own. Their texts, with an index, are in /usr/lib/{NAME}/licences.\n\n"
        f"Files: *\nCopyright: {holder.removeprefix('Copyright (c) ')}\nLicense: Expat\n{body}"
    )


def _time() -> datetime:
    return datetime.fromtimestamp(epoch(), UTC)
