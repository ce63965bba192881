"""The store and its items."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Status

from uploader.domain.findings import Format
from uploader.server.api.schemas import (
    FeaturesOut,
    ItemIn,
    ItemOut,
    ItemPage,
    LimitsOut,
    StoreOut,
    StyleOut,
)
from uploader.server.api.shown import item_out, with_images
from uploader.server.problems import ProblemError
from uploader.server.store.models import ChangeCounter, Item, ItemImage
from uploader.server.words import Words

router = Router(tags=["catalogue"])

_WORDS = 20
"""Words of a question that are looked for; a database takes no thousands."""


@router.get("/store", response=StoreOut)
def store(request: HttpRequest) -> StoreOut:  # noqa: ARG001 - ninja's name
    """Tell what the store can do."""
    limits = settings.STORE_LIMITS
    return StoreOut(
        name=settings.STORE_NAME,
        styles=[StyleOut(name=s.name, geometry=s.geometry) for s in settings.STORE_STYLES],
        limits=LimitsOut(
            max_bytes=limits.max_bytes,
            max_pixels=limits.max_pixels,
            formats=[str(kind) for kind in Format if not limits.formats or kind in limits.formats],
        ),
        features=FeaturesOut(
            resumable=settings.STORE_IDEMPOTENT, idempotent=settings.STORE_IDEMPOTENT
        ),
        usual_seconds=settings.STORE_USUAL_SECONDS,
    )


@router.get("/items", response=ItemPage)
def items(
    request: HttpRequest,
    query: Words = "",
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    changed_since: str = "",
) -> ItemPage:
    """List items in the order they were made, all of them or what fits `query`.

    With the `as_of` of an earlier answer as `changed_since`, only those that changed after it,
    or whose images did; `total` still counts all, so that it tells of deleted ones.
    """
    # Before the rows are read: what changes in between is told once more, not left out.
    as_of = ChangeCounter.present()
    found = Item.objects.all()
    for word in query.split()[:_WORDS]:
        found = found.filter(Q(title__icontains=word) | Q(sku__icontains=word))
    total = found.count()
    if _is_number(cursor):
        found = found.filter(pk__gt=int(cursor[:18]))
    if _is_number(changed_since) and 0 < (since := int(changed_since[:18])) <= as_of:
        images = ItemImage.objects.filter(cursor__gt=since)
        found = found.filter(Q(cursor__gt=since) | Q(pk__in=images.values("item")))
    page = list(with_images(found).order_by("pk")[: limit + 1])
    more = len(page) > limit
    shown = [item_out(item, request) for item in page[:limit]]
    return ItemPage(items=shown, next=shown[-1].id if more else "", total=total,
                    as_of=str(as_of))  # fmt: skip


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


@router.post("/items", response={200: ItemOut, 201: ItemOut})
def make_item(request: HttpRequest, form: ItemIn) -> Status[ItemOut]:
    """Make an item, or find the one that has this title."""
    title, sku = form.title.strip(), form.sku.strip()
    if not title or len(title) > 200 or len(sku) > 64:
        raise ProblemError(
            422,
            "bad-item",
            "This item can't be made",
            "A title has 1 to 200 characters, a SKU at most 64.",
        )
    try:
        with transaction.atomic():
            item, created = Item.objects.get_or_create(title=title, defaults={"sku": sku})
    except IntegrityError:
        raise ProblemError(
            409, "sku-taken", "The SKU is taken", f"Another item has the SKU {sku}."
        ) from None
    shown = item_out(with_images(Item.objects.all()).get(pk=item.pk), request)
    return Status(201 if created else 200, shown)
