"""The store that packaged programs upload to: the companion server, outside of their system."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from installer.proof.report import ProofError
from installer.proof.way import Way
from uploader.commands.companion import companion


@dataclass(frozen=True, slots=True)
class Shop:
    """A running store. `authority` is whom to trust for its TLS, None without; see `Way`."""

    way: Way
    email: str
    password: str
    data: Path
    authority: Path | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return self.way.address

    def images(self) -> list[tuple[str, str, str]]:
        """Give reference, SHA-256 and state of every image that came from outside."""
        asked = "SELECT reference, sha256, state FROM store_itemimage WHERE reference <> ''"
        with closing(sqlite3.connect(self.data / "store.sqlite3", timeout=30)) as database:
            return database.execute(asked).fetchall()

    def check_once(self, photos: int) -> None:
        """See that so many photos are here, each once, each live. Raises `ProofError`."""
        images = self.images()
        states = {state for _, _, state in images}
        for what, found in (
            ("images", len(images)),
            ("references", len({reference for reference, _, _ in images})),
            ("contents", len({sha for _, sha, _ in images})),
        ):
            if found != photos:
                raise ProofError(f"The store has {found} {what} instead of {photos}.")
        if states != {"live"}:
            raise ProofError(f"In the store images are {', '.join(sorted(states))}.")


@contextmanager
def shop(place: Path, *, tls: bool = False) -> Iterator[Shop]:
    """Run a fresh store with sample items in `place`, on 127.0.0.1."""
    place.mkdir(parents=True, exist_ok=True)
    authority = place / "ca.pem" if tls else None
    with Way(authority) as way:
        outside = {"STORE_URL": way.address, "STORE_TLS": "no"} if tls else {}
        with companion(place / "store", 2, **outside) as running:
            way.lead_to(running.address)
            yield Shop(way, running.email, running.password, place / "store", authority)


def photographs(folder: Path, count: int, side: int = 300) -> None:
    """Write photos that nobody has seen before; each becomes an item of its own."""
    folder.mkdir(parents=True)
    for number in range(count):
        noise = Image.frombytes("L", (side, side), random.randbytes(side * side))
        noise.convert("RGB").save(folder / f"{folder.name}-{number:02d}.jpg", quality=90)
