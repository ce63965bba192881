"""The contract's JSON read into the domain's values. What is missing or odd gets a default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from uploader.domain.findings import Format, Limits
from uploader.domain.stores import Capabilities, Item, RemotePhoto, RemoteState
from uploader.domain.styles import DEFAULT_STYLES, Style

Record = Mapping[str, Any]

_STATES = {state.value: state for state in RemoteState}
_FORMATS = {kind.value: kind for kind in Format}


def capabilities(store: Record) -> Capabilities:
    """Read `GET /store`."""
    features = part(store, "features")
    styles = tuple(
        Style(_text(style, "name"), _text(style, "geometry"))
        for style in _records(store, "styles")
        if _text(style, "name") and _text(style, "geometry")
    )
    return Capabilities(
        styles=styles or DEFAULT_STYLES,
        limits=_limits(part(store, "limits")),
        resumable=bool(features.get("resumable")),
        idempotent=bool(features.get("idempotent")),
        focus_point=bool(features.get("focus_point")),
        several_images=bool(features.get("several_images", True)),
        new_items=bool(features.get("new_items")),
        batch_status=bool(features.get("batch_status")),
        replaces=bool(features.get("replaces")),
        rotates=bool(features.get("rotates")),
        pads=bool(features.get("pads")),
        positions=bool(features.get("positions")),
        lists_images=bool(features.get("lists_images")),
        usual_seconds=_number(store, "usual_seconds", 10.0),
    )


def item(record: Record) -> Item:
    """Read an Item."""
    return Item(
        id=_text(record, "id"),
        title=_text(record, "title"),
        sku=_text(record, "sku"),
        active=bool(record.get("active", True)),
        images=int(_number(record, "images", 0)),
        thumb_url=_text(record, "thumb_url"),
    )


def remote_photo(record: Record, cursor: str = "", *, already: bool = False) -> RemotePhoto:
    """Read an Image. `cursor` is where to go on asking from; the image's own without it."""
    error = part(record, "error")
    shown = part(record, "item")
    # An unknown state is one that a newer store has on the way to being live.
    state = _STATES.get(_text(record, "state"), RemoteState.PROCESSING)
    return RemotePhoto(
        id=_text(record, "id"),
        state=state,
        reference=_text(record, "reference"),
        poll_address=cursor or _asked_from(_text(record, "cursor"), state),
        title=_text(error, "title"),
        detail=_text(error, "detail"),
        urls={name: url for name, url in part(record, "urls").items() if isinstance(url, str)},
        item=item(shown) if shown else None,
        page=page(record),
        already=already,
        removed=record.get("removed") is True,
    )


def _asked_from(cursor: str, state: RemoteState) -> str:
    """Give the cursor from which an image's next news come, for whoever has just found it.

    Of one that is done there will be none: its last change is to be told once more, in case
    what follows from it (fetching its styles) is interrupted.
    """
    done = state is not RemoteState.PROCESSING
    return str(int(cursor) - 1) if done and cursor.isascii() and cursor.isdigit() else cursor


def items(answer: Record) -> tuple[Item, ...]:
    """Read the items of a page."""
    return tuple(item(record) for record in _records(answer, "items"))


def images(answer: Record) -> list[Record]:
    """Give the images of an answer, still to be read."""
    return _records(answer, "images")


def shown_images(answer: Record, item_id: str) -> tuple[str, ...]:
    """Read which pictures of an item there are, in the answer's order.

    Of others none, whatever the answer says: one of them would be replaced.
    """
    return tuple(
        _text(record, "id")
        for record in images(answer)
        if _text(part(record, "item"), "id") == item_id
        and _text(record, "id")
        and not record.get("removed")
        and _text(record, "state") != RemoteState.FAILED
    )


def text(answer: Record, name: str) -> str:
    """Read a text; numbers become their text, anything else the empty one."""
    return _text(answer, name)


def page(record: Record) -> str:
    """Read the address at which a person sees it; what a browser shouldn't open is dropped."""
    address = _text(record, "page")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = address.isprintable() and " " not in address
    return address if plain and parts.scheme in ("http", "https") and parts.hostname else ""


def total(answer: Record) -> int | None:
    """Read how many there are in all, if told."""
    value = answer.get("total")
    return value if isinstance(value, int) else None


def _limits(record: Record) -> Limits:
    known = Limits()
    formats = record.get("formats")
    return Limits(
        max_bytes=int(_number(record, "max_bytes", known.max_bytes)),
        max_pixels=int(_number(record, "max_pixels", known.max_pixels)),
        formats=frozenset(
            _FORMATS[name]
            for name in (formats if isinstance(formats, list) else [])
            if isinstance(name, str) and name in _FORMATS
        ),
    )


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _number(record: Record, name: str, default: float) -> float:
    value = record.get(name)
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return value if good else default  # type: ignore[return-value]


def part(record: Record, name: str) -> Record:
    """Read an object within an object; empty where there is none."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def _records(record: Record, name: str) -> list[Record]:
    value = record.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
