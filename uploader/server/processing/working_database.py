"""A worker's loop where the queue is a table of the database."""

from __future__ import annotations

import logging
import sys
import time
from types import FrameType

from django.db import Error, connection
from django_tasks_db.management.commands.db_worker import Worker

from uploader.server.processing.handing_back import end_in_time

log = logging.getLogger(__name__)

_INTERVAL = 0.2
"""Seconds between two looks at an empty queue."""
_PAUSE = 1.0
"""Seconds until a database that was away is asked again."""


def work(name: str) -> None:
    """Take jobs until told to end; what has begun is finished first, or handed back.

    A database that goes away is waited for.
    """
    worker = _Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=_INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name[:64],
    )
    worker.configure_signals()
    while worker.running:
        try:
            worker.run()
        except Error as error:
            log.warning("this worker waits for its database: %s", error)
            connection.close()
            if worker.running:
                time.sleep(_PAUSE)


class _Worker(Worker):
    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal's
        """End: at once where no job is in hand, and in time where one is.

        Being told twice isn't being told more; and that it was told is no news for the log,
        which the library's own way makes of it.
        """
        self.running = False
        end_in_time()
        if not self.running_task:
            sys.exit(0)
