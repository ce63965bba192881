"""The gate before every address: admins pass; for everybody else nothing is there.

An address that exists and one that doesn't are answered by the same line of code, before any
route is looked at, so they can't be told apart.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.utils import check_csrf

from uploader.server.access import tokens
from uploader.server.operations.context import note
from uploader.server.problems import forbidden, not_found, problem
from uploader.server.store.models import Token, User
from uploader.server.trouble import passing

Answer = Callable[[HttpRequest], HttpResponseBase]

_PUBLIC = {
    "/api/v1/sign-in": frozenset({"GET", "HEAD", "POST"}),
    "/sign-in": frozenset({"GET", "HEAD", "POST"}),
    "/healthz": frozenset({"GET", "HEAD"}),
    "/readyz": frozenset({"GET", "HEAD"}),
    "/store.css": frozenset({"GET", "HEAD"}),
}
_METRICS = "/metrics"
_PICTURES = "/media/"
_SHOP = "/shop/"
_READING = frozenset({"GET", "HEAD"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Middleware. A token of ours sets `request.user`, and stands in `request.META`."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let pass, say that a sign-in has ended, or that nothing is there."""
        if request.method in public_methods(request.path) or _watches(request):
            return self._get_response(request)
        try:
            token = tokens.presented(request)
            user = token.user if token is not None else request.user
            admin = isinstance(user, User) and user.is_admin
        except Error as error:
            # No route is asked yet that could say so.
            if answer := passing(error):
                return answer
            raise
        if not admin:
            return not_found()
        if token is not None and not token.usable:
            return _signed_out()
        # Ninja's views are exempt from CSRF checks: a browser's session is checked here.
        if token is None and request.method not in _SAFE and check_csrf(request):
            return forbidden(request)
        if token is not None:
            tokens.used(token)
        request.user = user
        note(user=user.pk)
        request.META[TOKEN] = token
        return _explained(self._get_response(request))


TOKEN = "store.token"  # noqa: S105 - a key, not a token
"""Where `request.META` holds the `Token` that a request was let in by; None for a session."""


def token_of(request: HttpRequest) -> Token | None:
    """Give the token that let this request in."""
    token = request.META.get(TOKEN)
    return token if isinstance(token, Token) else None


def admin_of(request: HttpRequest) -> User:
    """Give the admin whom this request was let in for."""
    assert isinstance(request.user, User), "the gate lets nobody else in"
    return request.user


def public_methods(path: str) -> frozenset[str]:
    """Give the methods with which everybody may ask an address."""
    if path.startswith(_PICTURES) or (settings.STORE_SHOP_PUBLIC and path.startswith(_SHOP)):
        return _READING
    return _PUBLIC.get(path, frozenset())


def _watches(request: HttpRequest) -> bool:
    """Whether this is Prometheus, with the key that opens the metrics and nothing else."""
    key: str = settings.STORE_METRICS_TOKEN
    if not key or request.path != _METRICS or request.method not in _READING:
        return False
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {key}".encode())


def _signed_out() -> HttpResponse:
    return problem(
        401, "signed-out", "Signed out", "Sign in again to go on.", {"WWW-Authenticate": "Bearer"}
    )


def _explained(answer: HttpResponseBase) -> HttpResponseBase:
    """Give the framework's bare "method not allowed" the form of all other problems."""
    if answer.status_code != 405 or answer.get("Content-Type", "").startswith("application/prob"):
        return answer
    allow = {"Allow": answer["Allow"]} if "Allow" in answer else None
    return problem(405, "not-allowed", "Not possible", "This address can't do that.", allow)
