"""What the monitor shows, the same whatever holds the queue: all of it is read from rows.

- `counts()`: images waiting, running and failed; how many seconds the oldest of the waiting
  ones has waited.
- `workers()`: worker processes, with `alive`, `since`, `heard_at` and the `image` they are at.
  `alive_workers()` counts those that were heard of lately, on all hosts.
- `last_hour()`: one `Minute` for each minute of the last hour, the oldest first, with how many
  came live, how many failed, and the median of the seconds from accepted to live.
- `waiting()`, `running()`, `failed()`: sets of images as query filters, for lists:
  ``ItemImage.objects.filter(queue.running())``.
- `retry(image_ids)`: puts failed images to the start of processing again.
- `jobs_waiting()`: jobs in the queue itself (Redis or the table of jobs), None where it doesn't
  answer. It may differ from `counts().waiting` for a while: a job is only a hint.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from uploader.server.processing import jobs
from uploader.server.store.models import ImageState, ItemImage, WorkerSeen
from uploader.server.store.models.workers import SILENT

log = logging.getLogger(__name__)

_HOUR = 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many images are where now; seconds that the oldest waiting one has waited."""

    waiting: int
    running: int
    failed: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Minute:
    """What came to its end in the minute that began at `at`."""

    at: datetime
    live: int
    failed: int
    seconds: float | None
    """The median from accepted (or queued again) to live; None where none came live."""


def running() -> Q:
    """Filter images that a worker is at: begun, or heard of, within a lease."""
    recent = timezone.now() - settings.STORE_LEASE
    heard = Q(started_at__gt=recent) | Q(alive_at__gt=recent, started_at__isnull=False)
    return Q(state=ImageState.PROCESSING) & heard


def waiting() -> Q:
    """Filter images that nobody is at yet."""
    return Q(state=ImageState.PROCESSING) & ~Q(
        pk__in=ItemImage.objects.filter(running()).values("pk")
    )


def failed() -> Q:
    """Filter images that nobody tries any more; each has `error_title` and `error_detail`."""
    return Q(state=ImageState.FAILED)


def counts() -> Counts:
    """Count images by where they stand."""
    idle = ItemImage.objects.filter(waiting())
    since = idle.aggregate(since=Min("queued_at"))["since"]
    return Counts(
        waiting=idle.count(),
        running=ItemImage.objects.filter(running()).count(),
        failed=ItemImage.objects.filter(failed()).count(),
        oldest=max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0,
    )


def workers() -> list[WorkerSeen]:
    """Give the worker processes of all hosts, also those that have gone silent of late."""
    return list(WorkerSeen.objects.all())


def alive_workers() -> int:
    """Count the workers that were heard of lately."""
    return WorkerSeen.objects.filter(heard_at__gt=timezone.now() - SILENT).count()


def last_hour() -> list[Minute]:
    """Tell of each minute of the last hour what came to its end in it."""
    now = timezone.now()
    begin = now.replace(second=0, microsecond=0) - timedelta(minutes=_HOUR - 1)
    ended = ItemImage.objects.filter(
        finished_at__gte=begin, state__in=(ImageState.LIVE, ImageState.FAILED)
    )
    took: list[list[float]] = [[] for _ in range(_HOUR)]
    lost = [0] * _HOUR
    for state, queued, finished in ended.values_list("state", "queued_at", "finished_at"):
        place = int((finished - begin).total_seconds() // 60)
        if not 0 <= place < _HOUR:
            continue  # a clock that was set back
        if state == ImageState.FAILED:
            lost[place] += 1
        else:
            took[place].append(max(0.0, (finished - queued).total_seconds()))
    return [
        Minute(begin + timedelta(minutes=n), len(times), lost[n], median(times) if times else None)
        for n, times in enumerate(took)
    ]


def retry(image_ids: Iterable[int]) -> int:
    """Put failed images back to the start, with all their attempts; tell how many there were."""
    done = 0
    for image_id in image_ids:
        with transaction.atomic():
            found = ItemImage.objects.select_for_update().filter(failed(), pk=image_id).first()
            if found is None:
                continue
            found.queue()
            found.save()
            jobs.enqueue_on_commit(found)
            done += 1
    return done


def jobs_waiting() -> int | None:
    """Count the jobs in the queue itself; None where it doesn't answer."""
    try:
        return len(jobs.jobs_in_queue())
    except Exception as error:
        log.warning("the queue doesn't answer: %s", error)
        return None
