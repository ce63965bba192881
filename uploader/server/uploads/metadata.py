"""Reads `Upload-Metadata` (tus 1.0) into what the store needs to know. No Django."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from uploader.domain.edits import QUARTER_TURNS, UNEDITED, Edits
from uploader.domain.styles import CENTRE, Focus
from uploader.server.references import canonical

_SHA256 = re.compile(r"[0-9a-f]{64}")
FARTHEST = 1_000_000
"""Positions beyond it are it."""

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class MetadataError(ValueError):
    """It can't be read, or something is missing; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a client says about a photo. Either `item` or `item_title` is set."""

    reference: str
    item: int | None = None
    item_title: str = ""
    sha256: str = ""
    filename: str = ""
    alt: str = ""
    focus: Focus = CENTRE
    replaces: int | None = None
    """The image whose place it is to take."""
    focused: bool = False
    """Whether the focus was said."""
    edits: Edits = UNEDITED
    position: int | None = None
    """The place among its item's images that is asked for; None: the end."""


def parse(header: str) -> Metadata:
    """Read the header. Raises MetadataError."""
    said = _decoded(header)
    sha256 = said.get("sha256", "").lower()
    if sha256 and not _SHA256.fullmatch(sha256):
        raise MetadataError("The sha256 must be 64 hexadecimal digits.")
    item, title = said.get("item", ""), said.get("item_title", "").strip()
    if bool(item) == bool(title):
        raise MetadataError("Name either an item or an item_title.")
    if len(title) > 200:
        raise MetadataError("An item's title has at most 200 characters.")
    replaces = said.get("replaces", "").strip()
    return Metadata(
        reference=_reference(said.get("reference", "")),
        # Nothing has a number that isn't one: asked for, it just isn't found.
        item=_number(item),
        item_title=title,
        sha256=sha256,
        filename=said.get("filename", "")[:255],
        alt=said.get("alt", "").strip()[:1000],
        focus=_focus(said.get("focus", "")),
        replaces=_number(replaces),
        focused=bool(said.get("focus")),
        edits=Edits(_rotate(said.get("rotate", "")), _pad(said.get("pad", ""))),
        position=_position(said.get("position", "")),
    )


def written(values: dict[str, str]) -> str:
    """Write the header; empty values are left out."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode('ascii')}"
        for key, value in values.items()
        if value
    )


def _decoded(header: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        if key in said:
            raise MetadataError(f"{key[:40]} is named twice.")
        try:
            # Names may hold what is no text at all; they are for people only.
            text = base64.b64decode(value.strip(), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            raise MetadataError(f"{key[:40]} isn't encoded as base64.") from None
        said[key] = text.replace("\0", "")
    return said


def _number(text: str) -> int | None:
    return (int(text) if _NUMBER.fullmatch(text) else 0) if text else None


def _rotate(text: str) -> int:
    angles = {str(angle): angle for angle in QUARTER_TURNS}
    if text and text not in angles:
        raise MetadataError("It can be turned by 0, 90, 180 or 270 degrees.")
    return angles[text or "0"]


def _pad(text: str) -> bool:
    if text not in ("", "true", "false"):
        raise MetadataError("pad must be true or false.")
    return text == "true"


def _position(text: str) -> int | None:
    if text and not _NUMBER.fullmatch(text):
        raise MetadataError("The position must be a number from 1.")
    return min(int(text), FARTHEST) if text else None


def _reference(text: str) -> str:
    try:
        return canonical(text)
    except ValueError:
        raise MetadataError("The reference must be a UUID.") from None


def _focus(text: str) -> Focus:
    if not text:
        return CENTRE
    x, _, y = text.partition(",")
    try:
        return Focus(float(x), float(y))
    except ValueError:
        raise MetadataError("The focus must be two numbers from 0 to 1, such as 0.5,0.5.") from None
