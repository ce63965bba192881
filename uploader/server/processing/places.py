"""Which picture holds a place of an item: the youngest that is shown, of all sent for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from uploader.server.processing import files
from uploader.server.processing.arranging import arranged
from uploader.server.store.models import ImageState, Item, ItemImage

Place = list[ItemImage]
"""A picture, and what is on its way to replace it."""


def locked_family(image: ItemImage) -> dict[int, ItemImage]:
    """Lock an item and all its pictures, always in this order; give them by their number.

    Whoever changes more than one picture does this first, and takes cursors only then.
    """
    list(Item.objects.select_for_update().filter(pk=image.item_id))
    pictures = ItemImage.objects.select_for_update().filter(item=image.item_id)
    return {picture.pk: picture for picture in pictures.order_by("pk")}


def settle(image: ItemImage, family: dict[int, ItemImage]) -> None:
    """Let an image that has come live, already saved, take the place it was sent for.

    What it replaces goes, and older ones that were sent for the same place. Where a younger
    one has it already, `image` goes instead: it was late. Whatever isn't live yet is left.
    """
    first = _first(image, family)
    rivals = [other for other in family.values() if _holds(other) and other.pk != image.pk]
    rivals = [other for other in rivals if _first(other, family) == first]
    younger = [other for other in rivals if other.pk > image.pk and other.styles]
    if younger:
        retire(image, by=younger[-1])
        return
    older = [other for other in rivals if other.pk < image.pk]
    # Somebody may have moved it since this one was accepted.
    replaced = family.get(image.replaces_id or 0)
    if replaced and _holds(replaced):
        image.position = replaced.position
        image.save(update_fields=["position"])
    for other in older:
        retire(other, by=image)


def retire(image: ItemImage, by: ItemImage | None = None) -> None:
    """Take an image out of the shop, in the present transaction, and save it.

    Nobody is shown an original, so that goes at once. Styles of one that was replaced stay
    for a while: pages that were loaded before name them. What a person deleted goes at once.
    """
    original, *styles = image.remove(by)
    image.save()
    files.drop_later([original])
    files.drop_later(styles, settings.STORE_LINGER if by else files.AT_ONCE)


@transaction.atomic
def delete(image_id: int) -> bool:
    """Take an image out of the shop because a person wants it; tell whether there is one.

    Its row stays, and its reference with it. Once more is fine.
    """
    image = ItemImage.objects.select_for_update().filter(pk=image_id).first()
    if image is not None and _holds(image):
        retire(image)
    return image is not None


def move(image: ItemImage, position: int, family: dict[int, ItemImage]) -> None:
    """Put an image at a position among its item's, from 1, and the others around it; save them.

    One beyond the last is the last. What is on its way to replace an image goes with it. The
    places that were asked for when the images were sent don't count any more.
    """
    ItemImage.objects.filter(item=image.item_id, wish__isnull=False).update(wish=None)
    for other in family.values():
        other.wish = None
    places = _places(family)
    order = [place for number, place in sorted(places.items()) if number != image.position]
    order.insert(position - 1, places[image.position])
    _renumber(order)


def place_for(item: Item, wish: int | None) -> int:
    """Give the position of a new image of an item, which the caller has locked.

    Without a wish it is the last. With one, the item's images are arranged anew by all that was
    wished, and those that move are saved. Call it before a cursor is taken.
    """
    images = ItemImage.objects.filter(item=item)
    if wish is None:
        return (images.aggregate(last=Max("position"))["last"] or 0) + 1
    family = {image.pk: image for image in images.select_for_update().order_by("pk")}
    places = [place for _, place in sorted(_places(family).items())]
    newest: Place = []
    order = arranged([newest, *places], [wish, *(place[0].wish for place in places)])
    _renumber(order)
    return next(n for n, place in enumerate(order, 1) if place is newest)


def _places(family: dict[int, ItemImage]) -> dict[int, Place]:
    """Give the pictures at each position."""
    places: dict[int, Place] = {}
    for image in filter(_holds, family.values()):
        places.setdefault(image.position, []).append(image)
    return places


def _renumber(order: Sequence[Place]) -> None:
    """Give places their numbers, from 1; save what has another one by that."""
    for number, place in enumerate(order, 1):
        for image in place:
            if image.position != number:
                image.position = number
                image.changed()
                image.save(update_fields=["position", "cursor"])


def _holds(image: ItemImage) -> bool:
    return image.state != ImageState.REMOVED


def _first(image: ItemImage, family: dict[int, ItemImage]) -> int:
    """Follow what replaces what to the picture that had the place first; give its number."""
    while image.replaces_id is not None and image.replaces_id in family:
        image = family[image.replaces_id]
    return image.id
