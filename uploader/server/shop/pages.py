"""The catalogue and one item, as customers see them: live pictures, and a word where one is due."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uploader.imaging.geometry import Geometry, Size
from uploader.server.api.shown import address
from uploader.server.problems import not_found
from uploader.server.store.models import ImageState, Item, ItemImage

PAGE = 48

SOON = "The photo will be here in a moment."
NONE = "No photo yet"


@dataclass(frozen=True, slots=True)
class Picture:
    """One style of a picture, its size in pixels known before it is loaded."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with its pictures; `instead` is said where there is none."""

    item: Item
    squares: tuple[Picture, ...]
    thumbs: tuple[Picture, ...]
    instead: str


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show a page of what the shop sells, each with its first picture."""
    page = Paginator(_sold().order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "store": settings.STORE_NAME,
        "page": page,
        "items": [_shown(item, request) for item in page],
    }
    return render(request, "store/shop.html", context)


@require_safe
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show one item with all its pictures, in their order."""
    found = _sold().filter(pk=item_id).first()
    if found is None:
        return not_found()
    context = {"store": settings.STORE_NAME, "shown": _shown(found, request)}
    return render(request, "store/item.html", context)


def _sold() -> QuerySet[Item]:
    """Give the items on sale with their pictures, in two queries."""
    images = ItemImage.objects.present().order_by("position", "pk")
    return Item.objects.filter(active=True).prefetch_related(
        Prefetch("images", queryset=images, to_attr="pictures")
    )


def _shown(item: Item, request: HttpRequest) -> Shown:
    images: list[ItemImage] = getattr(item, "pictures", [])
    made = [image for image in images if image.styles]
    coming = any(image.state == ImageState.PROCESSING for image in images)
    return Shown(
        item,
        tuple(_picture(image, "square", request) for image in made),
        tuple(_picture(image, "thumb", request) for image in made),
        "" if made else SOON if coming else NONE,
    )


def _picture(image: ItemImage, wanted: str, request: HttpRequest) -> Picture:
    """Give a style of a picture; where the shop doesn't have that one, the first that it has."""
    name = wanted if wanted in image.styles else next(iter(image.styles))
    geometry = next((s.geometry for s in settings.STORE_STYLES if s.name == name), "")
    size = (
        Geometry.parse(geometry).plan(Size(image.width, image.height)).result if geometry else None
    )
    return Picture(
        address(image.styles[name], request),
        size.width if size else 0,
        size.height if size else 0,
        image.alt or image.item.title,
    )
