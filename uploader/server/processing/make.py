"""One run of one image: its styles made and stored, and only then said to be live."""

from __future__ import annotations

import logging
import time
import traceback

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import timezone

from uploader.imaging.render import RenderError
from uploader.server.operations.context import note, noting
from uploader.server.processing import files
from uploader.server.processing.beating import beating
from uploader.server.processing.places import locked_family, settle
from uploader.server.processing.presence import me
from uploader.server.processing.styles import Made, make
from uploader.server.room import passes
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
    with noting(image=image_id):
        image = _begin(image_id)
        if image is None:
            return False
        note(reference=image.reference)
        return _run(image)


def _run(image: ItemImage) -> bool:
    began = time.monotonic()
    try:
        with me.at(image), beating(image):
            made = make(image, settings.STORE_STYLES)
        if _finish(image, made):
            log.info("image %s is live, made in %.2f s", image.pk, time.monotonic() - began)
        else:
            files.drop(made.names)
    except RenderError as error:
        _fail(image, error.finding.sentence, error)
        return False
    except Exception as error:
        if passes(error):
            log.warning("image %s waits for room, or for what is away: %s", image.pk, error)
            _give_back(image)
            return False
        if not _waits(image):
            log.info("image %s was taken away from this run", image.pk)
            return False
        log.exception("image %s, attempt %s", image.pk, image.attempts)
        if image.attempts < settings.STORE_ATTEMPTS:
            return True
        _fail(
            image,
            f"The store tried {image.attempts} times. Try again, or ask the shop's developer.",
            error,
        )
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


@transaction.atomic
def _finish(image: ItemImage, made: Made) -> bool:
    """Say live, unless somebody else has finished it, or it is to look different by now."""
    # Replacing changes more pictures than this: their locks come before its own.
    family = locked_family(image) if image.replaces_id else {}
    present = family.get(image.pk) or _locked(image.pk)
    if present is None or present.state != ImageState.PROCESSING:
        return False
    if not present.is_seen_as(image):
        return False
    made.put_into(present)
    present.state = ImageState.LIVE
    present.error_title = present.error_detail = present.trace = ""
    present.finished_at = timezone.now()
    present.changed(processed=1)
    present.save()
    if family:
        settle(present, family)
    return True


@transaction.atomic
def _fail(image: ItemImage, detail: str, error: Exception) -> None:
    """End this run's image as failed; a later run of it is left to speak for itself."""
    present = _locked(image.pk)
    if present is not None and present.runs == image.runs:
        log.info("image %s has failed: %s", image.pk, detail)
        present.fail(GAVE_UP, detail, "".join(traceback.format_exception(error)))
        present.save()


def _give_back(image: ItemImage) -> None:
    """Take back an attempt that the image didn't end; the sweeper enqueues the next in a while.

    Where the database has no room for that either, or is away, it waits within its patience.
    """
    mine = ItemImage.objects.filter(pk=image.pk, runs=image.runs, attempts__gt=0)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            mine.update(attempts=F("attempts") - 1)
        except Error as error:
            if not passes(error) or time.monotonic() >= until:
                raise
            connection.close()
            time.sleep(_PAUSE)
        else:
            return


def _waits(image: ItemImage) -> bool:
    """Whether this run's end matters: an image that is deleted meanwhile has no original."""
    mine = ItemImage.objects.filter(pk=image.pk, runs=image.runs)
    return mine.filter(state=ImageState.PROCESSING).exists()


def _locked(image_id: int) -> ItemImage | None:
    waiting = ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
    return waiting.select_for_update().first()
