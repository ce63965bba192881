"""Finds what a killed worker, a lost queue or a vanished client left behind."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from uploader.server.processing.jobs import enqueue_on_commit, make_styles
from uploader.server.processing.make import GAVE_UP
from uploader.server.store.models import ImageState, ItemImage, Upload

log = logging.getLogger(__name__)

_GRACE = timedelta(seconds=5)
"""How long a job may be on its way into the queue, or from its end to its image's row."""


_ORPHAN_AGE = 3600.0
"""Seconds; a file is made just before its row, and cleared just after it."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, in numbers."""

    enqueued: int = 0
    failed: int = 0
    uploads: int = 0


def sweep() -> Swept:
    """Enqueue lost jobs again, give up after three attempts, drop expired uploads."""
    now = timezone.now()
    enqueued = failed = 0
    grace = min(_GRACE, settings.STORE_LEASE)
    waiting = ItemImage.objects.filter(state=ImageState.PROCESSING, queued_at__lt=now - grace)
    for image_id in list(waiting.order_by("cursor").values_list("pk", flat=True)):
        again = _take_up(image_id, now)
        enqueued += again is True
        failed += again is False
    return Swept(enqueued, failed, _drop_expired(now))


@transaction.atomic
def _take_up(image_id: int, now: datetime) -> bool | None:
    """Enqueue a lost image (True), or end it (False); None where its job is well."""
    image = (
        ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
        .select_for_update()
        .first()
    )
    if image is None or not _lost(image, now):
        return None
    if image.attempts >= settings.STORE_ATTEMPTS:
        image.fail(GAVE_UP, "The store's worker stopped over it three times.")
        image.save()
        return False
    log.warning("image %s had lost its job %s; enqueued again", image.pk, image.job or "-")
    image.queued_at, image.job = now, ""
    image.changed()
    image.save(update_fields=["queued_at", "job", "cursor"])
    enqueue_on_commit(image)
    return True


def _lost(image: ItemImage, now: datetime) -> bool:
    grace: timedelta = min(_GRACE, settings.STORE_LEASE)
    if not image.job:
        return image.queued_at < now - grace
    try:
        job = make_styles.get_result(image.job)
    except TaskResultDoesNotExist:
        return True
    if job.status == TaskResultStatus.READY:
        return False
    begun, ended = job.started_at, job.finished_at
    lease: timedelta = settings.STORE_LEASE
    if job.status == TaskResultStatus.RUNNING:
        return begun is not None and begun < now - lease
    return ended is None or ended < now - grace


def _drop_expired(now: datetime) -> int:
    dropped = 0
    for upload in Upload.objects.filter(image=None, expires_at__lte=now):
        if Upload.objects.filter(pk=upload.pk, image=None, expires_at__lte=now).delete()[0]:
            upload.path.unlink(missing_ok=True)
            dropped += 1
    _drop_orphans()
    return dropped


def _drop_orphans() -> None:
    """Delete files that a crash left behind between an upload's end and its clearing up."""
    before = time.time() - _ORPHAN_AGE
    for path in settings.STORE_UPLOADS.glob("*"):
        with contextlib.suppress(OSError, ValueError):
            old = path.stat().st_mtime < before
            if old and not Upload.objects.filter(pk=path.name, image=None).exists():
                path.unlink()


class Sweeping(threading.Thread):
    """Sweeps again and again beside a worker, for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._pause = min(15.0, max(0.5, settings.STORE_LEASE.total_seconds() / 4))

    def run(self) -> None:
        """Sweep; what goes wrong is noted, and tried again after the pause."""
        rest = threading.Event()
        while not rest.wait(self._pause):
            try:
                close_old_connections()
                sweep()
            except Exception:
                log.exception("the sweep failed")
                connection.close()
