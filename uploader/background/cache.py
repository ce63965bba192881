"""What a store last told of itself, kept on disk: enough to work while it can't be reached.

A file for each profile: a line with the format and the SHA-256 of what follows, a line that says
whose it is and what the store can do, then the items, some to a line so that no single line
keeps the interpreter for long. Nothing in it is secret.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from uploader.background.profiles import Profile
from uploader.domain.findings import Format, Limits
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Style

log = logging.getLogger(__name__)

FORMAT = "store-uploader catalogue 1"
"""Goes up when the layout changes; what has another is ignored and replaced."""
MOST_ITEMS = 100_000
"""More aren't kept: half a catalogue would find wrong items."""
MOST_BYTES = 50_000_000
MOST_FILES = 10
_A_LINE = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a store without asking it."""

    capabilities: Capabilities
    items: tuple[Item, ...] = ()


class Cache:
    """Keeps a `Known` for each profile in `folder`. Its methods block; no error leaves them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, profile: Profile) -> Known | None:
        """Give what is known of the profile's store; None where there is nothing of use."""
        path = self._path(profile)
        try:
            if path.stat().st_size > MOST_BYTES:
                return None
            with path.open("rb") as file:
                return _read(file, profile)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            log.info("the kept catalogue can't be used: %s", type(error).__name__)
            return None

    def save(self, profile: Profile, known: Known) -> None:
        """Keep it in place of what was known before; a disk that takes nothing is no trouble."""
        if len(known.items) > MOST_ITEMS:
            return
        path = self._path(profile)
        new = path.with_suffix(".new")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(new, profile, known)
            new.replace(path)
            self._prune()
        except OSError as error:
            log.info("the catalogue isn't kept: %s", error.strerror)

    def _path(self, profile: Profile) -> Path:
        name = hashlib.sha256(profile.name.encode("utf-8", "replace")).hexdigest()[:32]
        return self._folder / f"{name}.json"

    def _prune(self) -> None:
        """Forget the stores that were read longest ago."""
        kept = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_FILES]:
            path.unlink(missing_ok=True)


def _write(path: Path, profile: Profile, known: Known) -> None:
    lines = list(_lines(profile, known))
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    with path.open("wb") as file:
        file.write(f"{FORMAT} {digest.hexdigest()}\n".encode())
        file.writelines(lines)
        file.flush()
        # Renamed only when it is on the disk: else a power cut leaves an empty file.
        os.fsync(file.fileno())


def _lines(profile: Profile, known: Known) -> Iterator[bytes]:
    yield _line(
        {
            "profile": profile.name,
            "address": profile.address,
            "capabilities": _plain(known.capabilities),
        }
    )
    items = iter(known.items)
    while bunch := list(itertools.islice(items, _A_LINE)):
        # Without addresses of pictures: some stores' carry a key.
        yield _line([[i.id, i.title, i.sku, i.active, i.images] for i in bunch])


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _read(lines: Iterable[bytes], profile: Profile) -> Known | None:
    """Read it all; raises what damaged content may raise."""
    lines = iter(lines)
    made_by, _, expected = next(lines, b"").decode().strip().rpartition(" ")
    if made_by != FORMAT:
        return None
    about = next(lines, b"")
    digest = hashlib.sha256(about)
    said = json.loads(about)
    if (said["profile"], said["address"]) != (profile.name, profile.address):
        # Another store under the same name: its items' numbers mean something else.
        return None
    items: list[Item] = []
    for line in lines:
        digest.update(line)
        items += (Item(*fields) for fields in json.loads(line))
    if digest.hexdigest() != expected:
        raise ValueError("it isn't what was written")
    return Known(_capabilities(said["capabilities"]), tuple(items))


def _plain(capabilities: Capabilities) -> dict[str, Any]:
    limits = capabilities.limits
    return {
        **asdict(capabilities),
        "limits": [limits.max_bytes, limits.max_pixels, sorted(limits.formats)],
        "styles": [[style.name, style.geometry] for style in capabilities.styles],
    }


def _capabilities(said: dict[str, Any]) -> Capabilities:
    max_bytes, max_pixels, formats = said["limits"]
    limits = Limits(max_bytes, max_pixels, frozenset(map(Format, formats)))
    styles = tuple(Style(*style) for style in said["styles"])
    return Capabilities(**{**said, "limits": limits, "styles": styles})
