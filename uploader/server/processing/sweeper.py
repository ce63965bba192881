"""Finds what a killed worker, a lost queue or a vanished client left behind."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from uploader.server.access import leftovers
from uploader.server.processing import files, orphans
from uploader.server.processing.jobs import enqueue_on_commit, jobs_in_queue, make_styles
from uploader.server.processing.make import GAVE_UP
from uploader.server.room import passes
from uploader.server.store.models import ImageState, ItemImage, Upload

log = logging.getLogger(__name__)

_GRACE = timedelta(seconds=5)
"""How long a job may be on its way into the queue, or from its end to its image's row."""

_AHEAD = timedelta(seconds=60)
"""What was noted this much later than now was noted before the clock was set back: long ago."""

_THOROUGH = 3600.0
"""Seconds between two looks at all files; the sweeps between look at rows alone."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, in numbers."""

    enqueued: int = 0
    failed: int = 0
    uploads: int = 0
    files: int = 0


def sweep(*, thorough: bool = True) -> Swept:
    """Enqueue lost jobs again, give up after three attempts, drop expired uploads.

    A `thorough` one looks at all files as well, and deletes those that no row names.
    """
    now = timezone.now()
    enqueued = failed = 0
    grace = min(_GRACE, settings.STORE_LEASE)
    due = Q(queued_at__lt=now - grace) | Q(queued_at__gt=now + _AHEAD)
    waiting = ItemImage.objects.filter(due, state=ImageState.PROCESSING)
    queued = jobs_in_queue()
    for image_id, job in list(waiting.order_by("cursor").values_list("pk", "job")):
        # Most wait well in the queue: no lock is taken for those.
        again = None if job in queued else _take_up(image_id, now)
        enqueued += again is True
        failed += again is False
    uploads = _drop_expired(now)
    leftovers.drop()
    lost = files.drop_due()
    if thorough:
        lost += orphans.drop_uploads() + orphans.drop_pictures()
    return Swept(enqueued, failed, uploads, lost)


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
        return _over(image.queued_at, now, grace)
    try:
        job = make_styles.get_result(image.job)
    except TaskResultDoesNotExist:
        return True
    if job.status == TaskResultStatus.READY:
        return False
    begun, ended = job.started_at, job.finished_at
    lease: timedelta = settings.STORE_LEASE
    if job.status == TaskResultStatus.RUNNING:
        return begun is not None and all(
            _over(sign, now, lease) for sign in (begun, image.alive_at or begun)
        )
    return ended is None or _over(ended, now, grace)


def _over(since: datetime, now: datetime, patience: timedelta) -> bool:
    return since < now - patience or since > now + _AHEAD


def _drop_expired(now: datetime) -> int:
    dropped = 0
    for upload in Upload.objects.filter(image=None, expires_at__lte=now):
        if Upload.objects.filter(pk=upload.pk, image=None, expires_at__lte=now).delete()[0]:
            upload.path.unlink(missing_ok=True)
            dropped += 1
    return dropped


class Sweeping(threading.Thread):
    """Sweeps again and again beside a worker, for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._pause = min(15.0, max(0.5, settings.STORE_LEASE.total_seconds() / 4))

    def run(self) -> None:
        """Sweep; what goes wrong is noted, and tried again after the pause."""
        rest = threading.Event()
        looked = -_THOROUGH
        while not rest.wait(self._pause):
            try:
                close_old_connections()
                thorough = time.monotonic() - looked >= _THOROUGH
                looked = time.monotonic() if thorough else looked
                sweep(thorough=thorough)
            except Exception as error:
                if passes(error):
                    log.warning("the sweep waits: %s", error)
                else:
                    log.exception("the sweep failed")
                connection.close()
