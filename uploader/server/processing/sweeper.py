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

from uploader.server.access import leftovers
from uploader.server.problems import ProblemError
from uploader.server.processing import files, orphans
from uploader.server.processing.jobs import enqueue_on_commit, queue
from uploader.server.processing.listing import AGE
from uploader.server.processing.make import GAVE_UP
from uploader.server.processing.standing import At
from uploader.server.room import passes
from uploader.server.store.models import ImageState, ItemImage, Upload, WorkerSeen
from uploader.server.uploads import arriving

log = logging.getLogger(__name__)

_GRACE = timedelta(seconds=5)
"""How long a job may be on its way into the queue, or from its end to its image's row."""

_AHEAD = timedelta(seconds=60)
"""What was noted this much later than now was noted before the clock was set back: long ago."""

_KEPT = timedelta(days=1)
"""For how long ended jobs, and workers that were killed, are remembered."""

_THOROUGH = AGE / 2
"""Seconds between two looks at all files; the sweeps between look at rows alone.

So often that no file is old before a sweep with its own database has left its mark (`belonging`).
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, in numbers."""

    enqueued: int = 0
    failed: int = 0
    uploads: int = 0
    files: int = 0


def sweep(*, thorough: bool = True, in_bucket: bool = False) -> Swept:
    """Enqueue lost jobs again, give up after all attempts, drop expired uploads.

    A `thorough` one looks at all files as well, and deletes those that no row names; those in
    a bucket only if asked to.
    """
    now = timezone.now()
    enqueued, failed = _take_up_lost(now)
    uploads = _drop_expired(now)
    leftovers.drop()
    lost = files.drop_due()
    if thorough:
        queue().prune(now - _KEPT)
        WorkerSeen.objects.filter(heard_at__lt=now - _KEPT).delete()
        lost += orphans.drop_uploads() + orphans.drop_pictures(in_bucket=in_bucket)
    return Swept(enqueued, failed, uploads, lost)


def _take_up_lost(now: datetime) -> tuple[int, int]:
    """Enqueue what no job speaks for, or end it; tell how many of each."""
    grace = min(_GRACE, settings.STORE_LEASE)
    due = Q(queued_at__lt=now - grace) | Q(queued_at__gt=now + _AHEAD)
    waiting = ItemImage.objects.filter(due, state=ImageState.PROCESSING)
    rows = list(waiting.order_by("cursor").values_list("pk", "job"))
    if not rows:
        return 0, 0
    enqueued = failed = 0
    try:
        queued = queue().names()
        # Most wait well in the queue: no lock is taken for those.
        rows = [row for row in rows if row[1] not in queued]
        strays = queue().strays([job for _, job in rows if job])
        for image_id, job in rows:
            again = _take_up(image_id, now, stray=job if job in strays else "")
            enqueued += again is True
            failed += again is False
    except queue().AWAY as error:
        log.warning("lost jobs wait for the queue, which is away: %s", error)
    return enqueued, failed


@transaction.atomic
def _take_up(image_id: int, now: datetime, stray: str) -> bool | None:
    """Enqueue a lost image (True), or end it (False); None where its job is well.

    `stray` is the name of its job where that is known to be in no queue.
    """
    image = (
        ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
        .select_for_update()
        .first()
    )
    if image is None or not (_lost(image, now) or (stray and image.job == stray)):
        return None
    if image.attempts >= settings.STORE_ATTEMPTS:
        image.fail(GAVE_UP, f"The store's worker stopped over it {image.attempts} times.")
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
    job = queue().standing(image.job)
    if job is None:
        return True
    if job.at is At.QUEUE:
        return False
    if job.at is At.WORK:
        return job.begun is not None and all(
            _over(sign, now, settings.STORE_LEASE)
            for sign in (job.begun, image.alive_at or job.begun)
        )
    return job.ended is None or _over(job.ended, now, grace)


def _over(since: datetime, now: datetime, patience: timedelta) -> bool:
    return since < now - patience or since > now + _AHEAD


def _drop_expired(now: datetime) -> int:
    dropped = 0
    for upload in Upload.objects.filter(image=None, expires_at__lte=now):
        if _forgotten(upload, now):
            upload.path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def _forgotten(upload: Upload, now: datetime) -> bool:
    """Delete an expired upload's row, unless a request has its file: that one is still at it."""
    row = Upload.objects.filter(pk=upload.pk, image=None, expires_at__lte=now)
    try:
        with arriving.locked(upload.path, patience=0):
            return bool(row.delete()[0])
    except ProblemError as problem:
        # 404: the file is gone already. 423: it is in use.
        return problem.status == 404 and bool(row.delete()[0])


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
