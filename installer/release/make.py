"""Makes a release: ``make release VERSION=1.2.3``, and with ``DRY=1`` says what that would do.

Version and changes are committed first, since the packages are made of a commit and carry its
time. The tag comes last, so that none names what couldn't be built. Nothing is pushed.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from installer.project import ROOT
from installer.release import changelog
from installer.release.changelog import ChangelogError
from installer.release.repository import RefusedError, Repository


def targets() -> list[str]:
    """Give what is made of the commit, in this order; the manifest where there are keys for it."""
    signed = ["update-manifest"] if os.environ.get("KEYS") else []
    return ["package", "package-windows", "package-sums", *signed]


def changes(there: Repository, version: str, day: str) -> dict[Path, str]:
    """Give the files that a release changes, with what will be in them."""
    noted = changelog.release(there.changelog.read_text("utf-8"), version, day)
    return {there.version_file: there.with_version(version), there.changelog: noted}


def commit(there: Repository, version: str, day: str) -> None:
    """Write and commit the version."""
    files = changes(there, version, day)
    for path, text in files.items():
        path.write_text(text, "utf-8", newline="\n")
    there.git("add", "--", *map(str, files))
    there.git("commit", "--quiet", "--message", f"Version {version}")


def tag(there: Repository, version: str) -> None:
    """Tag the commit, with what is new as the tag's message."""
    noted = changelog.notes(there.changelog.read_text("utf-8"), version)
    message = f"Store Uploader {version}\n\n{noted}\n"
    # Lines of the changes that begin with # are theirs, not comments.
    there.git("tag", "--annotate", "--cleanup=whitespace", "--message", message, f"v{version}")


def told(there: Repository, version: str, day: str) -> str:
    """Say what a release would do."""
    lines: list[str] = []
    files = {} if committed(there, version) else changes(there, version, day)
    for path, text in files.items():
        name = path.relative_to(there.root).as_posix()
        before, after = path.read_text("utf-8").splitlines(), text.splitlines()
        lines += difflib.unified_diff(before, after, name, name, lineterm="", n=1)
    lines += [
        "",
        f"Then: a commit “Version {version}”; make {' '.join(targets())}; a tag v{version}.",
        "Nothing was changed.",
    ]
    return "\n".join(lines)


def build(there: Repository) -> None:
    """Make what is passed on. Raises CalledProcessError."""
    for target in targets():
        subprocess.run(["make", "--no-print-directory", target], cwd=there.root, check=True)


def committed(there: Repository, version: str) -> bool:
    """Whether a release that failed later has committed the version already."""
    if there.version() != version:
        return False
    try:
        return bool(changelog.notes(there.changelog.read_text("utf-8"), version))
    except ChangelogError:
        return False


def release(there: Repository, version: str, day: str) -> None:
    """Commit, build, tag. Raises `RefusedError` where something doesn't build."""
    if not committed(there, version):
        commit(there, version, day)
    try:
        build(there)
    except subprocess.CalledProcessError as error:
        raise RefusedError(
            f"{' '.join(map(str, error.cmd))} failed. The version is committed and not tagged: "
            "mend it, commit that and run this again"
        ) from error
    tag(there, version)
    print(f"Version {version} is made: see dist. To publish it: git push --follow-tags")


def main() -> None:
    """Make the release, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version")
    parser.add_argument("--dry", action="store_true", help="change nothing")
    said = parser.parse_args()
    there = Repository(ROOT)
    now = float(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp()))
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    try:
        there.check(said.version)
        if said.dry:
            print(told(there, said.version, day))
        else:
            release(there, said.version, day)
    except (RefusedError, ChangelogError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
