"""E-mail and password, looked at in one way for the app and for browsers."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest

from uploader.server.access import throttle
from uploader.server.problems import ProblemError
from uploader.server.store.models import User
from uploader.server.words import plain


def admin_by_password(request: HttpRequest, email: str, password: str) -> User:
    """Give the admin whose e-mail and password these are.

    An unknown e-mail takes as long as a wrong password (Django hashes for both). Raises
    ProblemError: 401 wrong-credentials, 403 not-an-admin, 429 too-many-attempts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    email, password = plain(email), plain(password)
    throttle.count(email, address)
    user = authenticate(request, username=email.strip().lower(), password=password)
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
