"""The store that packaged programs upload to: the companion server, outside of their system."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
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
        _check_once(self.images(), photos)

    @contextmanager
    def gets_once(self) -> Iterator[Callable[[int], None]]:
        """Give a `check_once` of what has come meanwhile."""
        known = set(self.images())
        yield lambda photos: _check_once(
            [image for image in self.images() if image not in known], photos
        )


def _check_once(images: Sequence[tuple[str, str, str]], photos: int) -> None:
    for what, place in (("references", 0), ("contents", 1)):
        if len({image[place] for image in images}) != len(images):
            raise ProofError(f"In the store {what} are there twice.")
    states = Counter(state for _, _, state in images)
    if states != {"live": photos}:
        raise ProofError(f"The store has {dict(states)} instead of {photos} live.")


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
