"""The installer for Windows, tried under wine: a fresh one, with stand-ins for what wine lacks.

The stand-ins are never shipped. The store runs outside, on 127.0.0.1.
"""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.project import BUILD, ROOT
from installer.proof.linux.screens import Screen, until, x_screen
from installer.proof.report import ProofError, Report
from installer.proof.shop import photographs, shop
from installer.proof.wine.leftovers import Left
from installer.proof.wine.prefix import fresh, windows_path
from installer.proof.wine.program import SECONDS, Program
from installer.windows.launchers import CONSOLE

SYSTEM = "Windows, by wine"
SAMPLES = ROOT / "resources" / "samples"
PLACE = BUILD / "proof" / "wine"
_CLASSES = r"HKEY_CURRENT_USER\Software\Classes\SystemFileAssociations\.jpg"
_ENTRY = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\StoreUploader"
OPEN = (
    ("the signature, and what SmartScreen says without one", "it has to be bought"),
    ("sharpness at 125 to 400 % and with two screens", "wine has one screen at 100 %"),
    ("notifications, and the icon beside the clock", "wine has neither"),
    ("dragging photos out of Explorer, and its context menu", "wine's Explorer has neither"),
    ("that what is in use can't be moved, by which the installer knows it", "wine moves it"),
    ("the installer's pages, clicked through", "they need a person; the silent way is tried"),
    ("Windows' own word that a network is back", "wine's service for it doesn't answer"),
)  # fmt: skip


@dataclass(slots=True)
class Tried:
    """What the proofs have in common."""

    report: Report
    program: Program
    screen: Screen
    setup: Path
    pictures: Path

    def picture(self, what: str) -> Path:
        """Give the file for a picture."""
        return self.pictures / f"wine-{what}.png"


def prove(report: Report, dist: Path) -> None:
    """Prove the installer that `dist` has."""
    setups = sorted(dist.glob("store-uploader-*-windows-x64-setup.exe"))
    with ExitStack() as ending:
        with report.proof(SYSTEM, "A fresh wine, with what it lacks of Windows"):
            if not setups:
                raise ProofError("There is no installer: run `make package-windows` first.")
            screen = ending.enter_context(x_screen())
            prefix = ending.enter_context(fresh(PLACE, screen.env))
        if report.proofs[-1].proved:
            _prove_all(Tried(report, Program(prefix), screen, setups[-1], dist / "proof"))
    for what, why in OPEN:
        report.leave_open(SYSTEM, what, why)


def _prove_all(tried: Tried) -> None:
    from installer.proof.wine.upgrade import prove_upgrade  # noqa: PLC0415 - it needs this module

    report, before = tried.report, Left.of(tried.program)
    with report.proof(SYSTEM, "Installs without a question and an administrator") as proof:
        proof.note = _install(tried)
    if not proof.proved:
        return
    _prove_window(tried)
    with report.proof(SYSTEM, "A second start hands its photos over; it ends when asked to"):
        _hand_over(tried)
    _prove_removal(tried, before)
    prove_upgrade(tried)
    _prove_removal(tried, before)


def _install(tried: Tried) -> str:
    """Install it; give its sizes."""
    program = tried.program
    program.install(tried.setup)
    registry = program.prefix.registry()
    for key in (_ENTRY, rf"{_CLASSES}\shell\StoreUploader\command"):
        if f"[{key}]" not in registry:
            raise ProofError(f"Windows wasn’t told: {key}")
    if f"[{_CLASSES}]\n\n" not in registry.replace("\r", ""):
        raise ProofError("It took over what photos are opened with.")
    menu = program.prefix.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    if not (menu / "Store Uploader.lnk").exists():
        raise ProofError("It isn’t in the start menu.")
    told = re.search(r'"EstimatedSize"=dword:([0-9a-f]{8})', registry)
    size = sum(path.stat().st_size for path in program.place.rglob("*") if path.is_file())
    kibibytes = int(told[1], 16) if told else 0
    if not 0.9 < kibibytes * 1024 / size < 1.2:
        raise ProofError(f"Windows is told {kibibytes} KiB, and it is {size // 1024}.")
    return f"{tried.setup.stat().st_size / 1e6:.1f} MB, installed {size / 1e6:.0f} MB"


def _prove_window(tried: Tried) -> None:
    result: dict[str, Any] = {}
    count = len(list(SAMPLES.iterdir()))
    with tried.report.proof(SYSTEM, "A real window: signs in, the samples are live") as proof:
        with shop(PLACE / "shops" / "samples") as store:
            result = tried.program.smoke(store, SAMPLES, tried.picture("samples"))
            store.check_once(count)
        if (result["platform"], result["live"]) != ("windows", count):
            raise ProofError(f"{result['live']} of {count} live on {result['platform']}.")
        proof.note = f"{count} live, window after {result['first_window_seconds']:.1f} s"
    with tried.report.proof(SYSTEM, "Credential Manager: the key goes in and comes back") as proof:
        if not result.get("keychain_round_trip"):
            raise ProofError(f"It didn’t come back from {result.get('keychain')}.")
        proof.note = str(result["keychain"])
    with tried.report.proof(SYSTEM, "TLS by a private authority, trusted once it is named"):
        _over_tls(tried)


def _over_tls(tried: Tried) -> None:
    photographs(PLACE / "photos" / "tls", 2)
    with shop(PLACE / "shops" / "tls", tls=True) as store:
        assert store.authority is not None
        named = ("--certificates", windows_path(store.authority))
        result = tried.program.smoke(store, PLACE / "photos" / "tls", tried.picture("tls"), *named)
        store.check_once(2)
    if not result["tls"]:
        raise ProofError("It wasn’t over TLS.")


def _hand_over(tried: Tried) -> None:
    """Start it as the menu does, then as the context menu of a photo does, then close it."""
    program = tried.program
    photographs(PLACE / "photos" / "second", 1)
    (photo,) = (PLACE / "photos" / "second").iterdir()
    with program.prefix.running(program.window) as first:
        until((program.data / "outbox.sqlite3").exists, "a list of photos", SECONDS)
        program.prefix.run(program.window, windows_path(photo), seconds=SECONDS)
        until(lambda: program.states() == {"ready": 1}, "one photo on the list", SECONDS)
        tried.screen.photograph(tried.picture("window"))
        program.prefix.run(program.place / "program" / CONSOLE, "close", seconds=SECONDS)
        if (code := first.wait(SECONDS)) != 0:
            raise ProofError(f"Asked to, it ended with {code}.")


def _prove_removal(tried: Tried, before: Left) -> None:
    """Remove it while it runs: all but the person's data goes, and that stays as it is."""
    program = tried.program
    with tried.report.proof(
        SYSTEM, "Removed while it runs: only the person’s data is left"
    ) as proof:
        with program.prefix.running(program.window) as running:
            until(lambda: bool(tried.screen.window()), "its window", SECONDS)
            program.uninstall()
            running.wait(SECONDS)
        Left.of(program).check_since(before)
        if not (kept := [path for path in program.data.rglob("*") if path.is_file()]):
            raise ProofError("The person’s list of photos is gone.")
        proof.note = f"kept: {len(kept)} files in %LOCALAPPDATA%\\store-uploader"
    shutil.rmtree(program.data, ignore_errors=True)
