"""The packages for Linux on systems without Python: Debian 12 and 13, made for this alone.

The store runs outside of them, on 127.0.0.1. Systems are kept as archives in `build/proof`.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

from installer.proof.linux.chroot import chroot
from installer.proof.linux.debian import (
    ROOT,
    Bare,
    install,
    install_needs,
    prove_keychain,
    prove_removal,
    prove_windows,
    without_python,
)
from installer.proof.linux.leftovers import Files
from installer.proof.linux.others import prove_rpm, prove_tar
from installer.proof.linux.packages import Packages, older
from installer.proof.linux.upgrade import prove_upgrade
from installer.proof.report import ProofError, Report
from installer.proof.shop import shop

SYSTEMS = {"bookworm": "Debian 12", "trixie": "Debian 13"}
PLACE = ROOT / "build" / "proof"
OPEN = (
    ("Fedora, openSUSE", "the .rpm with its own package manager",
     "no mirror of theirs here; the file is unpacked by rpm and run on Debian"),
    ("Ubuntu", "the .deb", "no mirror of its own here; the libraries asked for are in 22.04"),
    ("A desktop", "dragging photos from a file manager, tray, notifications, portals, KWallet",
     "needs a desktop session with a person"),
    ("A graphics card", "drawing by its driver", "there is none; all was drawn in software"),
)  # fmt: skip


def prove(report: Report, dist: Path) -> None:
    """Prove all that `dist` has for Linux."""
    packages, before = Packages.of(dist), PLACE / "none.deb"
    with report.proof("Debian", "An older version: the same program packed as 0.0.9") as proof:
        if packages.deb is None:
            raise ProofError("There is no .deb: run `make package` first.")
        before = older(packages.deb, PLACE)
    if not proof.proved:
        return
    shutil.rmtree(PLACE / "work", ignore_errors=True)
    with shop(PLACE / "work" / "tls", tls=True) as secure:
        for suite, system in SYSTEMS.items():
            work = PLACE / "work" / suite
            with ExitStack() as ending:
                with report.proof(system, "A minimal system without Python") as proof:
                    there = ending.enter_context(chroot(suite, PLACE))
                    without_python(there)
                    proof.note = there.inside("/etc/debian_version").read_text().strip()
                if proof.proved:
                    store = ending.enter_context(shop(work / "shop"))
                    pictures = dist / "proof"
                    bare = Bare(report, system, there, work, pictures, store, secure)
                    _prove_one(bare, packages, before)
    shutil.rmtree(PLACE / "work")
    for system, what, why in OPEN:
        report.leave_open(system, what, why)


def _prove_one(bare: Bare, packages: Packages, old: Path) -> None:
    report, system, there = bare.report, bare.system, bare.there
    with report.proof(system, "The .deb installs, without what it recommends") as proof:
        assert packages.deb is not None
        before = install_needs(bare, packages.deb)
        proof.note = install(bare, packages.deb)
    if not (proof.proved and packages.deb):
        return
    prove_windows(bare)
    prove_removal(bare, before)
    with report.proof(system, "A keychain is installed beside it") as proof:
        there.apt("install", "--no-install-recommends", "dbus", "gnome-keyring")
        before = Files.of(there)
    if proof.proved:
        prove_upgrade(bare, packages.deb, old)
        prove_keychain(bare)
        prove_removal(bare, before)
    for kind, package, prove_it in (
        ("tar.xz", packages.tar, prove_tar),
        ("rpm", packages.rpm, prove_rpm),
    ):
        if package is not None:
            prove_it(bare, package)
            continue
        with report.proof(system, f"{kind}: started"):
            raise ProofError(f"There is no .{kind}: run `make package` first.")
