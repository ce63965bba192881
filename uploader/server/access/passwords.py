"""E-mail and password, looked at in one way for the app and for browsers."""

from __future__ import annotations

import threading

from django.contrib.auth import authenticate
from django.http import HttpRequest

from uploader.server.access import throttle
from uploader.server.problems import ProblemError
from uploader.server.store.models import User
from uploader.server.words import plain

_HASHING = threading.BoundedSemaphore(4)
"""Each hash takes 16 MB and a moment of a core: a flood of guesses must not take them all."""
_PATIENCE = 3.0


def admin_by_password(request: HttpRequest, email: str, password: str) -> User:
    """Give the admin whose e-mail and password these are.

    An unknown e-mail takes as long as a wrong password (Django hashes for both). Raises
    ProblemError: 401 wrong-credentials, 403 not-an-admin, 429 too-many-attempts, 503 busy.
    """
    address = request.META.get("REMOTE_ADDR", "")
    email, password = plain(email), plain(password)
    throttle.count(email, address)
    user = _authenticated(request, email.strip().lower(), password)
    if not isinstance(user, User):
        raise ProblemError(
            401,
            "wrong-credentials",
            "Wrong e-mail or password",
            "Check both and try again.",
        )
    throttle.forgive(email, address)
    if not user.is_admin:
        raise ProblemError(
            403,
            "not-an-admin",
            "This account isn't an administrator",
            "Only administrators of the store can upload photos. Ask one of them.",
        )
    return user


def _authenticated(request: HttpRequest, email: str, password: str) -> object:
    if not _HASHING.acquire(timeout=_PATIENCE):
        raise ProblemError(
            503, "busy", "The store is busy", "Try again in a moment.", {"Retry-After": "5"}
        )
    try:
        return authenticate(request, username=email, password=password)
    finally:
        _HASHING.release()
