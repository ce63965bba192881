"""What must be true once everything has come to rest: every photo exactly once, nothing left over.

Looks into the outbox and into the store's database and files, past all code of the product.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from databases import change, look
from processes import manage

THERE = frozenset({"live", "already"})
RESTING = THERE | {"refused", "cancelled"}
LONG_AGO = 946_684_800
"""The first moment of the year 2000: older than anything that is still waited for."""


@dataclass
class Wanted:
    """A photo that was handed to the app, and how it may end."""

    path: Path
    contents: set[str]
    """SHA-256 of all that the file ever was, without what is private."""
    ends: set[str] = field(default_factory=lambda: set(THERE))
    """States of the outbox in which it may rest."""
    removed: bool = False
    """The person took it off the list."""


@dataclass(frozen=True)
class Wrong:
    """One thing that must not be. `kind` is lost, doubled, stuck or litter."""

    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    """A photo in the outbox."""

    path: Path
    state: str
    sha256: str
    remote_id: str
    reference: str
    problem: str


@dataclass(frozen=True)
class Image:
    """An image in the store."""

    id: str
    reference: str
    sha256: str
    state: str
    original: str
    styles: dict[str, str]
    item: int


@dataclass(frozen=True)
class Places:
    """Where the two sides keep what they know."""

    outbox: Path
    data: Path
    """The store's folder."""
    database: Path


def rows(outbox: Path) -> list[Row]:
    """Read the whole outbox."""
    query = (
        "SELECT path, state, coalesce(sending_sha256, sha256), remote_id, reference, problem "
        "FROM photos ORDER BY id"
    )
    return [
        Row(Path(os.fsdecode(path)), state, sha or "", remote, reference, problem or "")
        for path, state, sha, remote, reference, problem in look(outbox, query)
    ]


def images(database: Path) -> list[Image]:
    """Read the store's images."""
    query = "SELECT id, reference, sha256, state, original, styles, item_id FROM store_itemimage"
    return [
        Image(str(number), reference, sha, state, original, json.loads(styles), item)
        for number, reference, sha, state, original, styles, item in look(database, query)
    ]


def check(places: Places, wanted: Iterable[Wanted]) -> list[Wrong]:
    """Compare what was wanted, what the app says, and what the store has."""
    wanted = list(wanted)
    ours, theirs = rows(places.outbox), images(places.database)
    return [
        *_photos(wanted, ours, theirs),
        *_images(wanted, theirs),
        *_files(places.data, theirs),
        *_uploads(places.database, ours),
    ]


def clear_up(places: Places, wanted: Iterable[Wanted]) -> list[Wrong]:
    """Let time pass, sweep, and see that nothing is left that nobody wants. Needs no process."""
    unfinished = "SELECT hex(id), reference FROM store_upload WHERE image_id IS NULL"
    change(
        places.database,
        "UPDATE store_upload SET expires_at = '2000-01-01 00:00:00' WHERE image_id IS NULL",
    )
    for folder in ("uploads", "media"):
        for path in [*(places.data / folder).rglob("*")]:
            os.utime(path, (LONG_AGO, LONG_AGO))
    manage(places.data, "sweep", DATABASE_URL=f"sqlite:///{places.database}")
    uploads = look(places.database, unfinished)
    left = [Wrong("litter", f"after the sweep: upload {upload}") for upload in uploads]
    theirs = images(places.database)
    named = {name for image in theirs for name in (image.original, *image.styles.values())}
    left += [Wrong("litter", f"after the sweep: {file}") for file in _all_files(places.data, named)]
    # What is wanted must have stayed.
    return [*left, *check(places, wanted)]


def _photos(wanted: list[Wanted], ours: list[Row], theirs: list[Image]) -> Iterator[Wrong]:
    by_path = defaultdict(list)
    for row in ours:
        by_path[row.path].append(row)
    stored = Counter(image.sha256 for image in theirs)
    by_id = {image.id: image for image in theirs}
    for photo in wanted:
        found = by_path.pop(photo.path, [])
        count = sum(stored[content] for content in photo.contents)
        name = photo.path.name
        if count > 1:
            yield Wrong("doubled", f"{name} is {count} times in the store")
        if len(found) > 1:
            yield Wrong("doubled", f"{name} is {len(found)} times on the list")
        elif not found and not photo.removed:
            yield Wrong("lost", f"{name} is no longer on the list")
        for row in found:
            yield from _photo(name, photo, row, count, by_id)
    for path in by_path:
        yield Wrong("stuck", f"{path.name} is on the list and nobody added it")


def _photo(
    name: str, photo: Wanted, row: Row, count: int, by_id: dict[str, Image]
) -> Iterator[Wrong]:
    if row.state not in RESTING or row.state not in photo.ends:
        yield Wrong("stuck", f"{name} is {row.state}: {row.problem or 'nobody says why'}")
    if row.state in THERE:
        image = by_id.get(row.remote_id)
        if count == 0 or image is None:
            yield Wrong("lost", f"{name} is {row.state}, and the store hasn't got it")
        elif image.sha256 not in photo.contents or image.sha256 != row.sha256:
            yield Wrong("lost", f"{name} is {row.state}, and the store has other bytes")
    elif count and row.state in RESTING:
        yield Wrong("lost", f"{name} is {row.state}, and the store has it")


def _images(wanted: list[Wanted], theirs: list[Image]) -> Iterator[Wrong]:
    contents = {content for photo in wanted for content in photo.contents}
    references = Counter(image.reference for image in theirs)
    for image in theirs:
        if references[image.reference] > 1:
            yield Wrong("doubled", f"image {image.id}: its reference is there more than once")
        if image.sha256 not in contents:
            yield Wrong("lost", f"image {image.id} is nothing that anybody added")
        if image.state != "live":
            yield Wrong("stuck", f"image {image.id} is {image.state} in the store")


def _files(data: Path, theirs: list[Image]) -> Iterator[Wrong]:
    for image in theirs:
        original = data / "media" / image.original
        if not original.is_file():
            yield Wrong("lost", f"image {image.id} has no original")
        elif hashlib.sha256(original.read_bytes()).hexdigest() != image.sha256:
            yield Wrong("lost", f"image {image.id}: other bytes than its row says")
        if image.state != "live":
            continue
        for style in ("thumb", "square"):
            if not (data / "media" / image.styles.get(style, "-")).is_file():
                yield Wrong("lost", f"image {image.id} is live without its {style}")


def _uploads(database: Path, ours: list[Row]) -> Iterator[Wrong]:
    """An upload without an image belongs to a photo that isn't there, and will expire."""
    there = {row.reference: row for row in ours if row.state in THERE}
    query = "SELECT reference FROM store_upload WHERE image_id IS NULL"
    for (reference,) in look(database, query):
        if reference in there:
            name = there[reference].path.name
            yield Wrong("litter", f"{name} is there, and half of it once more")


def _all_files(data: Path, named: set[str]) -> Iterator[Path]:
    """Give the files and folders of the store that belong to no row."""
    kept = {data / "media" / name for name in named}
    kept |= {parent for path in kept for parent in path.parents}
    for folder in ("uploads", "media"):
        with contextlib.suppress(FileNotFoundError):
            for path in (data / folder).rglob("*"):
                if path not in kept and "swept" not in path.parts:
                    yield path
