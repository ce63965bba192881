"""Whether jobs can be put into their queue, whichever holds it."""

from __future__ import annotations

from django_tasks_db.backend import DatabaseBackend

from uploader.server.processing.jobs import make_styles


def ask_queue() -> None:
    """Have the queue answer. Raises what its client does where it doesn't."""
    if isinstance(make_styles.get_backend(), DatabaseBackend):
        return  # it is in the database, which is asked anyway
    from django_rq import get_connection  # noqa: PLC0415 - only where there is a Redis

    get_connection(make_styles.queue_name).ping()
