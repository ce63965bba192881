"""The .deb on one bare system: from its installation to nothing being left of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.proof.linux.chroot import HOME, Chroot
from installer.proof.linux.leftovers import Files, personal
from installer.proof.linux.packages import field
from installer.proof.linux.screens import Screen, until, wayland, x_screen
from installer.proof.linux.starting import DATA, Person, give
from installer.proof.report import ProofError, Report
from installer.proof.shop import Shop, photographs

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "resources" / "samples"
ENTRY = "/usr/share/applications/io.github.store_uploader.StoreUploader.desktop"


@dataclass(slots=True)
class Bare:
    """What the proofs on one system have in common. `place` is for what they make on the way.

    `store` is this system's own, `secure` one over TLS that all share.
    """

    report: Report
    system: str
    there: Chroot
    place: Path
    pictures: Path
    store: Shop
    secure: Shop

    def picture(self, what: str) -> Path:
        """Give the file for a picture of this system."""
        return self.pictures / f"{self.system.lower().replace(' ', '-')}-{what}.png"

    def fresh(self, name: str, count: int = 3, side: int = 300) -> Path:
        """Give the person photos that nobody has seen before."""
        folder = self.place / "photos" / name
        shutil.rmtree(folder, ignore_errors=True)
        photographs(folder, count, side)
        return give(self.there, folder, name)

    def upload(self, person: Person, what: str) -> dict[str, Any]:
        """Have a few photos uploaded; give what the program wrote."""
        with self.store.gets_once() as check:
            result = person.smoke(self.store, self.fresh(what), picture=self.picture(what))
            check(result["live"])
        return result


def install_needs(bare: Bare, deb: Path) -> Files:
    """Install what it depends on, and nothing else; give the system's files by then."""
    bare.there.apt("satisfy", "--no-install-recommends", field(deb, "Depends"))
    return Files.of(bare.there)


def install(bare: Bare, deb: Path) -> str:
    """Install it as a person does who was given the file; tell how large it is."""
    file = Path("/root", deb.name)
    target = bare.there.inside(file)
    shutil.copy(deb, target)
    said = bare.there.apt("install", "--no-install-recommends", str(file))
    target.unlink()
    if not re.search(r"\b[01] newly installed", said):
        raise ProofError("It brought more than itself.")
    without_python(bare.there)
    if wrong := bare.there.run("dpkg", "--verify", "store-uploader").strip():
        raise ProofError(f"What was installed isn’t what was packed: {wrong[:200]}")
    kibibytes = int(field(deb, "Installed-Size"))
    return f"{deb.stat().st_size / 1e6:.1f} MB, installed {kibibytes * 1024 / 1e6:.0f} MB"


def without_python(there: Chroot) -> None:
    """See that no Python is there that a program could find. Raises `ProofError`."""
    places = ("bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin", "usr/lib", "usr/share")
    found = [
        str(path.relative_to(there.root))
        for place in places
        for path in there.inside(place).glob("*[pP]ython*")
        # Names of theirs under which other packages keep something for debuggers and the like.
        if not path.is_dir() or any(path.rglob("os.py"))
    ]
    installed = there.run("dpkg-query", "-W", "-f", "${Package}\n").split()
    found += [name for name in installed if name.startswith(("python", "libpython"))]
    if found:
        raise ProofError(f"This system has a Python: {', '.join(found)}")


def prove_windows(bare: Bare) -> None:
    """Prove what a person without a keychain has: X11, the menu, Wayland, TLS."""
    report, system, there = bare.report, bare.system, bare.there
    with report.proof(system, "X11: signs in, the samples are live") as proof, x_screen() as screen:
        person, photos = Person(there, screen.env), give(there, SAMPLES, "samples")
        count = len(list(SAMPLES.iterdir()))
        with bare.store.gets_once() as check:
            data = HOME / "samples-data"
            result = person.smoke(bare.store, photos, data=data, picture=bare.picture("x11"))
            check(count)
        if (result["platform"], result["live"]) != ("xcb", count):
            raise ProofError(f"{result['live']} of {count} live on {result['platform']}.")
        log = there.inside(data / "log.txt")
        if log.exists() and "darkroom" in (said := log.read_text("utf-8")):
            raise ProofError(f"Pictures weren’t decoded in a process of their own: {said[-200:]}")
        shutil.rmtree(there.inside(data))
        proof.note = _told(result)
    with report.proof(system, "Started as from the menu: window, entry, end") as proof:
        proof.note = _from_the_menu(bare)
    with report.proof(system, "Wayland: photos live") as proof, wayland(there) as screen_env:
        result = bare.upload(Person(there, screen_env), "wayland")
        if result["platform"] != "wayland":
            raise ProofError(f"It ran on {result['platform']}.")
        proof.note = _told(result)
    with report.proof(system, "TLS by a private authority, trusted only once named") as proof:
        proof.note = _over_tls(bare)


def prove_keychain(bare: Bare) -> None:
    """Prove that the sign-in key goes into the system's keychain and comes back."""
    with bare.report.proof(bare.system, "Keychain: the key goes in and comes back") as proof:
        with x_screen() as screen:
            result = bare.upload(Person(bare.there, screen.env, keychain=True), "keychain")
        if not result["keychain_round_trip"]:
            raise ProofError(f"It didn’t come back from {result['keychain']}.")
        proof.note = str(result["keychain"])


def prove_removal(bare: Bare, before: Files) -> None:
    """Prove that nothing but the person's data is left, and that this is left."""
    with bare.report.proof(bare.system, "Removed: only the person’s data is left") as proof:
        mine = personal(bare.there)
        bare.there.apt("remove", "store-uploader")
        removed = Files.of(bare.there)
        # Not by apt, which knows nothing of what is gone already.
        bare.there.run("dpkg", "--purge", "store-uploader")
        now = Files.of(bare.there)
        if left := removed.left_since(before, bare.there) or now.left_since(before, bare.there):
            raise ProofError(f"Left: {', '.join(left[:8])}")
        if gone := now.gone_since(before):
            raise ProofError(f"Taken away: {', '.join(gone[:8])}")
        if personal(bare.there) != mine:
            raise ProofError("The person’s files aren’t as they were.")
        data = str(DATA.relative_to(HOME))
        kept = [path for path in mine if path.startswith(data)]
        proof.note = f"kept: {len(kept)} files in ~/{data}"


def _from_the_menu(bare: Bare) -> str:
    entry = _entry(bare.there)
    program, *words = [word for word in entry["Exec"].split() if not word.startswith("%")]
    with x_screen() as screen:
        person = Person(bare.there, screen.env, program=program)
        with person.running(*words) as process:
            until(lambda: bool(screen.window()) or process.poll() is not None, "a window")
            window = screen.window()
            if not screen.is_of_class(window, kind := entry["StartupWMClass"]):
                raise ProofError(f"Its window isn’t of the class {kind}, as its entry says.")
            # A window is there before it is whole: what is seen is what it has settled to.
            outbox = bare.there.inside(DATA / "outbox.sqlite3")
            until(outbox.exists, "a list of photos")
            until(lambda: _drawn(screen, bare.picture("menu")), "a picture of the window")
            screen.quit(window)
            code = process.wait(300)
    if code != 0:
        raise ProofError(f"Closed, it ended with {code}.")
    return f"{entry['Exec']}, class {kind}"


def _drawn(screen: Screen, file: Path) -> bool:
    """Take a picture; tell whether anything is on it."""
    screen.photograph(file)
    return file.stat().st_size > 5_000  # an empty screen is a tenth of it


def _entry(there: Chroot) -> Mapping[str, str]:
    lines = there.inside(ENTRY).read_text("utf-8").split("\n[")[0].splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _over_tls(bare: Bare) -> str:
    store, photos = bare.secure, bare.fresh("tls")
    assert store.authority is not None
    authority = HOME / "authority.pem"
    shutil.copy(store.authority, bare.there.inside(authority))
    bare.there.run("chown", f"{HOME.name}:{HOME.name}", str(authority))
    with x_screen() as screen, store.gets_once() as check:
        person = Person(bare.there, screen.env)
        try:
            person.smoke(store, photos, picture=bare.place / "untrusted.png")
        except ProofError as error:
            refused = str(error)
        else:
            raise ProofError("It trusted an authority that nobody had named.")
        more = ("--certificates", str(authority))
        result = person.smoke(store, photos, *more, picture=bare.picture("tls"))
        if not result["tls"]:
            raise ProofError("It signed in without TLS.")
        check(result["live"])
    return f"before: {refused.partition('.')[0]}"


def _told(result: Mapping[str, Any]) -> str:
    return f"{result['live']} live, first window {result['first_window_seconds']} s"
