"""An older version with photos that wait, a newer one in its place: each goes live exactly once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from installer.proof.linux.chroot import HOME
from installer.proof.linux.debian import Bare, install
from installer.proof.linux.packages import field
from installer.proof.linux.screens import Screen, until, x_screen
from installer.proof.linux.starting import DATA, SMOKE_SECONDS, Person, states
from installer.proof.report import ProofError
from installer.proof.shop import Shop

COUNT = 16
SIDE = 1400
"""Of the photos, in pixels: so large that not all of them are gone at once."""
_ENDED = frozenset({"live", "already"})


def prove_upgrade(bare: Bare, deb: Path, before: Path) -> None:
    """Prove it, from the package `before` to `deb`.

    Needs the keychain: the newer version signs in with the older one's key.
    """
    what = "Upgrade: photos that wait go live exactly once"
    with bare.report.proof(bare.system, what) as proof:
        install(bare, before)
        with bare.store.gets_once() as check, x_screen() as screen:
            person = Person(bare.there, screen.env, keychain=True)
            try:
                left = _leave_waiting(bare, person, bare.store)
                install(bare, deb)
                _check_version(bare, deb)
            finally:
                bare.store.way.open()
            _go_on(bare, person, screen)
            check(COUNT)
        proof.note = (
            f"{field(before, 'Version')} → {field(deb, 'Version')}; {left} of {COUNT} waited"
        )


def _leave_waiting(bare: Bare, person: Person, store: Shop) -> int:
    """Cut the way while photos are being sent, and end the program; tell how many are left."""
    photos = bare.fresh("upgrade", COUNT, SIDE)
    words = person.smoke_words(store, photos, DATA)
    with person.running(*words, STORE_UPLOADER_PASSWORD=store.password) as process:
        until(lambda: states(bare.there).get("live", 0) > 0, "a live photo", SMOKE_SECONDS)
        store.way.shut()
        for number, command in bare.there.processes().items():
            if "smoke" in command and command.startswith(person.program):
                os.kill(number, signal.SIGTERM)
        process.wait(300)
    bare.there.inside(HOME / "result.json").unlink()
    found = states(bare.there)
    left = sum(count for state, count in found.items() if state not in _ENDED)
    if left < 2 or sum(found.values()) != COUNT:
        raise ProofError(f"That isn’t a list with photos that wait: {found}")
    return left


def _check_version(bare: Bare, deb: Path) -> None:
    installed = bare.there.run("dpkg-query", "-W", "-f", "${Version}", "store-uploader")
    if installed != field(deb, "Version"):
        raise ProofError(f"Version {installed} is installed.")


def _go_on(bare: Bare, person: Person, screen: Screen) -> None:
    """Open the window and do nothing: it goes on by itself."""
    with person.running() as process:
        until(lambda: set(states(bare.there)) <= _ENDED, "all of them live", SMOKE_SECONDS)
        screen.photograph(bare.picture("upgraded"))
        screen.quit(screen.window())
        if (code := process.wait(300)) != 0:
            raise ProofError(f"Closed, it ended with {code}.")
