"""Whether jobs can be put into their queue, whichever holds it."""

from __future__ import annotations

from django.conf import settings


def ask_queue() -> None:
    """Have the queue answer. Raises what its client does where it doesn't."""
    if not settings.STORE_REDIS:
        return  # it is in the database, which is asked anyway
    from django_rq import get_connection  # noqa: PLC0415 - only where there is a Redis

    get_connection(settings.STORE_QUEUE).ping()
