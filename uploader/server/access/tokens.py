"""Tokens: 32 random bytes given out once, kept only as their SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from uploader.server.store.models import Token, User

_FINE = timedelta(minutes=10)
"""How exact the time of a token's last use is: one write in that time, not one a request."""

_REMEMBERED = timedelta(days=365)
"""How long a token that is over is still known as having been ours."""

_NAME = re.compile(r"[0-9a-f]{16}")


def issue(user: User, device: str) -> tuple[str, Token]:
    """Make a token for a device; the text is known to nobody afterwards but the caller.

    `user` is as it was when its password was looked at: if that has changed since, the token
    is over from its beginning.
    """
    text = secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token.objects.create(
        user=user,
        digest=_digest(text),
        device=device[:200],
        expires_at=now + settings.STORE_TOKEN_LIFE,
        last_used_at=now,
        generation=user.generation,
    )
    return text, token


def presented(request: HttpRequest) -> Token | None:
    """Give the token that a request carries, if it is or was one of ours."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        return None
    return Token.objects.select_related("user").filter(digest=_digest(text.strip())).first()


def used(token: Token) -> None:
    """Note that a token was used, unless that was noted a moment ago.

    A database that can't be written to now is no reason to refuse the request.
    """
    now, noted = timezone.now(), token.last_used_at
    # Or the clock was set back since.
    if noted is not None and now - _FINE < noted <= now:
        return
    with contextlib.suppress(DatabaseError):
        # Of requests that come together one writes.
        Token.objects.filter(pk=token.pk, last_used_at=noted).update(last_used_at=now)


def revoke(token: Token) -> None:
    """Sign the device out."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])


def revoke_one(user: User, name: str) -> bool:
    """Sign out that device of an account which a list calls `name`; tell whether there is one."""
    token = user.devices.filter(digest__startswith=name).first() if _NAME.fullmatch(name) else None
    if token is not None:
        revoke(token)
    return token is not None


def revoke_others(request: HttpRequest, asking: Token | None) -> None:
    """Sign out all devices and browsers of an account, but the one that asks."""
    user = asking.user if asking is not None else request.user
    assert isinstance(user, User), "the gate let an account in"
    user.end_sign_ins()
    if asking is None:
        update_session_auth_hash(request, user)
        return
    asking.generation = user.generation
    asking.save(update_fields=["generation"])


def drop_old() -> None:
    """Forget tokens that have been over for long; they are as unknown as any then."""
    Token.objects.filter(expires_at__lt=timezone.now() - _REMEMBERED).delete()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
