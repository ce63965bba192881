"""How much one admin may have begun and not finished: what is abandoned fills no disk."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from uploader.server.problems import ProblemError
from uploader.server.store.models import Upload, User

_PAUSE = "60"
"""Seconds until a client asks again: somebody has to finish or cancel something first."""


def check(owner: User, length: int) -> None:
    """See that an upload of `length` bytes may begin. Raises ProblemError 429.

    Announced bytes count, not those that arrived. On PostgreSQL requests at the same moment
    may all be let in: a few too many do no harm.
    """
    under_way = Upload.objects.filter(owner=owner, image=None, expires_at__gt=timezone.now())
    found = under_way.aggregate(number=Count("pk"), announced=Sum("length"))
    number, announced = found["number"], found["announced"] or 0
    if number >= settings.STORE_UNFINISHED:
        raise _too_many(f"at most {settings.STORE_UNFINISHED:,} of them")
    # One photo may always begin, whatever the limits are set to.
    if number and announced + length > settings.STORE_UNFINISHED_BYTES:
        raise _too_many(f"at most {settings.STORE_UNFINISHED_BYTES / 1_000_000:,g} MB of them")


def _too_many(limit: str) -> ProblemError:
    return ProblemError(
        429,
        "too-many-uploads",
        "Too many photos are half sent",
        f"The store keeps {limit} for you. Let some finish or remove some; this one is tried "
        "again by itself.",
        {"Retry-After": _PAUSE},
    )
