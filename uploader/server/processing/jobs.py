"""The job that makes an image's styles, and putting it in the queue."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol, cast

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from django_tasks import task

from uploader.server.processing.make import process
from uploader.server.processing.standing import Standing
from uploader.server.room import passes
from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)

_LONGEST_REST = 50.0
"""Seconds between two attempts at most; a sweep takes much later ones for a wrong clock."""


class Queue(Protocol):
    """What the store asks of a queue, besides taking a job: in_database, in_redis."""

    AWAY: tuple[type[Exception], ...]

    def names(self) -> set[str]:
        """Give the names of all jobs that wait for a worker."""

    def standing(self, name: str) -> Standing | None:
        """Tell where a job stands; None where there is no such job."""

    def strays(self, names: Collection[str]) -> set[str]:
        """Give those of the jobs that say they wait and are in no queue."""

    def prune(self, before: datetime) -> int:
        """Forget jobs that ended before then; tell how many."""


def queue() -> Queue:
    """Give the queue that this store has."""
    name = "in_redis" if settings.STORE_REDIS else "in_database"
    return cast(Queue, importlib.import_module(f"uploader.server.processing.{name}"))


@task(queue_name=settings.STORE_QUEUE)
def make_styles(image_id: int) -> None:
    """Make one image's styles. Safe to run twice, also at the same time."""
    try:
        if process(image_id):
            enqueue_again(image_id)
    except Error as error:
        if not passes(error):
            raise
        # No attempt was counted, or it was taken back: the sweeper sees to it.
        log.warning("image %s waits: %s", image_id, error)
        connection.close()


def enqueue(image_id: int) -> None:
    """Put an image's job in the queue and note its name for the sweeper.

    A crash in between, or a queue that is away, leaves an image without a job: the sweeper
    sees to it.
    """
    try:
        job = make_styles.enqueue(image_id)
        waiting = ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
        waiting.update(job=job.id)
    except queue().AWAY + (Error,) as error:  # noqa: RUF005 - mypy reads no starred one
        if isinstance(error, Error) and not passes(error):
            raise
        log.warning("image %s waits for the queue, which is away: %s", image_id, error)


def enqueue_again(image_id: int) -> None:
    """Enqueue an image whose attempt went wrong: after a rest that grows with each one.

    The sweeper enqueues it then; without a rest it is done at once.
    """
    waiting = ItemImage.objects.filter(pk=image_id, state=ImageState.PROCESSING)
    attempts = waiting.values_list("attempts", flat=True).first() or 1
    rest = min(_LONGEST_REST, settings.STORE_RETRY_SECONDS * 4 ** (attempts - 1))
    if rest <= 0:
        enqueue(image_id)
        return
    waiting.update(job="", queued_at=timezone.now() + timedelta(seconds=rest))


def jobs_in_queue() -> set[str]:
    """Give the names of all jobs that wait for a worker. Raises `AWAY` of the queue."""
    return queue().names()


def enqueue_on_commit(image: ItemImage) -> None:
    """Enqueue once the transaction that accepted the image is durable.

    The queue being out of reach doesn't undo that: the row says `processing`, and the
    sweeper enqueues it later.
    """
    image_id = image.pk

    def now() -> None:  # Django wants its name for the log, and a partial has none
        enqueue(image_id)

    transaction.on_commit(now, robust=True)
