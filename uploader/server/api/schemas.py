"""The shapes of the contract's JSON (docs/contract.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from uploader.server.words import Words

Title = Annotated[
    Words,
    WithJsonSchema(
        {"type": "string", "maxLength": 200, "pattern": r"[^\s\u0000-\u001f\u007f-\u0085]"}
    ),
]
"""Something to be seen in it; checked where the item is made, which has its own words for it."""
Sku = Annotated[Words, WithJsonSchema({"type": "string", "maxLength": 64})]


class Asked(BaseModel):
    """A body that a client sends: a JSON object.

    Not ninja's Schema, which reads attributes too: of a body that is just a text it would take
    the text's method `title` for an item's title.
    """


class Greeting(Schema):
    """Is there a store, and which."""

    contract: str
    name: str


class SignInForm(Asked):
    """What a person types, and the device they sit at."""

    email: Words
    password: Words
    device: Words = ""


class AccountOut(Schema):
    """Who is signed in."""

    email: str
    name: str


class SignedIn(Schema):
    """A new token, told this once."""

    token: str
    expires_at: str
    account: AccountOut


class DeviceOut(Schema):
    """A device that is signed in. `last_used_at` is exact to within ten minutes."""

    id: str
    name: str
    created_at: str
    last_used_at: str | None
    expires_at: str
    current: bool


class Devices(Schema):
    """The devices of whoever asks."""

    devices: list[DeviceOut]


class StyleOut(Schema):
    """A style in Paperclip's syntax."""

    name: str
    geometry: str


class LimitsOut(Schema):
    """What is taken, in bytes, pixels and MIME types."""

    max_bytes: int
    max_pixels: int
    formats: list[str]


class FeaturesOut(Schema):
    """What the store can do."""

    resumable: bool = True
    idempotent: bool = True
    focus_point: bool = True
    several_images: bool = True
    new_items: bool = True
    batch_status: bool = True
    replaces: bool = True
    edits_images: bool = True
    rotates: bool = True
    pads: bool = True
    positions: bool = True
    lists_images: bool = True


class StoreOut(Schema):
    """The store."""

    name: str
    styles: list[StyleOut]
    limits: LimitsOut
    features: FeaturesOut
    usual_seconds: float


class ItemIn(Asked):
    """An item to be made."""

    title: Title
    sku: Sku = ""


class ItemOut(Schema):
    """An item."""

    id: str
    title: str
    sku: str
    active: bool
    images: int
    thumb_url: str


class ItemPage(Schema):
    """One page of items; `next` is empty on the last. `as_of` is for `changed_since`."""

    items: list[ItemOut]
    next: str
    total: int
    as_of: str


class ErrorOut(Schema):
    """Why processing failed."""

    title: str
    detail: str


class ImageOut(Schema):
    """An image. Times are UTC, ending in Z."""

    id: str
    reference: str
    item: ItemOut
    state: Literal["processing", "live", "failed"]
    removed: bool
    replaces: str | None
    replaced_by: str | None
    error: ErrorOut | None
    sha256: str
    bytes: int
    width: int
    height: int
    alt: str
    position: int
    focus: tuple[float, float]
    rotate: Literal[0, 90, 180, 270]
    pad: bool
    attempts: int
    queued_at: str
    started_at: str | None
    finished_at: str | None
    cursor: str
    page: str
    urls: dict[str, str]


def _number(value: object) -> object:
    """Refuse what pydantic would make a number: neither ``true`` nor ``"1"`` is one in JSON."""
    if isinstance(value, bool | str):
        raise ValueError("Input should be a number")  # noqa: TRY004 - pydantic's way to refuse
    return value


Share = Annotated[float, Field(ge=0.0, le=1.0), BeforeValidator(_number)]
Turn = Annotated[Literal[0, 90, 180, 270], BeforeValidator(_number)]
Place = Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(_number)]


class ImageIn(Asked):
    """What is to be different about an image; what isn't named stays."""

    alt: Annotated[Words, Field(max_length=1000)] | None = None
    position: Place | None = None
    focus: tuple[Share, Share] | None = None
    rotate: Turn | None = None
    pad: Annotated[bool, Field(strict=True)] | None = None


class Changes(Schema):
    """Images that changed, the oldest change first, and where to go on asking."""

    images: list[ImageOut]
    cursor: str
    more: bool
