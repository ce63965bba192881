"""What the background tells the window: small frozen values that signals carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Link(StrEnum):
    """How the app stands with its store."""

    SIGNED_OUT = "signed-out"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Connection:
    """The store's name and whether it can be reached. Times are seconds since the epoch."""

    link: Link = Link.SIGNED_OUT
    store_name: str = ""
    email: str = ""
    address: str = ""
    since: float = 0.0
    next_try: float = 0.0
    """While offline: when the next probe goes out."""
    title: str = ""
    """Why it isn't online, in a few words."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One photo under way: bytes sent and in all, and bytes per second."""

    sent: int
    total: int
    rate: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The bottom bar: photos, bytes still to send, bytes per second, seconds left."""

    live: int = 0
    photos: int = 0
    bytes_to_go: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    waiting: int = 0
    """Photos that wait, are being sent or have an unknown outcome."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the person that belongs to no photo: ``3 files aren't photos``."""

    text: str
    detail: str = ""
    stays: bool = False
    """Until the person has read and closed it; else it goes by itself."""
    folder: Path | None = None
    """Where the file is that it speaks of."""


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A store in the menu. `name` is its profile's, `title` for people; `current`: in use.

    `waiting` photos are to be sent or aren't live yet; `unsent` are ready or looked at.
    """

    name: str
    title: str
    email: str = ""
    address: str = ""
    current: bool = False
    waiting: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class UpdateStanding:
    """Whether this build can ask for newer versions at all, and where it was told to."""

    can_ask: bool = False
    address: str = ""
    answered: float = 0.0
    """When an answer last counted, in seconds since the epoch; 0: not yet."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Pixels ready to paint: `rgba` holds width × height × 4 bytes, rows without padding."""

    width: int
    height: int
    rgba: bytes
