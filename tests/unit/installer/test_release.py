"""A release changes the version and the changes, commits, and tags what could be built."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.release import changelog, make
from installer.release.changelog import ChangelogError
from installer.release.repository import RefusedError, Repository

DAY = "2026-11-29"
TEXT = """# Changes

Newest first.

## Not released yet

- Faster.
- #5 is mended.

## 0.1.0 (2026-01-02)

- The first.
"""

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A small checkout at 0.1.0, which is tagged."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "somebody@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    (tmp_path / "uploader").mkdir()
    (tmp_path / "uploader/__init__.py").write_text('"""Name."""\n\n__version__ = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(TEXT)
    repository = Repository(tmp_path)
    repository.git("init", "--quiet")
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message", "All")
    repository.git("tag", "v0.1.0")
    return repository


@pytest.fixture
def built(monkeypatch):
    """What was built at which commit, instead of building it."""
    commits = []
    monkeypatch.setattr(make, "build", lambda there: commits.append(there.git("rev-parse", "HEAD")))
    return commits


def test_a_release_is_committed_built_and_tagged(there, built):
    make.release(there, "0.2.0", DAY)
    assert there.version() == "0.2.0"
    assert there.changed() == []
    assert there.git("log", "-1", "--format=%s").strip() == "Version 0.2.0"
    assert "## Not released yet\n\n## 0.2.0 (2026-11-29)\n\n- Faster." in (
        there.changelog.read_text("utf-8")
    )
    assert there.git("cat-file", "-t", "v0.2.0").strip() == "tag"
    assert built == [there.git("rev-parse", "v0.2.0^{commit}")]
    assert there.git("tag", "--list", "--format=%(contents)", "v0.2.0").strip() == (
        "Store Uploader 0.2.0\n\n- Faster.\n- #5 is mended."
    )


def test_what_cannot_be_built_is_not_tagged_and_can_be_tried_again(there, built, monkeypatch):
    def fails(_there):
        raise subprocess.CalledProcessError(2, ["make", "package"])

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(make, "build", fails)
        with pytest.raises(RefusedError, match="make package failed"):
            make.release(there, "0.2.0", DAY)
    assert there.tags() == ["v0.1.0"]
    there.check("0.2.0")
    assert "@@" not in make.told(there, "0.2.0", DAY)
    make.release(there, "0.2.0", DAY)
    assert len(built) == 1
    assert there.git("rev-list", "--count", "HEAD").strip() == "2"


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("0.1.0", "tag v0.1.0 already"),
        ("0.0.9", "older than this, 0.1.0"),
        ("1.2", "isn’t a version"),
        ("v1.2.3", "isn’t a version"),
        ("01.2.3", "isn’t a version"),
    ],
)
def test_a_version_that_cannot_be_is_refused(there, version, why):
    with pytest.raises(RefusedError, match=why):
        there.check(version)


@pytest.mark.parametrize("name", ["CHANGELOG.md", "new.txt"])
def test_what_is_not_committed_is_in_the_way(there, name):
    there.check("0.2.0")
    (there.root / name).write_text("another")
    with pytest.raises(RefusedError, match=name):
        there.check("0.2.0")


def test_a_dry_run_shows_and_changes_nothing(there):
    said = make.told(there, "0.2.0", DAY)
    assert '+__version__ = "0.2.0"' in said
    assert "+## 0.2.0 (2026-11-29)" in said
    assert "a tag v0.2.0" in said
    assert there.changed() == []


def test_a_manifest_is_signed_where_there_are_keys(there, monkeypatch):
    monkeypatch.delenv("KEYS", raising=False)
    assert "update-manifest" not in make.told(there, "0.2.0", DAY)
    monkeypatch.setenv("KEYS", "somewhere.pem")
    assert "package-sums update-manifest; a tag" in make.told(there, "0.2.0", DAY)


def test_without_changes_there_is_nothing_to_release():
    nothing = TEXT.replace("- Faster.\n- #5 is mended.\n\n", "")
    with pytest.raises(ChangelogError, match="notes nothing"):
        changelog.release(nothing, "0.2.0", DAY)
    with pytest.raises(ChangelogError, match=r"has 0\.1\.0 already"):
        changelog.release(TEXT, "0.1.0", DAY)
    with pytest.raises(ChangelogError, match="no heading"):
        changelog.release("# Changes\n", "0.1.0", DAY)


def test_notes_of_a_version_end_at_the_next():
    assert changelog.notes(TEXT, None) == "- Faster.\n- #5 is mended."
    assert changelog.notes(TEXT, "0.1.0") == "- The first."
    with pytest.raises(ChangelogError, match=r"0\.1"):
        changelog.notes(TEXT, "0.1")


def test_the_command_itself_in_a_clone(tmp_path):
    """The project's own files have what a release looks for."""
    root = Path(__file__).resolve().parents[3]
    clone = tmp_path / "clone"
    for name in ("uploader/__init__.py", "CHANGELOG.md", "installer"):
        to = clone / name
        to.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, to)
    repository = Repository(clone)
    repository.git("init", "--quiet")
    command = [sys.executable, "-m", "installer.release.make", "--dry", "99.0.0"]
    said = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "Commit or put away" in said.stderr
    assert '+__version__ = "99.0.0"' in make.told(repository, "99.0.0", DAY)
