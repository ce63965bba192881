"""What signing in leaves behind: counts of attempts, sessions and tokens that are over."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from uploader.server.access import throttle, tokens


def drop() -> None:
    """Delete what no longer matters to anybody. A few cheap statements."""
    throttle.drop_old()
    tokens.drop_old()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
