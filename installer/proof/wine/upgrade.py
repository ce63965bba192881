"""An older version that runs, with photos that wait, replaced: each goes live exactly once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.project import ROOT, version
from installer.proof import wine
from installer.proof.linux.packages import OLDER
from installer.proof.linux.screens import until
from installer.proof.report import ProofError
from installer.proof.shop import Shop, photographs, shop
from installer.proof.wine.program import SECONDS
from installer.windows.launchers import CONSOLE

COUNT, SIDE = 12, 1400
"""Photos, and their side in pixels: so large that not all of them are gone at once."""
_ENDED = frozenset({"live", "already"})


def prove_upgrade(tried: wine.Tried) -> None:
    """Prove it: cut off, killed, started again, replaced while it runs, and connected again."""
    what = "Upgrade while it runs: photos that wait go live exactly once"
    with tried.report.proof(wine.SYSTEM, what) as proof:
        tried.program.install(_older())
        if (found := tried.program.version()) != OLDER:
            raise ProofError(f"Version {found} is installed.")
        photographs(wine.PLACE / "photos" / "upgrade", COUNT, SIDE)
        with shop(wine.PLACE / "shops" / "upgrade") as store:
            left = _leave_waiting(tried, store)
            _replace(tried)
            store.way.open()
            _go_on(tried)
            store.check_once(COUNT)
        proof.note = f"{OLDER} → {version()}; {left} of {COUNT} waited"


def _older() -> Path:
    """Build the installer of an older version, from this very tree."""
    output = wine.PLACE / f"store-uploader-{OLDER}-windows-x64-setup.exe"
    command = [sys.executable, "-m", "installer.windows.build", "--quick", "--version", OLDER]
    subprocess.run(
        [*command, "--output", str(output)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return output


def _leave_waiting(tried: wine.Tried, store: Shop) -> int:
    """Cut the way while photos are being sent, then the power; tell how many are left."""
    program = tried.program
    photos, picture = wine.PLACE / "photos" / "upgrade", wine.PLACE / "unused.png"
    data = ("--data", r"C:" + _inside(program.data, program.prefix.root))
    with program.checking(store, photos, picture, *data):
        until(lambda: program.states().get("live", 0) > 0, "a live photo", SECONDS)
        store.way.shut()
    found = program.states()
    left = sum(count for state, count in found.items() if state not in _ENDED)
    if left < 2 or sum(found.values()) != COUNT:
        raise ProofError(f"That isn’t a list with photos that wait: {found}")
    return left


def _inside(path: Path, root: Path) -> str:
    return "\\" + str(path.relative_to(root)).replace("/", "\\")


def _replace(tried: wine.Tried) -> None:
    """Have the older version run, and install the newer one over it."""
    program = tried.program
    with program.prefix.running(program.window) as old:
        until(lambda: bool(tried.screen.window()), "its window", SECONDS)
        # It stays where it is, also if another folder is named.
        program.install(tried.setup, r"/D=C:\elsewhere")
        if (program.prefix.root / "elsewhere").exists():
            raise ProofError("There are two of it.")
        if (code := old.wait(10)) != 0:
            raise ProofError(f"The older version ended with {code}.")
    if (found := program.version()) != version():
        raise ProofError(f"Version {found} is installed.")


def _go_on(tried: wine.Tried) -> None:
    """Open the window and do nothing: it goes on by itself, by the key that was kept."""
    program = tried.program
    with program.prefix.running(program.window) as new:
        until(lambda: set(program.states()) <= _ENDED, "all of them live", SECONDS)
        tried.screen.photograph(tried.picture("upgraded"))
        program.prefix.run(program.place / "program" / CONSOLE, "close", seconds=SECONDS)
        if (code := new.wait(SECONDS)) != 0:
            raise ProofError(f"Asked to, it ended with {code}.")
