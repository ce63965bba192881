"""What stands in a row's file and item columns."""

from __future__ import annotations

from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.ui import numbers
from uploader.ui.text import counted, translate


def size_of(photo: Photo) -> int:
    """Give the file's size in bytes, 0 as long as nobody has looked."""
    if photo.fingerprint is not None:
        return photo.fingerprint.bytes
    return photo.facts.bytes if photo.facts is not None else 0


def item_lines(photo: Photo) -> tuple[str, str]:
    """Give the item column's title and second line for a photo."""
    if photo.item is not None:
        sku = photo.item.sku or ("" if photo.item.id else translate("Status", "New item"))
        place = ""
        if photo.position is not None:
            place = translate("Status", "picture {n}", n=photo.position)
        return photo.item.title, " · ".join(part for part in (sku, place) if part)
    if photo.candidates:
        title = counted("Status", "1 item fits", "{n} items fit", len(photo.candidates))
        return title, ", ".join(item.sku or item.title for item in photo.candidates)
    return translate("Status", "No item"), ""


def file_line(photo: Photo) -> str:
    """Give the line below the file's name: pixels and size."""
    size = numbers.size(size_of(photo)) if size_of(photo) else ""
    if photo.facts is not None:
        shape = numbers.pixels(photo.facts.width, photo.facts.height)
    elif photo.state is State.REFUSED:
        shape = translate("Status", "Not readable")
    else:
        shape = ""
    return " · ".join(part for part in (shape, size) if part)
