"""Which picture of its item each photo takes the place of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from uploader.domain.photos import Photo


def places_for(
    photos: Iterable[Photo], images: Sequence[str], taken: Collection[str] = ()
) -> dict[int, str]:
    """Give each photo of one item the picture that it replaces; empty where it is added.

    `images` are the item's pictures in their order, `taken` those that another photo replaces
    already. A photo that asks for a place replaces what stands there; the others, in the order
    added, replace what is left from the first on. Where no picture is left, it is added.
    """
    free = {place: image for place, image in enumerate(images, 1) if image not in taken}
    ordered = sorted(photos, key=lambda photo: photo.id)
    given: dict[int, str] = {}
    for photo in ordered:
        if photo.position is not None:
            given[photo.id] = free.pop(photo.position, "")
    for photo in ordered:
        if photo.position is None:
            given[photo.id] = free.pop(min(free), "") if free else ""
    return given
