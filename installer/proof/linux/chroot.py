"""A Debian system without Python in a folder, from a copy that is kept between runs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from installer.proof.linux.mirror import mirror
from installer.proof.report import ProofError

PERSON = 1000
"""User and group of whoever uses the program in there."""
HOME = Path("/home", "ines")
RUNTIME = Path("/run/user") / str(PERSON)
_KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_BARE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
_ROOT = {**_BARE, "DEBIAN_FRONTEND": "noninteractive", "HOME": "/root"}


class Chroot:
    """A running one; see `chroot`. Paths inside it begin at its root."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def inside(self, path: Path | str) -> Path:
        """Give where a path inside it is for us."""
        return self.root / str(path).lstrip("/")

    def command(self, *words: str, env: Mapping[str, str], person: bool = False) -> list[str]:
        """Give the command that runs `words` in there with these variables alone."""
        who = [f"--userspec={PERSON}:{PERSON}", "--groups="] if person else []
        variables = [f"{name}={value}" for name, value in env.items()]
        return ["chroot", *who, str(self.root), "/usr/bin/env", "-i", *variables, *words]

    def run(self, *words: str, seconds: float = 600) -> str:
        """Run something as root; give what it prints. Raises CalledProcessError."""
        return _run(self.command(*words, env=_ROOT), seconds)

    def apt(self, *words: str) -> str:
        """Run apt-get."""
        return self.run("apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0", *words, seconds=1200)

    def as_person(self, **more: str) -> dict[str, str]:
        """Give a person's variables, and no more than these."""
        person = {"HOME": str(HOME), "USER": HOME.name, "XDG_RUNTIME_DIR": str(RUNTIME)}
        return {**_BARE, **person, **more}

    def processes(self) -> dict[int, str]:
        """Give what runs in there: numbers and commands."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                place = (process / "root").readlink()
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            except OSError:
                continue
            # Who has ended and is only not buried yet has no command.
            if place.is_relative_to(self.root) and command:
                found[int(process.name)] = command
        return found

    def end_all(self) -> None:
        """End what still runs in there."""
        while running := self.processes():
            for number in running:
                os.kill(number, signal.SIGKILL)


@contextmanager
def chroot(suite: str, place: Path) -> Iterator[Chroot]:
    """Run a fresh one of `suite` in `place`, where its copy is kept too; remove it afterwards."""
    root = place / "roots" / suite
    _unmount(root)
    _remove(root)
    try:
        root.mkdir(parents=True)
        _run(["tar", "-xpf", str(_base(suite, place)), "-C", str(root)])
        _mount(root, suite, place)
        made = Chroot(root)
        _settle_in(made)
        yield made
    finally:
        with _undisturbed():
            Chroot(root).end_all()
            _unmount(root)
            _remove(root)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put a second Ctrl+C off: what is half cleaned up is worse than a moment's wait."""
    heard: list[int] = []
    # Not by a mask: another thread would take the signal, and Python hand it to this one.
    usual = {
        which: signal.signal(which, lambda number, _frame: heard.append(number))
        for which in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for which, handler in usual.items():
            signal.signal(which, handler)
        if heard:
            signal.raise_signal(heard[0])


def _base(suite: str, place: Path) -> Path:
    """Give the archive of the bare system, made where there is none yet."""
    archive, fresh = place / f"{suite}.tar", place / f"{suite}.making"
    if archive.exists():
        return archive
    where = mirror()
    _remove(fresh)
    place.mkdir(parents=True, exist_ok=True)
    command = ["debootstrap", "--variant=minbase", f"--keyring={_KEYS}"]
    proxy = {"http_proxy": where.proxy} if where.proxy else {}
    done = subprocess.run(
        [*command, suite, str(fresh), where.address],
        env={**os.environ, **proxy}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ProofError(f"debootstrap: {done.stdout.strip()[-300:]}")
    _unmount(fresh)
    (fresh / "etc/apt/apt.conf.d/90mirror").write_text(where.settings)
    # It lives for minutes: nobody needs each file of it to be safe from a power cut.
    (fresh / "etc/dpkg/dpkg.cfg.d/90hurry").write_text("force-unsafe-io\n")
    for package in (fresh / "var/cache/apt/archives").glob("*.deb"):
        package.unlink()
    _run(["tar", "--one-file-system", "-cpf", f"{archive}.new", "-C", str(fresh), "."])
    _remove(fresh)
    Path(f"{archive}.new").replace(archive)
    return archive


def _mount(root: Path, suite: str, place: Path) -> None:
    kept = place / "packages" / suite
    (kept / "partial").mkdir(parents=True, exist_ok=True)
    screens = Path("/tmp/.X11-unix")
    screens.mkdir(mode=0o1777, exist_ok=True)
    (root / "tmp/.X11-unix").mkdir(exist_ok=True)
    for kind, what, where in (
        ("-tproc", "proc", "proc"),
        ("--bind", "/dev", "dev"),
        ("-ttmpfs", "tmpfs", "dev/shm"),
        ("--bind", str(screens), "tmp/.X11-unix"),
        ("--bind", str(kept), "var/cache/apt/archives"),
    ):
        _run(["mount", kind, what, str(root / where)])
    (root / "dev/shm").chmod(0o1777)


def _settle_in(made: Chroot) -> None:
    made.run("useradd", "--create-home", "--uid", str(PERSON), "--user-group", HOME.name)
    runtime = made.inside(RUNTIME)
    runtime.mkdir(parents=True)
    runtime.chmod(0o700)
    os.chown(runtime, PERSON, PERSON)
    made.apt("update")


def _unmount(root: Path) -> None:
    """Unmount all below, the innermost first. Raises CalledProcessError where something stays."""
    for where in reversed(_mounted(root)):
        _run(["umount", where])


def _mounted(root: Path) -> list[str]:
    lines = Path("/proc/self/mounts").read_text().splitlines()
    places = [line.split()[1].encode().decode("unicode_escape") for line in lines]
    return [place for place in places if Path(place).is_relative_to(root)]


def _remove(root: Path) -> None:
    """Delete it, unless something else still hangs in it."""
    if left := _mounted(root):
        raise ProofError(f"Still mounted, so not deleted: {', '.join(left)}")
    if root.exists():
        shutil.rmtree(root)


def _run(command: list[str], seconds: float = 600) -> str:
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=seconds,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.stdout
