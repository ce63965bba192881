"""Rows of the database as the contract's JSON, a list of them in two queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import overload

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse

from uploader.server.api.schemas import ErrorOut, ImageOut, ItemOut
from uploader.server.media import is_original
from uploader.server.store.models import ImageState, Item, ItemImage


def with_images(items: QuerySet[Item]) -> QuerySet[Item]:
    """Count each item's images and find the first that is shown, in the same query."""
    shown = ItemImage.objects.shown().filter(item=OuterRef("pk"))
    first = shown.order_by("position", "id").values("styles")[:1]
    present = Count("images", filter=~Q(images__state=ImageState.REMOVED))
    return items.annotate(image_count=present, first_styles=Subquery(first))


def item_out(item: Item, request: HttpRequest) -> ItemOut:
    """Show an item that came out of `with_images`."""
    styles = getattr(item, "first_styles", None) or {}
    # The first that is declared; where that is new and not yet made, any other.
    declared = (styles[style.name] for style in settings.STORE_STYLES if style.name in styles)
    thumb = next(declared, next(iter(styles.values()), ""))
    return ItemOut(
        id=str(item.pk),
        title=item.title,
        sku=item.sku,
        active=item.active,
        images=getattr(item, "image_count", 0),
        thumb_url=address(thumb, request) if thumb else "",
    )


def images_out(images: Sequence[ItemImage], request: HttpRequest) -> list[ImageOut]:
    """Show images, their items fetched together; none whose item was deleted meanwhile."""
    rows = with_images(Item.objects.filter(pk__in={image.item_id for image in images}))
    items = {item.pk: item_out(item, request) for item in rows}
    there = (image for image in images if image.item_id in items)
    return [_image_out(image, items[image.item_id], request) for image in there]


def image_out(image: ItemImage, request: HttpRequest) -> ImageOut:
    """Show one image. Raises Http404 where its item was deleted meanwhile."""
    for shown in images_out([image], request):
        return shown
    raise Http404


def address(stored: str, request: HttpRequest) -> str:
    """Give the absolute address of a stored file.

    Of an original it is always our own: nobody else hands it out as something to save only.
    """
    elsewhere = settings.STORE_PICTURES.public_url
    if elsewhere and not is_original(stored):
        return f"{elsewhere}/{stored}"
    return _absolute(f"/media/{stored}", request)


def _absolute(path: str, request: HttpRequest) -> str:
    return f"{settings.STORE_URL}{path}" if settings.STORE_URL else request.build_absolute_uri(path)


def _page(image: ItemImage, request: HttpRequest) -> str:
    """Give the address at which an admin sees the image."""
    return _absolute(reverse("admin:store_itemimage_change", args=[image.pk]), request)


def _image_out(image: ItemImage, item: ItemOut, request: HttpRequest) -> ImageOut:
    removed = image.state == ImageState.REMOVED
    failed = removed or image.state == ImageState.FAILED
    files = {} if removed else {"original": image.original, **image.styles}
    return ImageOut(
        id=str(image.pk),
        reference=image.reference if settings.STORE_IDEMPOTENT else "",
        item=item,
        # Who doesn't know the word is told what it comes to.
        state="failed" if removed else image.state,  # type: ignore[arg-type]
        removed=removed,
        replaces=_number(image.replaces_id),
        replaced_by=_number(image.replaced_by_id),
        error=ErrorOut(title=image.error_title, detail=image.error_detail) if failed else None,
        sha256=image.sha256,
        bytes=image.bytes,
        width=image.width,
        height=image.height,
        alt=image.alt,
        position=image.position,
        focus=(image.focus_x, image.focus_y),
        rotate=image.rotate,  # type: ignore[arg-type]
        pad=image.pad,
        attempts=image.attempts,
        queued_at=moment(image.queued_at),
        started_at=moment(image.started_at),
        finished_at=moment(image.finished_at),
        cursor=str(image.cursor),
        page=_page(image, request),
        urls={name: address(stored, request) for name, stored in files.items()},
    )


def _number(image_id: int | None) -> str | None:
    return str(image_id) if image_id else None


@overload
def moment(when: datetime) -> str: ...
@overload
def moment(when: None) -> None: ...
def moment(when: datetime | None) -> str | None:
    """Write a time as the contract does: UTC, ending in Z."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None
