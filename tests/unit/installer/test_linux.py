"""What desktops and package managers read is as they want it, and says the same everywhere."""

from __future__ import annotations

import configparser
import gzip
import shutil
import subprocess
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from installer.linux import deb, rpm, tar, tree, words
from installer.project import APP_ID, HOMEPAGE, NAME, epoch, version
from uploader.app import DESKTOP_ENTRY

ROOT = Path(__file__).resolve().parents[3]
KINDS = ("jpeg", "png", "webp", "gif", "tiff", "bmp", "avif", "heic", "heif")
TYPES = {f"image/{kind}" for kind in KINDS}

pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a commit has the time")


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linux")
    frozen = folder / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / NAME).write_bytes(b"\x7fELF")
    (frozen / "_internal" / "lib.so").write_bytes(b"\x7fELF")
    (frozen / "_internal" / "lib.so").chmod(0o700)
    tree.lay(frozen, folder / "tree")
    return folder / "tree"


def entry(file):
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str
    read.read(file, "utf-8")
    return read


class TestTree:
    def test_the_command_is_a_link_to_the_program(self, laid):
        command = laid / "usr/bin" / NAME
        assert not command.readlink().is_absolute()
        assert command.resolve() == laid / "usr/lib" / NAME / NAME

    def test_modes_and_times_are_always_the_same(self, laid):
        modes = {path.name: path.stat().st_mode & 0o777 for path in laid.rglob("*")}
        assert (modes[NAME], modes["lib.so"], modes["_internal"]) == (0o755, 0o644, 0o755)
        assert {int(path.lstat().st_mtime) for path in laid.rglob("*")} == {epoch()}

    def test_every_size_of_the_icon_is_there(self, laid):
        hicolor = laid / "usr/share/icons/hicolor"
        sizes = {path.parts[-3] for path in hicolor.rglob(f"{NAME}.*")}
        assert {"16x16", "32x32", "48x48", "256x256", "512x512", "scalable"} <= sizes

    def test_the_manual_says_every_option(self, laid):
        manual = gzip.decompress((laid / f"usr/share/man/man1/{NAME}.1.gz").read_bytes()).decode()
        assert version() in manual
        for word in ("push", "preview", "history", "password\\-stdin", "background", "inspect"):
            assert word in manual


class TestDesktop:
    def test_the_window_is_known_by_the_entry(self, laid):
        assert DESKTOP_ENTRY == APP_ID
        assert (laid / f"usr/share/applications/{DESKTOP_ENTRY}.desktop").is_file()

    def test_all_three_offer_it_for_the_same_photos(self, laid):
        share = laid / "usr/share"
        menu = entry(share / f"applications/{APP_ID}.desktop")["Desktop Entry"]
        dolphin = entry(share / f"kio/servicemenus/{NAME}.desktop")
        nemo = entry(share / f"nemo/actions/{NAME}.nemo_action")["Nemo Action"]
        for types in (menu["MimeType"], dolphin["Desktop Entry"]["MimeType"], nemo["Mimetypes"]):
            assert set(filter(None, types.split(";"))) == TYPES
        for said in (menu, dolphin["Desktop Action upload"], nemo):
            assert said["Exec"] == f"{NAME} %F"
        for said in (dolphin["Desktop Action upload"], nemo):
            assert said["Name"] == "Upload with Store Uploader"
            assert said["Name[de]"] == "Mit Store Uploader hochladen"

    def test_addresses_are_set_in_one_place(self, laid):
        file = laid / f"usr/share/metainfo/{APP_ID}.metainfo.xml"
        read = ET.parse(file).getroot()
        assert read.findtext("url") == HOMEPAGE
        for image in read.iter("image"):
            picture = image.text.removeprefix(f"{HOMEPAGE}/")
            assert (ROOT / "docs" / picture).is_file()
        assert read.find("releases/release").get("version") == version()

    @pytest.mark.parametrize(
        "command",
        [
            ["desktop-file-validate", f"usr/share/applications/{APP_ID}.desktop"],
            ["appstreamcli", "validate", "--no-net", f"usr/share/metainfo/{APP_ID}.metainfo.xml"],
        ],
        ids=["menu", "software centre"],
    )
    def test_their_own_judges_find_nothing(self, laid, command):
        if shutil.which(command[0]) is None:
            pytest.skip(f"there is no {command[0]}")
        ended = subprocess.run(command, cwd=laid, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")


class TestPackages:
    def test_a_tar_says_nothing_of_who_built_it(self, laid, tmp_path, monkeypatch):
        monkeypatch.setattr(tar, "DIST", tmp_path)
        made = tar.build(laid)
        assert made.name == f"{NAME}-{version()}-linux-x86_64.tar.xz"
        with tarfile.open(made) as archive:
            members = archive.getmembers()
        assert [each.name for each in members] == sorted(each.name for each in members)
        assert {(each.uid, each.uname, each.mtime) for each in members} == {(0, "root", epoch())}
        assert f"{NAME}-{version()}/bin/{NAME}" in {each.name for each in members}

    @pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's own tool")
    def test_two_debs_of_one_tree_are_the_same(self, laid, tmp_path, monkeypatch):
        monkeypatch.setattr(deb, "DIST", tmp_path)
        first = deb.build(laid, tmp_path / "one", ["libc6"]).read_bytes()
        again = deb.build(laid, tmp_path / "other", ["libc6"])
        assert again.read_bytes() == first
        said = subprocess.run(
            ["dpkg-deb", "-f", str(again)], capture_output=True, text=True, check=True
        ).stdout
        assert f"Version: {version()}\n" in said
        assert "Depends: libc6\n" in said

    def test_an_rpm_owns_its_own_folders_alone(self, laid):
        spec = rpm._spec(laid, ["libc.so.6()(64bit)"])
        assert "Requires: libc.so.6()(64bit)" in spec
        assert f"%dir /usr/lib/{NAME}\n" in spec
        assert "%dir /usr/share/applications" not in spec
        # Of whom nobody knows whether they are there: what isn't owned is left behind.
        assert "%dir /usr/share/nemo/actions\n" in spec
        assert f"\n/usr/bin/{NAME}\n" in spec

    def test_changes_and_rights_are_as_debian_writes_them(self):
        first, *_, last = words.debian_changelog().strip().splitlines()
        assert first == f"{NAME} ({version()}) stable; urgency=medium"
        assert last.startswith(" -- The Store Uploader authors <")
        assert "License: Expat\n Permission is hereby granted" in words.copyright_file()
