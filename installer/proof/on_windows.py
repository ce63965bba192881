"""Tries the installer on Windows itself, as the release's workflow does, where wine can't say.

``python -m installer.proof.on_windows SETUP`` with the companion server's requirements installed:
installs silently, opens the real window, uploads the samples, keeps and reads the key in the
Credential Manager, uninstalls. It changes the programs of whoever runs it; no other proof does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.project import ROOT, version
from installer.proof.report import ProofError, Report
from uploader.commands.companion import companion

SYSTEM = "Windows"
_SAMPLES = ROOT / "resources" / "samples"
_MINUTES = 10 * 60
"""The longest that any step may take, in seconds."""


def installed() -> Path:
    """Give the folder that the installer chooses when it isn't asked."""
    return Path(os.environ["LOCALAPPDATA"], "Programs", "Store Uploader")


def prove(setup: Path, pictures: Path, report: Report) -> None:
    """Try all of it; what builds on a step that failed isn't tried."""
    program = installed() / "program" / "store-uploader.exe"
    with report.proof(SYSTEM, "installs without a question") as proof:
        _run(setup, "/S")
        proof.note = _run(program, "--version").strip()
        if version() not in proof.note:
            raise ProofError(f"It says {proof.note} and not {version()}")
    if not proof.proved:
        return
    with report.proof(SYSTEM, "opens its window, keeps the key, uploads all samples") as proof:
        proof.note = _upload(program, pictures)
    with report.proof(SYSTEM, "uninstalls and leaves nothing"):
        _run(installed() / "uninstall.exe", "/S")
        _wait_until_gone(installed())


def _upload(program: Path, pictures: Path) -> str:
    """Upload to a store of its own; give what was seen. Raises `ProofError`."""
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        result = Path(place, "result.json")
        with companion(Path(place, "store")) as store:
            words = ["smoke", "--store", store.address, "--email", store.email]
            words += ["--photos", str(_SAMPLES), "--result", str(result)]
            words += ["--screenshot", str(pictures / "window.png"), "--data", str(Path(place, "d"))]
            _run(program, *words, STORE_UPLOADER_PASSWORD=store.password)
        said = json.loads(result.read_text("utf-8"))
    if not said["keychain_round_trip"]:
        raise ProofError(f"The key wasn’t kept: {said}")
    return (
        f"{said['live']} of {said['photos']} live, {said['keychain']}, Qt’s {said['platform']}, "
        f"window after {said['first_window_seconds']:.2f} s"
    )


def _run(program: Path, *words: str, **environment: str) -> str:
    """Run to the end and give what it says. Raises CalledProcessError, TimeoutExpired."""
    return subprocess.run(
        [str(program), *words],
        env={**os.environ, **environment},
        timeout=_MINUTES,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _wait_until_gone(folder: Path) -> None:
    """Wait for the uninstaller's copy of itself, which goes on after it has ended."""
    deadline = time.monotonic() + 60
    while folder.exists():
        if time.monotonic() > deadline:
            left = sorted(path.name for path in folder.rglob("*"))[:10]
            raise ProofError(f"Left behind: {', '.join(left) or 'the folder'}")
        time.sleep(0.5)


def main() -> None:
    """Prove, show the table, end with 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("setup", type=Path)
    parser.add_argument("--pictures", type=Path, default=ROOT / "dist" / "proof" / "windows")
    said = parser.parse_args()
    report = Report()
    prove(said.setup, said.pictures, report)
    print(f"\n{report.table()}")
    report.write(said.pictures / "report.md")
    sys.exit(report.failed)


if __name__ == "__main__":
    main()
