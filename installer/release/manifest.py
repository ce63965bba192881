"""Tells installed programs of a newer version: makes keys, and signs a manifest of ``dist/``.

``python -m installer.release.manifest key FILE`` and ``… sign KEY… --page https://…``.
What counts as a manifest, the program itself says: uploader/engine/updates.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.project import DIST, HOMEPAGE, ROOT, version
from installer.release import changelog, keys
from installer.release.changelog import ChangelogError
from uploader.domain.cancel import CancelToken
from uploader.domain.updates import DAY, Channel, Manifest, Memory, System, UpdateError
from uploader.engine.updates.asking import ask
from uploader.engine.updates.channel import read_channel, write_key
from uploader.engine.updates.envelope import seal, signed_bytes
from uploader.engine.updates.reading import LONGEST_NOTE, PRODUCT, written

NAME = "updates.manifest"
CHANNEL = ROOT / "resources/updates/channel.txt"
VALID_DAYS = 90
"""Sign anew before, also where there is nothing new: the program believes no older one."""
NOTES = 6

_SYSTEMS = {
    **dict.fromkeys((".deb", ".rpm", ".tar.xz"), System.LINUX),
    ".exe": System.WINDOWS,
    ".dmg": System.MACOS,
}
_SENTENCE = re.compile(r"(?<=[.])\s")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class ManifestRefusedError(Exception):
    """There is nothing to sign, or nobody would believe it. Says why."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a manifest tells. `packages` are files."""

    version: str
    page: str
    notes: tuple[str, ...]
    packages: tuple[Path, ...]


def found(folder: Path, number: str) -> tuple[Path, ...]:
    """Give the packages of a version. Raises `ManifestRefusedError` where there is none."""
    packages = tuple(
        path
        for path in sorted(folder.glob("store-uploader*"))
        if _system(path) and re.search(rf"[-_]{re.escape(number)}(?!\.?\d)", path.name)
    )
    if not packages:
        raise ManifestRefusedError(f"No package of {number} in {folder}")
    return packages


def notes_of(text: str, number: str) -> tuple[str, ...]:
    """Give what is new in a version: of each change its first sentence, without its markup."""
    changes = re.findall(r"^- (.+)$", changelog.notes(text, number), re.MULTILINE)
    return tuple(_plain(change) for change in changes[:NOTES])


def body(release: Release, now: float, days: int) -> bytes:
    """Write a manifest's bytes. Its serial number is the second in which it is made: it grows."""
    fields: dict[str, Any] = {
        "product": PRODUCT,
        "version": release.version,
        "serial": int(now),
        "issued": written(now),
        "expires": written(now + days * DAY),
        "page": release.page,
        "notes": list(release.notes),
        "packages": [_told(path) for path in release.packages],
    }
    return json.dumps(fields, ensure_ascii=False, indent=2).encode() + b"\n"


def sign(made: bytes, signers: Sequence[Ed25519PrivateKey], channel: Channel) -> bytes:
    """Give the whole file, as it is published, once the program itself would believe it.

    Raises `ManifestRefusedError`.
    """
    raw = seal(made, [key.sign(signed_bytes(made)) for key in signers])
    check(raw, channel, time.time())
    return raw


def check(raw: bytes, channel: Channel, now: float) -> Manifest:
    """Read a file as the program with this channel does. Raises `ManifestRefusedError`."""
    if not channel.can_ask:
        raise ManifestRefusedError(f"Say address and key in {CHANNEL.relative_to(ROOT)} first")
    try:
        return ask(channel, Memory(), _Read(raw), now, CancelToken())
    except UpdateError as error:
        raise ManifestRefusedError(f"The program wouldn’t believe it: {error}") from error


@dataclass(frozen=True, slots=True)
class _Read:
    """Stands in for the network."""

    raw: bytes

    def fetch(self, _address: str, _cancel: CancelToken) -> bytes:
        """Give what was read."""
        return self.raw


def _system(path: Path) -> System | None:
    return next((kind for end, kind in _SYSTEMS.items() if path.name.endswith(end)), None)


def _told(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return {"system": _system(path), "name": path.name, "size": size, "sha256": digest}


def _plain(change: str) -> str:
    words = _LINK.sub(r"\1", change).replace("*", "").replace("`", "")
    sentence = _SENTENCE.split(words)[0]
    ended = sentence if sentence.endswith(".") else f"{sentence}."
    return ended if len(ended) <= LONGEST_NOTE else f"{ended[: LONGEST_NOTE - 1]}…"


def _make_key(said: argparse.Namespace) -> None:
    public = keys.make(said.file)
    print(f"The private key is in {said.file}: keep a copy of it where nothing is connected.")
    print(f"For {CHANNEL.relative_to(ROOT)}:\n\nkey = {write_key(public)}")


def _sign(said: argparse.Namespace) -> None:
    number = version()
    notes = tuple(said.note) or notes_of((ROOT / "CHANGELOG.md").read_text("utf-8"), number)
    release = Release(number, said.page, notes, found(said.folder, number))
    signers = [keys.load(file) for file in said.keys]
    raw = sign(body(release, time.time(), said.days), signers, read_channel(said.channel))
    output = said.folder / NAME
    output.write_bytes(raw)
    print(raw.decode("utf-8"), end="")
    print(f"\nIn {output}, until {written(time.time() + said.days * DAY)}.", file=sys.stderr)


def main() -> None:
    """Do what is asked for, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    does = parser.add_subparsers(required=True)
    key = does.add_parser("key", help="make a key pair")
    key.add_argument("file", type=Path)
    key.set_defaults(act=_make_key)
    one = does.add_parser("sign", help="sign what is in a folder")
    one.add_argument("keys", type=Path, nargs="+", help="private keys, one or two")
    one.add_argument("--page", default=HOMEPAGE, help="where the packages are")
    one.add_argument("--days", type=int, default=VALID_DAYS, help="for how long it counts")
    one.add_argument(
        "--note", action="append", default=[], help="instead of what CHANGELOG.md says"
    )
    one.add_argument("--folder", type=Path, default=DIST)
    one.add_argument("--channel", type=Path, default=CHANNEL)
    one.set_defaults(act=_sign)
    said = parser.parse_args()
    try:
        said.act(said)
    except (ManifestRefusedError, keys.KeyRefusedError, ChangelogError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
