"""Nothing is passed on without its licence text."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer.release import licences, native, parts

PYTHON = ".".join(map(str, sys.version_info[:3]))


def collect(site_packages, interpreter, output):
    return licences.collect(licences.Source(site_packages, interpreter, PYTHON, "linux"), output)


@pytest.fixture
def interpreter(tmp_path):
    text = tmp_path / "LICENSE.txt"
    text.write_text("PSF LICENSE AGREEMENT", "utf-8")
    return text


@pytest.fixture(scope="module")
def site_packages():
    return Path(str(distribution("pillow").locate_file("")))


def made_up(folder, name, *needs, text=""):
    """Lay a distribution into a site-packages folder."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    lines += [f"Requires-Dist: {need}" for need in needs]
    (info / "METADATA").write_text("\n".join(lines), "utf-8")
    if text:
        (info / "LICENSE").write_text(text, "utf-8")


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A program that needs one distribution, and that another one on Windows."""
    monkeypatch.setattr(parts, "program", lambda: ("store-uploader", "1.2.3", ["First>=1"]))
    folder = tmp_path / "site-packages"
    made_up(folder, "first", "second; sys_platform == 'win32'", "third[more]", text="free")
    made_up(folder, "third", "fourth; extra == 'more'", "absent; extra == 'less'", text="free")
    made_up(folder, "fourth", "first", text="free")
    made_up(folder, "second", text="free")
    made_up(folder, "unrelated")
    return folder


def names(folder, target):
    return [part.key for part in parts.distributions(folder, target, "3.11")]


def test_what_is_needed_on_the_target_is_found_and_nothing_else(small):
    assert names(small, "linux") == ["first", "fourth", "third"]
    assert names(small, "windows") == ["first", "fourth", "second", "third"]


def test_a_missing_requirement_is_named(small):
    shutil.rmtree(small / "fourth-1.0.dist-info")
    with pytest.raises(parts.MissingPartError, match=r"third needs fourth"):
        names(small, "linux")


def test_a_distribution_without_a_text_stops_the_build(small, interpreter, tmp_path):
    (small / "third-1.0.dist-info" / "LICENSE").unlink()
    with pytest.raises(licences.NoTextError, match=r"third 1\.0 has no licence text"):
        collect(small, interpreter, tmp_path / "out")


def test_a_python_without_a_text_stops_the_build(small, tmp_path):
    with pytest.raises(licences.NoTextError, match="Python"):
        collect(small, tmp_path / "nowhere", tmp_path / "out")


def test_every_part_of_the_program_has_its_texts(site_packages, interpreter, tmp_path):
    output = tmp_path / "licences"
    entries = collect(site_packages, interpreter, output)
    named = set(licences.files_of(entries))
    there = {p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()}
    assert named <= there
    assert {p for p in there - named if "/" in p} == set()
    assert {"Store Uploader", "Python", "PySide6_Essentials", "pillow_heif", "keyring"} <= {
        entry.name for entry in entries
    }
    assert {entry.name for entry in entries if not entry.licence} == set()
    readme = (output / "README.txt").read_text("utf-8")
    assert "You may replace each" in readme
    assert f"official_releases/qt/6.11/{distribution('pyside6-essentials').version}" in readme
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (output / "LGPL-3.0.txt").read_text("utf-8")


def test_two_collections_are_alike(site_packages, interpreter, tmp_path):
    both = []
    for name in ("one", "two"):
        collect(site_packages, interpreter, tmp_path / name)
        files = sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
        both.append([(p.relative_to(tmp_path / name), p.read_bytes()) for p in files])
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", "Qt"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "Qt plug-in"),
        ("PySide6/plugins/platforms/qwindows.dll", "Qt plug-in"),
        ("PySide6/Qt6Gui.dll", "Qt"),
        ("PySide6/libpyside6.abi3.so.6.11", "PySide"),
        ("shiboken6/shiboken6.abi3.dll", "Shiboken"),
        ("PySide6/Qt/lib/libicudata.so.73", "ICU"),
        ("pillow_heif.libs/libheif-e72ea93c.so.1.23.6", "libheif"),
        ("libde265-0-da04b6b2448c39c0b7f218769dedb2f1.dll", "libde265"),
        ("libstdc++-6-e4d43a335d57132a6ec3004cece76b4f.dll", "GCC’s run-time"),
        ("libpython3.11.so.1.0", "Python"),
        ("libcrypto-3.dll", "OpenSSL"),
        ("pillow_heif/.dylibs/libheif.1.23.6.dylib", "libheif"),
        ("PIL/.dylibs/libpng16.16.dylib", "libpng"),
        ("libssl.so.3", "OpenSSL"),
        ("VCRUNTIME140_1.dll", "Microsoft’s run-time"),
    ],
)
def test_native_libraries_are_known_by_their_names(name, whose):
    assert native.is_library(Path(name))
    assert native.library(Path(name)).name == whose


@pytest.mark.parametrize(
    "name", ["PIL/_imaging.cpython-311-x86_64-linux-gnu.so", "PySide6/QtCore.abi3.so", "_ssl.pyd"]
)
def test_extension_modules_are_no_libraries(name):
    assert not native.is_library(Path(name))


def test_an_unknown_library_stops_the_build(tmp_path):
    (tmp_path / "libreadline.so.8").write_bytes(b"\x7fELF")
    with pytest.raises(native.UnknownLibraryError, match="libreadline"):
        native.libraries(tmp_path)


def test_x265_stops_the_build_and_its_stand_in_does_not(tmp_path):
    x265 = tmp_path / "libx265-4883ecb5.so.217"
    x265.write_bytes(b"\x7fELF" + bytes(1_000_000))
    with pytest.raises(native.UnknownLibraryError, match="GPL"):
        native.libraries(tmp_path)
    x265.write_bytes(b"\x7fELF" + bytes(1000))
    assert [library for _, library in native.libraries(tmp_path)] == [native.STAND_IN]


def test_texts_of_ours_are_there():
    named = {text for known in native.LIBRARIES for text in known.texts}
    named |= {
        t for table in (licences.OWN_TEXTS, licences.MORE_TEXTS) for v in table.values() for t in v
    }
    assert {name for name in named if not (licences.TEXTS / name).is_file()} == set()
