"""A worker that is told to end finishes what it is at, or hands it to another in time."""

from __future__ import annotations

import logging
import os
import threading

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from uploader.server.processing.jobs import enqueue_on_commit
from uploader.server.processing.presence import me
from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)

_began = threading.Event()


def end_in_time() -> None:
    """See from now on that this process ends within `STORE_STOP_SECONDS`. Once is enough.

    Safe in a signal's handler: what there is to do is done by a thread.
    """
    if not _began.is_set():
        _began.set()
        threading.Thread(target=_end, name="handing back", daemon=True).start()


def hand_back() -> bool:
    """Give the image that this process is at to another worker; tell whether there was any.

    The attempt isn't counted: it wasn't the image that ended it. This run's end is void then.
    """
    at = me.busy_with
    if at is None:
        return False
    with transaction.atomic():
        mine = ItemImage.objects.filter(pk=at[0], runs=at[1], state=ImageState.PROCESSING)
        image = mine.select_for_update().first()
        if image is None:
            return False
        image.attempts = max(0, image.attempts - 1)
        image.runs += 1
        image.job, image.queued_at = "", timezone.now()
        image.started_at = image.alive_at = None
        image.changed()
        image.save()
        enqueue_on_commit(image)
    log.warning("image %s is handed back: this worker is to end", image.pk)
    return True


def _end() -> None:
    threading.Event().wait(0.8 * settings.STORE_STOP_SECONDS)
    try:
        hand_back()
        me.leave()
    except Exception as error:
        log.warning("nothing is handed back, the sweeper finds it: %s", error)
    os._exit(0)
