"""The queue as a table of the store's own database (django-tasks-db)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from uploader.server.processing.standing import At, Standing

AWAY: tuple[type[Exception], ...] = ()
"""What says that the queue can't be reached: its database's errors are everybody's."""

_STATIONS = {TaskResultStatus.READY: At.QUEUE, TaskResultStatus.RUNNING: At.WORK}


def names() -> set[str]:
    """Give the names of all jobs that wait for a worker."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return {str(name) for name in ready.values_list("pk", flat=True)}


def standing(name: str) -> Standing | None:
    """Tell where a job stands; None where there is no such job."""
    try:
        job = DBTaskResult.objects.filter(pk=name).first()
    except ValidationError:
        return None  # another queue's name
    if job is None:
        return None
    station = _STATIONS.get(TaskResultStatus(job.status), At.END)
    return Standing(station, job.started_at, job.finished_at)


def strays(names: Collection[str]) -> set[str]:  # noqa: ARG001 - as with Redis
    """Give the jobs that say they wait and are in no queue: here they are one and the same."""
    return set()


def prune(before: datetime) -> int:
    """Forget jobs that ended before then; tell how many."""
    ended = DBTaskResult.objects.filter(finished_at__lt=before)
    return int(ended.delete()[0])
