"""Images: what changed, one of them, and trying again."""

from __future__ import annotations

import threading
import time
from typing import Annotated

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from uploader.server.api.schemas import Changes, ImageOut
from uploader.server.api.shown import image_out, images_out
from uploader.server.lifetime import stopping
from uploader.server.operations.context import note
from uploader.server.processing.jobs import enqueue_on_commit
from uploader.server.references import Reference
from uploader.server.store.models import ChangeCounter, ImageState, ItemImage
from uploader.server.words import Words

router = Router(tags=["images"])

PAGE = 500
_TICK = 0.15
"""Seconds between two looks at the counter: one row by its key."""
_LONG = threading.BoundedSemaphore(max(1, settings.STORE_THREADS // 2))
_SHORT = threading.BoundedSemaphore(max(1, settings.STORE_THREADS // 4))
"""Half of the threads may wait, a quarter for a moment; the others are for work."""
_MOMENT = 1.0
_DIGITS = 18
"""Of a number that any database takes."""


@router.get("", response=Changes)
def images(
    request: HttpRequest,
    *,
    changed_since: str = "",
    wait: Annotated[float, Query(ge=0.0, le=25.0)] = 0.0,
    reference: Reference = "",
    sha256: Words = "",
    item: Words = "",
) -> Changes:
    """List what changed since a cursor, holding back an empty answer up to `wait` seconds.

    With `item`, its images in their order; with `reference` or `sha256`, what is found by it.
    """
    if reference or sha256 or item:
        sought = _sought(request, reference, sha256, item)
        return _answer(sought, request, ChangeCounter.present())
    if not (changed_since.isascii() and changed_since.isdigit()):
        return Changes(images=[], cursor=str(ChangeCounter.present()), more=False)
    since = int(changed_since[:18])
    # A cursor that was never given comes from before a restored backup: begin anew.
    if since > ChangeCounter.present():
        since = 0
    if wait:
        _await_change(since, wait, request)
    # Before the rows are read. An item's change takes a number too: who is told of no image
    # goes on behind it, else every question would be answered at once from then on.
    now = max(since, ChangeCounter.present())
    changed = ItemImage.objects.filter(cursor__gt=since).order_by("cursor")
    return _answer(changed, request, now)


@router.get("/{int:image_id}", response=ImageOut)
def image(request: HttpRequest, image_id: int) -> ImageOut:
    """Show one image."""
    return image_out(_found(ItemImage.objects.all(), image_id), request)


@router.post("/{int:image_id}/retry", response={202: ImageOut})
def retry(request: HttpRequest, image_id: int) -> Status[ImageOut]:
    """Process an image again. Safe at any time; what was made before is there until then."""
    with transaction.atomic():
        found = _found(ItemImage.objects.present().select_for_update(), image_id)
        if found.state != ImageState.LIVE:
            found.queue()
            found.save()
            enqueue_on_commit(found)
    return Status(202, image_out(_found(ItemImage.objects.all(), image_id), request))


def _sought(request: HttpRequest, reference: str, sha256: str, item: str) -> QuerySet[ItemImage]:
    """Find by the client's reference, by the original's hash (the newest first), or by item."""
    if not reference and not sha256:
        known = item.isascii() and item.isdigit() and len(item) <= _DIGITS
        of_item = ItemImage.objects.present().filter(item_id=int(item) if known else 0)
        return of_item.order_by("position", "pk")
    if not reference:
        return ItemImage.objects.present().filter(sha256=sha256.lower()).order_by("-pk")
    if not settings.STORE_IDEMPOTENT:
        return ItemImage.objects.none()
    return ItemImage.objects.filter(owner_id=request.user.pk, reference=reference)


def _found(images: QuerySet[ItemImage], image_id: int) -> ItemImage:
    found = images.filter(pk=image_id).first()
    if found is None:
        raise Http404
    note(image=found.pk, reference=found.reference)
    return found


def _answer(images: QuerySet[ItemImage], request: HttpRequest, since: int) -> Changes:
    found = list(images[: PAGE + 1])
    page = found[:PAGE]
    # Of the page, not of what is shown of it: that may be nothing, and more behind it.
    cursor = page[-1].cursor if page else since
    return Changes(images=images_out(page, request), cursor=str(cursor), more=len(found) > PAGE)


def _await_change(since: int, seconds: float, request: HttpRequest) -> None:
    """Return when something changed, the time is over, or nobody waits any more.

    Where too many wait already, the time is cut to a moment, or to nothing.
    """
    gone = request.META.get("waitress.client_disconnected", bool)
    for places, most in ((_LONG, seconds), (_SHORT, min(seconds, _MOMENT))):
        if not places.acquire(blocking=False):
            continue
        until = time.monotonic() + most
        try:
            while ChangeCounter.present() <= since and time.monotonic() < until:
                if gone() or stopping.wait(_TICK):
                    return
        finally:
            places.release()
        return
