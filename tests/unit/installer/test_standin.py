"""HEIC photos are read without x265, by the wheels' own libheif."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer.standin import x265

ROOT = Path(__file__).resolve().parents[3]
PHOTO = ROOT / "resources" / "samples" / "canvas-tote-natural.heic"

READS = """
import sys
import pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
with Image.open(sys.argv[1]) as photo:
    print(pillow_heif.__file__, photo.size, photo.getpixel((9, 9)))
"""


@pytest.fixture
def decoder(tmp_path):
    """Give a copy of the decoder that may be changed."""
    there = Path(str(distribution("pillow-heif").locate_file("")))
    for name in ("pillow_heif", "pillow_heif.libs"):
        shutil.copytree(there / name, tmp_path / name)
    for module in there.glob("_pillow_heif*.so"):
        shutil.copy(module, tmp_path)
    return tmp_path


def read(folder):
    command = [sys.executable, "-c", READS, str(PHOTO)]
    environment = {"PYTHONPATH": str(folder), "PATH": ""}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("gcc"), reason="needs gcc")
def test_a_photo_is_read_the_same_without_x265(decoder):
    before = read(decoder)
    assert str(decoder) in before
    (replaced,) = x265.replace(decoder)
    assert replaced.stat().st_size < 32_000
    first = replaced.read_bytes()
    assert read(decoder) == before
    x265.replace(decoder)
    assert replaced.read_bytes() == first, "not made alike"


@pytest.mark.skipif(not shutil.which("x86_64-w64-mingw32-gcc"), reason="needs MinGW")
def test_for_windows_it_is_the_same_wherever_it_is_made(tmp_path):
    made = []
    for folder in ("one", "another-folder"):
        library = tmp_path / folder / "libx265-217-276e7d75772a32bd086b54d54e01fd11.dll"
        library.parent.mkdir()
        library.touch()
        x265.replace(library.parent)
        made.append(library.read_bytes())
    assert b"x265_api_get_217" in made[0]
    assert made[0] == made[1]


def test_a_folder_without_x265_is_noticed(tmp_path):
    with pytest.raises(x265.NoEncoderError, match="no x265"):
        x265.replace(tmp_path)
    (tmp_path / "libx265.so").touch()
    with pytest.raises(x265.NoEncoderError, match="no number"):
        x265.replace(tmp_path)
