"""A worker's loop where the queue is in Redis: it waits there, so a new job is begun at once."""

from __future__ import annotations

import logging
import time
from types import FrameType
from typing import Any

from django.db import Error, close_old_connections, connection
from django_tasks_rq import Job
from redis.exceptions import RedisError
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from uploader.server.processing.handing_back import end_in_time
from uploader.server.processing.in_redis import the_queue

log = logging.getLogger(__name__)

_PAUSE = 1.0
"""Seconds until what was away is asked again."""


def work(name: str) -> None:
    """Take jobs until told to end; what has begun is finished first, or handed back.

    A Redis or a database that goes away is waited for.
    """
    turn = 0
    while not _Worker.ending:
        turn += 1
        try:
            queue = the_queue()
            _Worker(
                [queue],
                name=f"{name}-{turn}",
                connection=queue.connection,
                job_class=Job,
                serializer=JSONSerializer,
            ).work()
        except RedisError as error:
            log.warning("this worker waits for Redis: %s", error)
        if not _Worker.ending:
            time.sleep(_PAUSE)


class _Worker(SimpleWorker):
    max_connection_wait_time = 1.0
    ending = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        _Worker.ending = True
        end_in_time()
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]
        except RedisError:
            self._stop_requested = True

    def subscribe(self) -> None:
        """Take no commands by way of Redis."""

    def unsubscribe(self) -> None:
        """Take no commands by way of Redis."""

    def execute_job(self, job: Any, queue: Any) -> None:  # noqa: ANN401 - RQ's
        """Run a job once the database is there: without it the whole queue would be used up."""
        close_old_connections()
        while not _is_there():
            if self._stop_requested or _Worker.ending:
                raise StopRequested
            time.sleep(_PAUSE)
        super().execute_job(job, queue)
        close_old_connections()


def _is_there() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        log.warning("this worker waits for its database: %s", error)
        connection.close()
        return False
    return True
