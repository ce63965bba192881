"""Alt texts of many photos, from one template: ``{title}, picture {number}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uploader.domain.photos import Photo

LONGEST = 1000
"""Characters that a store keeps of an alt text (docs/contract.md)."""

NAMES = ("title", "sku", "name", "number")
"""What a template may name: the item's title and SKU, the file's name, the picture's number."""

_NAME = re.compile(r"\{(" + "|".join(NAMES) + r")\}", re.IGNORECASE)
_JOINTS = " \t,;:·|/–—-"
"""What is left over at an end where a photo has no such value."""


def written(template: str, photos: Iterable[Photo]) -> Iterator[tuple[Photo, str]]:
    """Give each photo with its text.

    A picture's number is the place that it is to have within its item, else it counts the
    item's photos in the order given. Names that aren't known stay as they are typed.
    """
    counts: dict[object, int] = {}
    for photo in photos:
        item = photo.item
        of = None if item is None else (item.id, item.title)
        counts[of] = counts.get(of, 0) + 1
        values = {
            "title": item.title if item else "",
            "sku": item.sku if item else "",
            "name": _readable(photo),
            "number": str(photo.position or counts[of]),
        }
        yield photo, _filled(template, values)


def _filled(template: str, values: dict[str, str]) -> str:
    # In one pass, so that a title is never read as a name.
    text = _NAME.sub(lambda found: values[found[1].lower()], template)
    return " ".join(text.split()).strip(_JOINTS)[:LONGEST]


def _readable(photo: Photo) -> str:
    """Give a file's name as words: without its ending, dashes and underscores as spaces."""
    return re.sub(r"[_\-\s]+", " ", photo.path.stem).strip()
