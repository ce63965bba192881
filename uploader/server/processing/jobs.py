"""The job that makes an image's styles, and putting it in the queue."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from uploader.server.processing.make import process
from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)


@task(queue_name="paperclip")
def make_styles(image_id: int) -> None:
    """Make one image's styles. Safe to run twice, also at the same time."""
    if process(image_id):
        enqueue(image_id)


def enqueue(image_id: int) -> None:
    """Put an image's job in the queue and note its name for the sweeper.

    A crash in between leaves an image without a job: the sweeper sees to it.
    """
    job = make_styles.enqueue(image_id)
    waiting = ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
    waiting.update(job=job.id)


def jobs_in_queue() -> set[str]:
    """Give the names of all jobs that wait for a worker, where one question tells them."""
    if not isinstance(make_styles.get_backend(), DatabaseBackend):
        return set()
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return {str(name) for name in ready.values_list("pk", flat=True)}


def enqueue_on_commit(image: ItemImage) -> None:
    """Enqueue once the transaction that accepted the image is durable.

    The queue being out of reach doesn't undo that: the row says `processing`, and the
    sweeper enqueues it later.
    """
    transaction.on_commit(partial(enqueue, image.pk), robust=True)
