"""An outbox with everything in it, and the ways in which its files are damaged."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.photos import Fingerprint, Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import Focus
from uploader.outbox import Outbox

PHOTOS = 300
PAGE = 4096
PROFILE = "anna@shop.example at https://shop.example"

WAYS = {
    State.CHECKING: (State.CHECKING,),
    State.READY: (State.CHECKING, State.READY),
    State.REFUSED: (State.CHECKING, State.REFUSED),
    State.WAITING: (State.CHECKING, State.READY, State.WAITING),
    State.CANCELLED: (State.CHECKING, State.READY, State.CANCELLED),
}
SENT = (State.CHECKING, State.READY, State.WAITING, State.UPLOADING)
WAYS |= {
    State.UPLOADING: SENT,
    State.UNCERTAIN: (*SENT, State.UNCERTAIN),
    State.REJECTED: (*SENT, State.REJECTED),
    State.ALREADY: (*SENT, State.ALREADY),
    State.PROCESSING: (*SENT, State.PROCESSING),
    State.LIVE: (*SENT, State.PROCESSING, State.LIVE),
    State.STALLED: (*SENT, State.PROCESSING, State.STALLED),
    State.FAILED: (*SENT, State.PROCESSING, State.FAILED),
}


@dataclass(frozen=True, slots=True)
class Base:
    """A folder with an outbox's files, and what is in them."""

    folder: Path
    photos: dict[int, Photo]
    pages: dict[int, int]
    """Photo id → the page its row is on, counted from 0, where the file has no log."""

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.folder, folder)
        return folder / "outbox.sqlite3"


def fill(outbox: Outbox, start: int, count: int) -> None:
    """Add photos in every state, with all that a photo may have."""
    paths = [
        Path(f"/photos/summer {n:04}-{'x' * (n % 60)}.jpg") for n in range(start, start + count)
    ]
    states = list(State)
    for n, photo in enumerate(outbox.add(PROFILE, paths, 1000.0)):
        for state in WAYS.get(states[n % len(states)], ()):
            outbox.move(photo.id, state, f"Now it is {state}")
        outbox.change(
            photo.id,
            fingerprint=Fingerprint(1000 + n, n, f"{n:064x}"),
            facts=Facts(Format.JPEG, 400, 300, 1000 + n),
            findings=(Finding(FindingKind.TOO_SMALL, Severity.WARNING, "It is small."),),
            item=Item(str(n), f"Lamp {n}", f"L-{n}"),
            alt=f"A lamp, number {n}",
            focus=Focus(0.25, 0.75),
            problem=Problem("Busy", "The store is busy."),
            attempts=n % 3,
            sent=n,
        )


def make(folder: Path, *, killed: bool) -> Base:
    """Make one that was closed well, or one whose program was killed while its log was needed."""
    built = folder / "built"
    built.mkdir(parents=True)
    outbox = Outbox.open(built / "outbox.sqlite3").outbox
    outbox.set_setting("profile", PROFILE)
    fill(outbox, 0, PHOTOS)
    if killed:
        outbox.close()
        outbox = Outbox.open(built / "outbox.sqlite3").outbox
        for photo in outbox.in_state(PROFILE, State.WAITING):
            outbox.move(photo.id, State.UPLOADING, "Sending began")
            outbox.move(photo.id, State.PROCESSING, "Sent", remote_id="7", poll_address="9")
    else:
        outbox.close()
    left = folder / "left"
    shutil.copytree(built, left)
    if killed:
        photos = {photo.id: photo for photo in outbox.photos(PROFILE)}
        outbox.close()
        return Base(left, photos, {})
    return Base(left, *_look(left / "outbox.sqlite3"))


def _look(file: Path) -> tuple[dict[int, Photo], dict[int, int]]:
    scratch = file.with_name("scratch")
    shutil.copyfile(file, scratch)
    outbox = Outbox.open(scratch).outbox
    photos = {photo.id: photo for photo in outbox.photos(PROFILE)}
    outbox.close()
    for left in file.parent.glob("scratch*"):
        left.unlink()
    content = file.read_bytes()
    return photos, {photo.id: content.index(_begin(photo)) // PAGE for photo in photos.values()}


def _begin(photo: Photo) -> bytes:
    """How a photo's row begins in the file; its line in the history goes on differently."""
    parts = (photo.reference, photo.profile, str(photo.path), str(photo.state))
    return "".join(parts).encode()


# ---- damages: each changes files and gives the pages that it may have touched; None: unknown
Damage = Callable[[Path, random.Random], set[int] | None]


def flip(file: Path, chance: random.Random) -> set[int] | None:
    """Change 1 to 1000 bytes anywhere."""
    content = bytearray(file.read_bytes())
    touched = set()
    for _ in range(chance.choice((1, 2, 5, 20, 100, 1000))):
        at = chance.randrange(len(content))
        content[at] ^= chance.randrange(1, 256)
        touched.add(at // PAGE)
    file.write_bytes(content)
    return touched


def truncate(file: Path, chance: random.Random) -> set[int] | None:
    """Cut it anywhere, with a liking for the places where programs stumble."""
    size = file.stat().st_size
    edge = chance.randrange(1, size // PAGE) * PAGE
    length = chance.choice((0, 1, 99, 100, edge - 1, edge, edge + 1, size // 2, size - 1))
    os.truncate(file, length)
    return set(range(length // PAGE, size // PAGE))


def zero_pages(file: Path, chance: random.Random) -> set[int] | None:
    """Fill pages with zeros, as a failing disk does."""
    content = bytearray(file.read_bytes())
    count = len(content) // PAGE
    touched = set(chance.sample(range(count), chance.choice((1, 1, 2, 5, count // 2))))
    for page in touched:
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    file.write_bytes(content)
    return touched


def zero_header(file: Path, chance: random.Random) -> set[int] | None:
    """Take the first bytes or the whole first page away; no photo is on it."""
    content = bytearray(file.read_bytes())
    length = chance.choice((1, 16, 100, 512, PAGE))
    content[:length] = bytes(length)
    file.write_bytes(content)
    return {0}


def flip_header(file: Path, chance: random.Random) -> set[int] | None:
    """Change bytes among the first hundred, where versions, sizes and formats are."""
    content = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        content[chance.randrange(100)] ^= chance.randrange(1, 256)
    file.write_bytes(content)
    return {0}


def zero_all(file: Path, _chance: random.Random) -> set[int] | None:
    """Leave nothing but zeros."""
    file.write_bytes(bytes(file.stat().st_size))
    return None


def text(file: Path, chance: random.Random) -> set[int] | None:
    """Put a text in its place."""
    file.write_bytes(b"milk, eggs, a lamp\n" * chance.choice((1, 10, 1000)))
    return None


def other_database(file: Path, chance: random.Random) -> set[int] | None:
    """Put another program's database in its place, one with a table of our table's name too."""
    file.unlink()
    db = sqlite3.connect(file)
    db.execute(f"CREATE TABLE {chance.choice(('photos', 'moz_places'))} (id, title)")
    db.execute(f"PRAGMA user_version = {chance.choice((0, 1, 2, 77777, -5))}")
    db.commit()
    db.close()
    return None


def shuffle_pages(file: Path, chance: random.Random) -> set[int] | None:
    """Exchange pages, as a copy that was written out of order has them."""
    content = bytearray(file.read_bytes())
    count = len(content) // PAGE
    for _ in range(chance.choice((1, 3))):
        one, two = (n * PAGE for n in chance.sample(range(1, count), 2))
        content[one : one + PAGE], content[two : two + PAGE] = (
            content[two : two + PAGE], content[one : one + PAGE],
        )  # fmt: skip
    file.write_bytes(content)
    return set()


def log(inner: Damage) -> Damage:
    """Do the damage to the log."""

    def damage(file: Path, chance: random.Random) -> set[int] | None:
        inner(file.with_name(file.name + "-wal"), chance)
        return None

    return damage


def no_log(file: Path, _chance: random.Random) -> set[int] | None:
    """Take the log away."""
    file.with_name(file.name + "-wal").unlink()
    return None


def index_garbage(file: Path, chance: random.Random) -> set[int] | None:
    """Fill the log's index with nonsense."""
    file.with_name(file.name + "-shm").write_bytes(chance.randbytes(chance.choice((1, 100, 32768))))
    return set()


def both(file: Path, chance: random.Random) -> set[int] | None:
    """Damage the file and its log."""
    flip(file, chance)
    flip(file.with_name(file.name + "-wal"), chance)
    return None


CLOSED: dict[str, Damage] = {
    "flip": flip,
    "truncate": truncate,
    "zero pages": zero_pages,
    "zero header": zero_header,
    "flip header": flip_header,
    "zero all": zero_all,
    "text": text,
    "other database": other_database,
    "shuffle pages": shuffle_pages,
}
KILLED: dict[str, Damage] = {
    **{name: damage for name, damage in CLOSED.items() if name != "shuffle pages"},
    "log flipped": log(flip),
    "log truncated": log(truncate),
    "log zeroed": log(zero_pages),
    "log is text": log(text),
    "no log": no_log,
    "index garbage": index_garbage,
    "file and log": both,
}
