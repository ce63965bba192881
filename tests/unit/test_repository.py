"""The repository itself: samples that may be shipped, and nothing of anyone's machine in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from uploader.domain.findings import Facts, Format
from uploader.domain.matching import Matcher
from uploader.domain.stores import Item
from uploader.imaging.inspect import inspect

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"
DRAWINGS = ROOT / "resources" / "drawings"
PHOTOS = sorted(SAMPLES.iterdir())

# Written in parts, so that this file doesn't find itself.
FOREIGN = re.compile(
    "|".join(
        ("/" + "work/", "/" + "root/", "/home" + "/[a-z]", "python" + "hosted", "pypi" + r"\.org")
    )
)


def tracked() -> Iterator[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            yield ROOT / name


@pytest.fixture(scope="module")
def facts() -> dict[str, Facts]:
    inspections = {photo.name: inspect(photo) for photo in PHOTOS}
    assert {name: i.refusal for name, i in inspections.items() if i.refusal} == {}
    return {name: i.facts for name, i in inspections.items() if i.facts}


def test_there_are_a_dozen_photos_in_six_megabytes() -> None:
    assert len(PHOTOS) >= 12
    assert sum(photo.stat().st_size for photo in PHOTOS) < 6_000_000


def test_photos_are_of_many_kinds(facts: dict[str, Facts]) -> None:
    of = list(facts.values())
    assert {f.format for f in of} == set(Format) - {Format.BMP}
    assert {f.orientation for f in of} >= {1, 3, 6, 8}
    assert {f.mode for f in of} >= {"RGB", "RGBA", "L", "CMYK", "P"}
    assert {f.profile for f in of} >= {"", "Display P3"}
    assert any(f.has_gps for f in of)
    assert any(f.frames > 1 for f in of)
    assert min(f.width / f.height for f in of) < 0.6
    assert max(f.width / f.height for f in of) > 2.5


def test_every_photo_fits_one_item_of_the_readme(facts: dict[str, Facts]) -> None:
    text = (DRAWINGS / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (HP-\d+) \| (.+) \|$", text, re.MULTILINE)
    matcher = Matcher(Item(id=sku, title=title, sku=sku) for sku, title in rows)
    found = {name: matcher.match(name).item for name in facts}
    assert [name for name, item in found.items() if item is None] == []
    assert {item.sku for item in found.values() if item} == {sku for sku, _ in rows}


def test_the_readme_names_every_photo() -> None:
    text = (DRAWINGS / "README.md").read_text("utf-8")
    assert [photo.name for photo in PHOTOS if f"`{photo.name}`" not in text] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if (match := FOREIGN.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert found == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)
    loose = [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e]
    assert len(entries) > 20
    assert loose == []
    assert "://" not in text
