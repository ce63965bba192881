"""The bundle has what is named and nothing else, and the packages ask for what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from installer.freeze import allowed, check, contents, icu, support
from installer.freeze.elf import Elf
from installer.linux import needs
from uploader.commands.arguments import read
from uploader.ui import resources


def elf(name, needed=(), versions=()):
    return Elf(Path("/bundle/_internal") / name, name, frozenset(needed), frozenset(versions))


class TestAllowed:
    def test_a_library_of_the_machine_that_builds_stays_out(self):
        assert not allowed.entry("libsystemd.so.0", "BINARY")
        assert not allowed.entry("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "BINARY")
        assert not allowed.entry("libQt6Core.so.6", "SYMLINK")

    def test_what_is_named_goes_in(self):
        assert allowed.entry("PySide6/Qt/plugins/platforms/libqwayland.so", "BINARY")
        assert allowed.entry(
            "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", "EXTENSION"
        )

    def test_of_qts_own_words_those_that_the_program_speaks_go_in(self):
        assert allowed.entry("PySide6/Qt/translations/qtbase_de.qm", "DATA")
        assert not allowed.entry("PySide6/Qt/translations/qtbase_fr.qm", "DATA")

    def test_of_metadata_what_says_where_it_was_installed_stays_out(self):
        assert allowed.entry("keyring-25.7.0.dist-info/entry_points.txt", "DATA")
        assert not allowed.entry("keyring-25.7.0.dist-info/RECORD", "DATA")


class TestCheck:
    def test_what_nobody_named_and_what_is_missing_are_told(self):
        said = check.against(["libssl.so.3", "libgtk-3.so.0"], ["libssl.so.*", "libcrypto.so.*"])
        assert said == [
            "isn't allowed in the bundle: libgtk-3.so.0",
            "is expected in the bundle: libcrypto.so.*",
        ]

    def test_a_library_that_the_system_is_not_known_to_have_is_told(self, tmp_path):
        said = check.complaints(tmp_path, [elf("liba.so.1", ["libsurprise.so.1", "libc.so.6"])])
        assert (
            "is expected of the system by liba.so.1, and not in the list: libsurprise.so.1" in said
        )
        assert not [line for line in said if "libc.so.6" in line]

    def test_a_bundle_that_is_too_large_and_a_link_to_nothing_are_told(self, tmp_path):
        with (tmp_path / "large").open("wb") as file:
            file.truncate(check.MOST + 1)
        (tmp_path / "link").symlink_to("gone")
        said = check.complaints(tmp_path, [])
        assert [line for line in said if line.startswith("too large")]
        assert f"leads nowhere: {tmp_path / 'link'}" in said


class TestNeeds:
    LIBRARIES = (
        elf("liba.so.1", ["libb.so.1", "libc.so.6", "libz.so.1"], ["GLIBC_2.4", "GLIBC_2.34"]),
        elf("libb.so.1", ["libstdc++.so.6", "libglib-2.0.so.0"], ["GLIBC_2.17", "GLIBCXX_3.4.30"]),
    )

    def test_a_deb_depends_on_what_isnt_in_it_as_new_as_its_symbols_need(self):
        assert needs.debian(self.LIBRARIES) == [
            "libc6 (>= 2.34)",
            "libglib2.0-0t64 | libglib2.0-0",
            "libstdc++6 (>= 12)",
            "zlib1g",
        ]

    def test_an_rpm_requires_the_same_by_the_libraries_own_names(self):
        assert needs.sonames(self.LIBRARIES) == [
            "libc.so.6()(64bit)",
            "libc.so.6(GLIBC_2.34)(64bit)",
            "libglib-2.0.so.0()(64bit)",
            "libstdc++.so.6()(64bit)",
            "libz.so.1()(64bit)",
        ]


class TestContents:
    def test_every_resource_is_where_the_frozen_program_looks(self):
        there = {f"{place}/{Path(file).name}" for file, place in contents.resources()}
        for folder, pattern in (("icons", "*.svg"), ("style", "*.qss"), ("translations", "*.qm")):
            for file in resources.resource(folder).glob(pattern):
                assert f"resources/{folder}/{file.name}" in there
        for file in resources.guide().rglob("*.*"):
            assert f"resources/guide/{file.relative_to(resources.guide()).as_posix()}" in there

    def test_entry_points_are_found_in_what_is_kept_of_metadata(self):
        kept = {
            Path(file).name: Path(file) for file, place in contents.metadata() if "store" in place
        }
        assert "companion" in kept["entry_points.txt"].read_text()
        assert "Version:" in kept["METADATA"].read_text()


def test_a_packaged_program_offers_no_demo_as_its_store_isnt_packed(monkeypatch, capsys):
    assert read(["demo"]).command == "demo"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(SystemExit):
        read(["demo"])
    capsys.readouterr()
    with pytest.raises(SystemExit):
        read(["--help"])
    assert "demo" not in capsys.readouterr().out


SORTS = """
import functools
from PySide6.QtCore import QCollator, QLocale, QTimeZone
words = "zebra Äpfel apfel öl ähnlich Zürich 中文 日本 北京 ñandú nube ça cb あい 10 9".split()
for language in ("de", "en", "sv", "es", "ja", "zh", "fr", "th"):
    order = QCollator(QLocale(language))
    order.setNumericMode(True)
    print(sorted(words, key=functools.cmp_to_key(order.compare)))
zone = QTimeZone(b"Europe/Berlin")
print(zone.displayName(QTimeZone.StandardTime, QTimeZone.LongName, QLocale("de")))
print("given" in open("/proc/self/maps").read())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Qt has its own ICU on Linux alone")
class TestIcu:
    @pytest.fixture
    def library(self, tmp_path):
        folder = Path(str(distribution("pyside6-essentials").locate_file("PySide6/Qt/lib")))
        (found,) = folder.glob("libicudata.so.*")
        (tmp_path / "given").mkdir()
        return Path(shutil.copy(found, tmp_path / "given"))

    def said(self, **more):
        return subprocess.run(
            [sys.executable, "-c", SORTS],
            env={**os.environ, **more}, capture_output=True, text=True, check=True, timeout=60,
        ).stdout.splitlines()  # fmt: skip

    @pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no compiler")
    def test_qt_sorts_and_names_zones_with_a_sixth_of_the_data(self, library):
        whole = library.stat().st_size
        icu.reduce(library)
        assert library.stat().st_size < whole / 5
        before, after = self.said(), self.said(LD_PRELOAD=str(library))
        assert (before.pop(), after.pop()) == ("False", "True")
        assert after == before

    def test_what_is_written_reads_the_same(self, library):
        header, items = icu.read(library.read_bytes())
        few = dict(list(items.items())[:20])
        again, read = icu.read(icu.write(header, few).ljust(4096, b"\0"))
        assert again == header
        assert list(read) == list(few)
        assert all(read[name].startswith(few[name]) for name in few)

    def test_what_is_no_such_library_is_refused(self):
        with pytest.raises(icu.StrangeDataError):
            icu.read(b"\x7fELF" + bytes(100))


class TestSupport:
    def test_shiboken_takes_what_was_compiled(self, tmp_path):
        spec = find_spec("shiboken6")
        shutil.copytree(spec.submodule_search_locations[0], tmp_path / "shiboken6")
        made = support.lay_out(tmp_path)
        asks = (
            "import sys; from shiboken6 import Shiboken\n"
            "for name, module in sys.modules.items():\n"
            f"    if name.startswith('{support.PACKAGE}.'): print(module.__file__)"
        )
        said = subprocess.run(
            [sys.executable, "-c", asks],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        files = said.stdout.split()
        assert any(file.endswith("loader.pyc") for file in files)
        assert all(file.startswith(str(made)) for file in files)
        assert said.stderr == ""

    def test_two_builds_make_the_same(self, tmp_path):
        made = []
        for name in ("one", "two"):
            (tmp_path / name / "shiboken6").mkdir(parents=True)
            made.append(support.lay_out(tmp_path / name).read_bytes())
        assert made[0] == made[1]
