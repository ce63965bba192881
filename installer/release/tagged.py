"""Does a tag name the version that the code has? ``python -m installer.release.tagged v1.2.3``.

With `--notes` it prints what is new in that version, for the page of the release.
"""

from __future__ import annotations

import argparse
import sys

from installer.project import ROOT
from installer.release import changelog
from installer.release.changelog import ChangelogError
from installer.release.repository import RefusedError, Repository


def notes(there: Repository, tag: str) -> str:
    """Give what is new in the tagged version.

    Raises `RefusedError` where the code has another version, `ChangelogError` where nothing is
    noted of it.
    """
    if tag != f"v{there.version()}":
        raise RefusedError(f"The tag is {tag}, and the code’s version {there.version()}")
    return changelog.notes(there.changelog.read_text("utf-8"), there.version())


def main() -> None:
    """Check, and print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tag")
    parser.add_argument("--notes", action="store_true")
    said = parser.parse_args()
    try:
        noted = notes(Repository(ROOT), said.tag)
    except (RefusedError, ChangelogError) as error:
        sys.exit(str(error))
    if said.notes:
        print(noted)


if __name__ == "__main__":
    main()
