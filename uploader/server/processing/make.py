"""One run of one image: rendered from one decode, stored, and only then said to be live."""

from __future__ import annotations

import logging
import time
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from uploader.imaging.render import RenderError, render
from uploader.server.processing import files
from uploader.server.processing.beating import beating
from uploader.server.room import is_full
from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)

_PATIENCE, _PAUSE = 30.0, 0.5
"""Seconds to wait for room to take an attempt back, and between two tries."""

GAVE_UP = "Its crops couldn't be made"


def process(image_id: int) -> bool:
    """Make all styles of an image that is waiting for them; tell whether to try again.

    Every run writes to addresses of its own, so one that was thought dead and isn't does no
    harm: who finishes first counts, the other's files are dropped.
    """
    image = _begin(image_id)
    if image is None:
        return False
    try:
        with beating(image):
            styles = _made(image)
        if not _finish(image, styles):
            files.drop(list(styles.values()))
    except RenderError as error:
        _fail(image, error.finding.sentence)
        return False
    except Exception as error:
        if is_full(error):
            log.warning("image %s waits for room: %s", image.pk, error)
            _give_back(image)
            return False
        log.exception("image %s, attempt %s", image.pk, image.attempts)
        if image.attempts < settings.STORE_ATTEMPTS:
            return True
        _fail(image, "The store tried three times. Try again, or ask the shop's developer.")
    return False


@transaction.atomic
def _begin(image_id: int) -> ItemImage | None:
    """Count the attempt before it is made, so that one which kills the worker counts too."""
    image = _locked(image_id)
    if image is None:
        return None
    image.attempts += 1
    image.runs += 1
    image.started_at = timezone.now()
    image.changed()
    image.save(update_fields=["attempts", "runs", "started_at", "cursor"])
    return image


def _made(image: ItemImage) -> dict[str, str]:
    with default_storage.open(image.original) as source:
        rendered = render(
            cast(BinaryIO, source),
            settings.STORE_STYLES,
            focus=image.focus,
            limits=settings.STORE_LIMITS,
        )
    names: dict[str, str] = {}
    try:
        for style, picture in rendered.items():
            encoded = picture.encode()
            place = f"{image.public.hex}/{image.runs}/{style}{encoded.suffix}"
            names[style] = files.keep(place, encoded.data)
    except BaseException:
        files.drop(list(names.values()))
        raise
    return names


@transaction.atomic
def _finish(image: ItemImage, styles: dict[str, str]) -> bool:
    """Say live, unless somebody else has finished it or it has started anew."""
    present = _locked(image.pk)
    if present is None:
        return False
    present.styles = styles
    present.state = ImageState.LIVE
    present.error_title = present.error_detail = ""
    present.finished_at = timezone.now()
    present.changed()
    present.save()
    return True


@transaction.atomic
def _fail(image: ItemImage, detail: str) -> None:
    """End this run's image as failed; a later run of it is left to speak for itself."""
    present = _locked(image.pk)
    if present is not None and present.runs == image.runs:
        present.fail(GAVE_UP, detail)
        present.save()


def _give_back(image: ItemImage) -> None:
    """Take back an attempt that the disk ended; the sweeper enqueues the next in a while.

    Where the database has no room for that either, it waits for some, within its patience.
    """
    mine = ItemImage.objects.filter(pk=image.pk, runs=image.runs, attempts__gt=0)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            mine.update(attempts=F("attempts") - 1)
        except DatabaseError as error:
            if not is_full(error) or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _locked(image_id: int) -> ItemImage | None:
    waiting = ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
    return waiting.select_for_update().first()
