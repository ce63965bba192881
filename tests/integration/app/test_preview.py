"""``store-uploader preview`` as a script calls it, held against ImageMagick."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

MAGICK = "convert-im6.q16"


def preview(*arguments: object) -> tuple[int, str, str]:
    """Give the exit code, stdout and stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "uploader", "preview", *map(str, arguments)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A wide photo, light on one side and dark on the other, with soft edges as photos have."""
    path = tmp_path / "photo.jpg"
    across = Image.linear_gradient("L").rotate(90).resize((500, 300))
    down = Image.radial_gradient("L").resize((500, 300))
    Image.merge("RGB", (across, down, ImageChops.invert(across))).save(path, quality=95)
    return path


@pytest.mark.parametrize(
    ("geometry", "magick"),
    [
        ("200x200#", ["-resize", "200x200^", "-gravity", "center", "-extent", "200x200"]),
        ("100x100>", ["-resize", "100x100>"]),
        ("900x900>", ["-resize", "900x900>"]),
        ("900x900<", ["-resize", "900x900<"]),
        ("120x", ["-resize", "120x"]),
        ("x90", ["-resize", "x90"]),
        ("80x80!", ["-resize", "80x80!"]),
        ("50%", ["-resize", "50%"]),
        ("100x100^", ["-resize", "100x100^"]),
        ("10000@", ["-resize", "10000@"]),
    ],
)
def test_it_equals_imagemagick(photo: Path, tmp_path: Path, geometry: str, magick: list[str]):
    ours, theirs = tmp_path / "ours.png", tmp_path / "theirs.png"
    assert preview(photo, "--style", geometry, "-o", ours) == (0, "", "")
    subprocess.run([MAGICK, photo, "-auto-orient", *magick, "+repage", theirs], check=True)
    with Image.open(ours) as a, Image.open(theirs) as b:
        assert a.format == "PNG"
        assert a.size == b.size
        means = ImageStat.Stat(ImageChops.difference(a.convert("RGB"), b.convert("RGB"))).mean
    assert max(means) < 3


def test_turned_and_padded_it_equals_imagemagick_too(photo: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.png", tmp_path / "theirs.png"
    said = preview(photo, "--rotate", 270, "--pad", "--style", "100x100>", "-o", ours)
    assert said == (0, "", "")
    square = ["-gravity", "center", "-background", "white", "-extent", "500x500"]
    done = ["-auto-orient", "-rotate", "270", "+repage", *square, "-resize", "100x100>"]
    subprocess.run([MAGICK, photo, *done, "+repage", theirs], check=True)
    with Image.open(ours) as a, Image.open(theirs) as b:
        assert a.size == b.size == (100, 100)
        means = ImageStat.Stat(ImageChops.difference(a.convert("RGB"), b.convert("RGB"))).mean
    assert max(means) < 3


def test_the_findings_as_json(photo: Path) -> None:
    code, out, said = preview(photo, "--inspect")
    found = json.loads(out)
    assert (code, said) == (0, "")
    assert found["usable"] is True
    assert found["facts"]["format"] == "image/jpeg"
    assert (found["facts"]["width"], found["facts"]["height"]) == (500, 300)
    assert found["findings"] == []


def test_a_refused_file_says_why_in_one_sentence(photo: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photo.read_bytes()[:2000])
    output = tmp_path / "out.png"
    code, out, said = preview(broken, "-o", output)
    assert (code, out) == (3, "")
    assert said.count("\n") == 1
    assert said.strip().endswith(".")
    assert not output.exists()

    code, out, again = preview(broken, "--inspect")
    found = json.loads(out)
    assert (code, again) == (3, said)
    assert found["usable"] is False
    assert said.strip() in [finding["sentence"] for finding in found["findings"]]


@pytest.mark.parametrize("name", ["gone.jpg", "folder.jpg"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.jpg").mkdir()
    code, _, said = preview(tmp_path / name, "-o", tmp_path / "out.png")
    assert code == 3
    assert said.strip().endswith(".")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [["--style", "big", "-o", "out.png"], [], ["-o", "no-such-folder/out.png"]],
    ids=["geometry", "nowhere to write", "can't be written"],
)
def test_a_wrong_call_is_told(photo: Path, arguments: list[str]) -> None:
    code, out, said = preview(photo, *arguments)
    assert (code, out) == (2, "")
    assert said.strip().endswith(".")
    assert "Traceback" not in said
