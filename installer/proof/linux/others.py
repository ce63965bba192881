"""The other two formats for Linux, on a system that has the libraries which they ask for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from installer.proof.linux.chroot import HOME, PERSON, Chroot
from installer.proof.linux.debian import Bare
from installer.proof.linux.leftovers import Files
from installer.proof.linux.screens import x_screen
from installer.proof.linux.starting import Person
from installer.proof.report import ProofError

_RPMS = ("usr/share/metainfo",)
"""Folders of the package `filesystem`, which every system with rpm has and this one hasn't."""
_SONAME = re.compile(r"^(lib[^(]+\.so[.\d]*|ld-linux[^(]*)\((.*?)\)\(64bit\)$")


def prove_tar(bare: Bare, archive: Path) -> None:
    """Prove that the archive works wherever it is unpacked."""
    with bare.report.proof(bare.system, "tar.xz: unpacked and started, photos live") as proof:
        place = bare.there.inside(HOME / "unpacked")
        place.mkdir()
        owner = (f"--owner={PERSON}", f"--group={PERSON}", "--no-same-owner")
        _run("tar", "-xJf", str(archive), "-C", str(place), owner[2])
        _run("chown", "-R", f"{PERSON}:{PERSON}", str(place))
        program = _program(place)
        with x_screen() as screen:
            inside = "/" + str(program.relative_to(bare.there.root))
            result = bare.upload(Person(bare.there, screen.env, program=inside), "tar")
        shutil.rmtree(place)
        size = archive.stat().st_size / 1e6
        proof.note = f"{size:.1f} MB, {program.relative_to(place)}, {result['live']} live"


def prove_rpm(bare: Bare, package: Path) -> None:
    """Prove that what it holds runs, and that what it requires is what it needs."""
    with bare.report.proof(bare.system, "rpm: unpacked by rpm, photos live, removed") as proof:
        before = Files.of(bare.there)
        # Debian's rpm would keep its books in the caller's home, and below the root again.
        books = "--dbpath=/var/lib/rpm"
        rpm = ("rpm", f"--root={bare.there.root}", books, "--nodeps", "--noscripts")
        _run(*rpm, "--install", str(package))
        try:
            with x_screen() as screen:
                result = bare.upload(Person(bare.there, screen.env), "rpm")
        finally:
            _run(*rpm, "--erase", "store-uploader")
        left = Files.of(bare.there).left_since(before, bare.there)
        if left := [path for path in left if path not in _RPMS and "/rpm" not in path]:
            raise ProofError(f"Left: {', '.join(left[:8])}")
        proof.note = f"{package.stat().st_size / 1e6:.1f} MB, {result['live']} live"
    with bare.report.proof(bare.system, "rpm: each library it requires exists") as proof:
        proof.note = _judge(bare.there, package)


def _judge(there: Chroot, package: Path) -> str:
    """See that it requires libraries by their own names, and none that nobody has."""
    lines = _run("rpm", "--query", "--package", "--requires", str(package)).splitlines()
    names = {line for line in lines if not line.startswith("rpmlib(")}
    sonames = {match[1] for name in names if (match := _SONAME.match(name))}
    known = there.run("/sbin/ldconfig", "-p")
    if missing := sorted(name for name in sonames if f"\t{name} " not in known):
        raise ProofError(f"Nobody has these here: {', '.join(missing)}")
    if not sonames:
        raise ProofError(f"It requires no library: {', '.join(sorted(names)) or 'nothing'}")
    others = sorted(name for name in names if not _SONAME.match(name))
    return f"{len(sonames)} libraries" + (f"; besides: {', '.join(others)}" if others else "")


def _program(place: Path) -> Path:
    found = list(place.glob("*/bin/store-uploader"))
    if len(found) != 1:
        raise ProofError("There is no bin/store-uploader in it.")
    return found[0]


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
