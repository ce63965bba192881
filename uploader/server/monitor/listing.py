"""Which images the page lists: by where they stand, by what was searched for, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from uploader.server.api.shown import address
from uploader.server.monitor.health import span
from uploader.server.processing import queue
from uploader.server.store.models import ImageState, ItemImage
from uploader.server.words import plain

PAGE = 50

VIEWS = {"failed": "Failed", "waiting": "Waiting", "running": "Running", "live": "Live"}
"""The lists, by their names in the address."""

_NOTHING = {
    "failed": "Nothing failed.",
    "waiting": "Nothing waits.",
    "running": "No worker is at a photo just now.",
    "live": "No photo is live yet. Send some with Store Uploader.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One image, in the page's words."""

    image: ItemImage
    thumb: str
    when: datetime | None
    told: str


class Listing:
    """What an address asks for: a view, a search, a page."""

    def __init__(self, asked: dict[str, str]) -> None:
        self.view = asked.get("view", "")
        self.query = plain(asked.get("q", "")).strip()[:200]
        self.number = asked.get("page", "1")

    @classmethod
    def of(cls, request: HttpRequest) -> Listing:
        """Read an address, or the form that was sent from it."""
        asked = request.POST if request.method == "POST" else request.GET
        return cls({name: asked.get(name, "") for name in ("view", "q", "page")})

    def settled(self, counts: queue.Counts) -> Listing:
        """Choose the view that matters most, where none was asked for."""
        if self.view not in VIEWS:
            first = (name for name in ("failed", "waiting", "running") if getattr(counts, name))
            self.view = next(first, "live")
        return self

    def images(self) -> QuerySet[ItemImage]:
        """Give all that are asked for, the newest first; those that wait in their order."""
        wanted = {
            "failed": queue.failed,
            "waiting": queue.waiting,
            "running": queue.running,
        }.get(self.view, lambda: Q(state=ImageState.LIVE))()
        found = ItemImage.objects.filter(wanted & self._search()).select_related("item")
        orders = {"waiting": ("queued_at", "pk"), "running": ("started_at", "pk")}
        return found.order_by(*orders.get(self.view, ("-finished_at", "-pk")))

    def page(self) -> Page[ItemImage]:
        """Give one page of them; a number that is none is the nearest that is."""
        return Paginator(self.images(), PAGE).get_page(self.number)

    def address(self, **other: str) -> str:
        """Give the address that asks for this, or for something `other`."""
        asked = {"view": self.view, "q": self.query, **other}
        return "/jobs/?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def nothing(self) -> str:
        """What to say where there is nothing."""
        return f"Nothing here matches “{self.query}”." if self.query else _NOTHING[self.view]

    def _search(self) -> Q:
        found = Q()
        for word in self.query.split():
            found &= (
                Q(item__title__icontains=word)
                | Q(item__sku__icontains=word)
                | Q(filename__icontains=word)
                | Q(reference=word)
            )
        return found


def row(image: ItemImage, request: HttpRequest) -> Row:
    """Say of an image what its list tells."""
    now = timezone.now()
    thumb = image.styles.get("thumb") or next(iter(image.styles.values()), "")
    shown = address(thumb, request) if thumb else ""
    if image.state == ImageState.FAILED:
        return Row(image, shown, image.finished_at, image.error_detail or image.error_title)
    if image.state == ImageState.LIVE:
        took = (image.finished_at - image.queued_at).total_seconds() if image.finished_at else 0
        return Row(image, shown, image.finished_at, f"Live after {span(max(0.0, took))}")
    since = image.started_at or image.queued_at
    passed = span(max(0.0, (now - since).total_seconds()))
    told = f"Begun {passed} ago" if image.started_at else f"Has waited {passed}"
    if image.attempts > 1:
        told += f", attempt {image.attempts}"
    return Row(image, shown, since, told)
