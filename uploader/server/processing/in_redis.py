"""The queue in Redis (RQ). Nothing that it holds is missed when it is gone: rows know all."""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import django_rq
from django.conf import settings
from django_rq.queues import DjangoRQ
from django_tasks_rq import Job
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import JobStatus
from rq.serializers import JSONSerializer

from uploader.server.processing.standing import At, Standing

_MOMENT = 1.0
"""Seconds that a job may be between its queue and its worker."""
_KEPT = 86_400
"""Seconds for which ended jobs are kept; Redis itself forgets them then."""

AWAY: tuple[type[Exception], ...] = (RedisError,)
"""What says that the queue can't be reached."""

_STATIONS = {
    JobStatus.QUEUED: At.QUEUE,
    JobStatus.DEFERRED: At.QUEUE,
    JobStatus.SCHEDULED: At.QUEUE,
    JobStatus.STARTED: At.WORK,
}


class KeptQueue(DjangoRQ):
    """RQ would keep failed jobs for a year."""

    def create_job(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - RQ's
        """Make a job that is forgotten in time."""
        kept = {"result_ttl": _KEPT // 24, "failure_ttl": _KEPT}
        return super().create_job(*args, **{**kept, **kwargs})


def names() -> set[str]:
    """Give the names of all jobs that wait for a worker."""
    return set(the_queue().get_job_ids())


def standing(name: str) -> Standing | None:
    """Tell where a job stands; None where there is no such job."""
    try:
        job = Job.fetch(name, connection=the_queue().connection, serializer=JSONSerializer)
    except NoSuchJobError:
        return None
    station = _STATIONS.get(job.get_status(refresh=False), At.END)
    return Standing(station, _aware(job.started_at), _aware(job.ended_at))


def strays(names: Collection[str]) -> set[str]:
    """Give those of the jobs that say they wait and are in no queue.

    Their worker was killed between taking one and beginning it. A moment is given to those
    that are just being begun.
    """
    found = _astray(names)
    if found:
        threading.Event().wait(_MOMENT)
        found = _astray(found)
    return found


def prune(before: datetime) -> int:  # noqa: ARG001 - as in a database
    """Leave it to Redis, which forgets ended jobs by itself."""
    return 0


def the_queue() -> Any:  # noqa: ANN401 - RQ has no types of its own here
    """Give RQ's queue, by a connection of its own."""
    return django_rq.get_queue(settings.STORE_QUEUE, job_class=Job)


def _astray(names: Collection[str]) -> set[str]:
    waiting = {name for name in names if _waits(name)}
    return waiting - set(the_queue().get_job_ids()) if waiting else set()


def _waits(name: str) -> bool:
    job = standing(name)
    return job is not None and job.at is At.QUEUE


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
