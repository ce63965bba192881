"""Signs of life of a run, so that a long one is told from one whose worker is dead."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)

_LEAST = 0.2
"""Seconds between two signs, however short the lease."""


@contextlib.contextmanager
def beating(image: ItemImage) -> Iterator[None]:
    """Note four times in a lease that this run of `image` is alive, while the block runs.

    A run longer than `STORE_LONGEST` hangs: it ends its worker, for nothing else ends a
    decoder that doesn't return. The attempt is counted, and another worker is started.
    """
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(image, over), name="beating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(image: ItemImage, over: threading.Event) -> None:
    pause = max(_LEAST, settings.STORE_LEASE.total_seconds() / 4)
    longest = time.monotonic() + settings.STORE_LONGEST.total_seconds()
    mine = ItemImage.objects.filter(pk=image.pk, runs=image.runs, state=ImageState.PROCESSING)
    while not over.wait(min(pause, max(0.0, longest - time.monotonic()))):
        if time.monotonic() >= longest:
            log.error("image %s: attempt %s hangs, its worker ends", image.pk, image.attempts)
            os._exit(1)
        try:
            mine.update(alive_at=timezone.now())
        except Error as error:
            log.warning("image %s: no sign of life: %s", image.pk, error)
            connection.close()
    connection.close()
