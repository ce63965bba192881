"""Two builds are the same, or it is told what differs and by what."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tarfile

import pytest

from installer.release.compare import differences, told
from installer.release.unpack import entries


def tar(path, files, time=1000, owner=0):
    with tarfile.open(path, "w:xz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.uid = len(data), time, owner
            archive.addfile(member, io.BytesIO(data))


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    return tmp_path / "one", tmp_path / "other"


def test_alike(folders):
    for folder in folders:
        tar(folder / "a.tar.xz", {"x": b"1"})
    assert differences(*folders) == []
    assert told([], 9) == "Byte by byte the same."


def test_times_and_owners_are_told_apart_from_contents(folders):
    one, other = folders
    tar(one / "a.tar.xz", {"x": b"1", "y": b"built in /some/where today"})
    tar(other / "a.tar.xz", {"x": b"1", "y": b"built in /else/where today"}, time=2000, owner=7)
    said = "\n".join(differences(one, other, ["/some/where", "/nowhere"]))
    assert "a.tar.xz: a.tar.xz!x: time 1000 / 2000" in said
    assert "a.tar.xz!x: owner 0:0 : / 7:0 :" in said
    assert "a.tar.xz!x: bytes" not in said
    assert "a.tar.xz!y: bytes differ, 3 of 26, first at 10" in said
    assert "built in /else/where" in said
    assert "has the folder /some/where in it" in said
    assert "/nowhere" not in said


def test_what_is_missing_is_told(folders):
    one, other = folders
    (one / "SHA256SUMS").write_text("x")
    tar(one / "a.tar.xz", {"x": b"1", "y": b"2"})
    tar(other / "a.tar.xz", {"x": b"1", "z": b"2"})
    found = differences(one, other)
    assert f"SHA256SUMS: not in {other}" in found
    assert "a.tar.xz: a.tar.xz!y: only in the first" in found
    assert "a.tar.xz: a.tar.xz!z: only in the second" in found
    assert told(found, 1).endswith("and 2 more")


def test_order_counts(folders):
    one, other = folders
    tar(one / "a.tar.xz", {"x": b"1", "y": b"2"})
    tar(other / "a.tar.xz", {"y": b"2", "x": b"1"})
    assert "a.tar.xz: a.tar.xz!x: order 0 / 1" in differences(one, other)


def test_the_same_files_packed_otherwise(folders):
    one, other = folders
    for folder in folders:
        tar(folder / "a.tar.xz", {"x": b"1"})
    # Padding, which xz allows behind what it compressed.
    (other / "a.tar.xz").write_bytes((one / "a.tar.xz").read_bytes() + bytes(4))
    assert differences(one, other) == ["a.tar.xz: packed in another way"]


def test_a_damaged_package_is_told(folders):
    one, other = folders
    tar(one / "a.tar.xz", {"x": random.Random(1).randbytes(9_000)})
    whole = (one / "a.tar.xz").read_bytes()
    (other / "a.tar.xz").write_bytes(whole[: len(whole) // 2])
    assert "a.tar.xz: a.tar.xz: only in the second" in differences(one, other)


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_a_deb_is_opened(tmp_path):
    root = tmp_path / "root"
    (root / "DEBIAN").mkdir(parents=True)
    control = "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b.c>\nDescription: d\n"
    (root / "DEBIAN/control").write_text(control)
    (root / "file").write_text("within")
    package = tmp_path / "x.deb"
    subprocess.run(["dpkg-deb", "-Zxz", "--build", root, package], check=True, capture_output=True)
    found = {entry.place: entry for entry in entries(package)}
    assert found["debian-binary"].data == b"2.0\n"
    assert found["data.tar.xz!./file"].data == b"within"
    assert found["control.tar.xz!./control"].data.decode() == control
