"""What passes between the app and a store, whatever kind of store it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from uploader.domain.findings import Limits
from uploader.domain.styles import DEFAULT_STYLES, Style

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person types to sign in, or the token that an earlier sign-in left.

    Never logged, never stored: `repr` leaves both secrets out.
    """

    email: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """A signed-in admin. `token` goes to the keychain or is forgotten when the app quits."""

    email: str
    name: str
    store_name: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a store can do. The app promises the person only what stands here."""

    styles: tuple[Style, ...] = DEFAULT_STYLES
    limits: Limits = field(default_factory=Limits)
    resumable: bool = False
    """An interrupted upload goes on from where it stopped."""
    idempotent: bool = False
    """A repeated reference of ours never makes a second picture."""
    focus_point: bool = False
    several_images: bool = True
    """An item can have more than one picture."""
    new_items: bool = False
    """The app may make an item."""
    batch_status: bool = False
    """One request tells of all photos in processing."""
    replaces: bool = False
    """A photo can take the place of a picture that an item has."""
    rotates: bool = False
    """It turns a picture by quarter turns, as `Edits` say."""
    pads: bool = False
    """It pads a picture to a square, as `Edits` say."""
    positions: bool = False
    """A photo can ask for a place among its item's pictures."""
    lists_images: bool = False
    """It tells which pictures an item has."""
    usual_seconds: float = 10.0
    """How long processing normally takes here; the measure for "stalled"."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something the store sells. `id` is the store's own, as text; empty for one to be made."""

    id: str
    title: str
    sku: str = ""
    active: bool = True
    images: int = 0
    """How many pictures it has."""
    thumb_url: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` asks for the following one and is empty on the last.

    `as_of` asks later for what has changed since; empty where the store can't tell. `total`
    counts the whole list, also where only changes were asked for.
    """

    entries: tuple[T, ...]
    next: str = ""
    total: int | None = None
    as_of: str = ""


class RemoteState(StrEnum):
    """Where a picture stands in the store's own words, reduced to three."""

    PROCESSING = "processing"
    LIVE = "live"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RemotePhoto:
    """A picture as the store knows it.

    `poll_address` is whatever the connector needs to ask after it again, also after a
    restart; the outbox keeps it and nobody but the connector reads it.
    """

    id: str
    state: RemoteState
    reference: str = ""
    poll_address: str = ""
    title: str = ""
    """The failure in a few words."""
    detail: str = ""
    """The failure's reason, in the store's words."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """Style name → address, once live."""
    item: Item | None = None
    page: str = ""
    """Where a person sees it in the store: an http(s) address, or nothing."""
    already: bool = False
    """The store had this very picture on this item before."""
    removed: bool = False
    """Somebody deleted it there, or another took its place: it is FAILED, and stays so."""
