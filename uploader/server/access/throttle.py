"""Slows down guessing of passwords, per account, per address, and per both."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from uploader.server.access.proxies import place
from uploader.server.problems import ProblemError
from uploader.server.store.models import Attempt

WINDOW = timedelta(minutes=5)
_PAIR, _ACCOUNT, _ADDRESS = 5, 20, 60
"""Failures within the window; the pair's is the lowest, so that nobody locks out others."""


@transaction.atomic
def count(email: str, address: str) -> None:
    """Count an attempt before its password is looked at.

    Raises ProblemError 429 with Retry-After once there were too many. Parallel guesses
    can't slip through: each is counted first.
    """
    now = timezone.now()
    rows = []
    for key, most in _keys(email, address):
        row, _ = Attempt.objects.select_for_update().get_or_create(key=key)
        # Or the clock was set back since.
        if row.since + WINDOW <= now or row.since > now:
            row.count, row.since = 0, now
        if row.count >= most:
            raise _too_many((row.since + WINDOW - now).total_seconds())
        row.count += 1
        rows.append(row)
    Attempt.objects.bulk_update(rows, ["count", "since"])


@transaction.atomic
def forgive(email: str, address: str) -> None:
    """Forget the failures of who has shown the right password.

    Of those of the address, which others may share, only this attempt: it was none.
    """
    *own, everyone = (key for key, _ in _keys(email, address))
    Attempt.objects.filter(key__in=own).delete()
    Attempt.objects.filter(key=everyone, count__gt=0).update(count=F("count") - 1)


def drop_old() -> None:
    """Delete what no longer counts."""
    now = timezone.now()
    Attempt.objects.exclude(since__gt=now - WINDOW, since__lte=now).delete()


def _keys(email: str, address: str) -> list[tuple[str, int]]:
    account, address = email.strip().lower(), place(address)
    names = ((f"{account} {address}", _PAIR), (f"account {account}", _ACCOUNT))
    everyone = (f"address {address}", _ADDRESS)
    return [(hashlib.sha256(n.encode()).hexdigest(), most) for n, most in (*names, everyone)]


def _too_many(seconds: float) -> ProblemError:
    wait = max(1, int(seconds) + 1)
    minutes = (wait + 59) // 60
    return ProblemError(
        429,
        "too-many-attempts",
        "Too many attempts",
        f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'} and try again.",
        {"Retry-After": str(wait)},
    )
