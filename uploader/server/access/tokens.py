"""Tokens: 32 random bytes given out once, kept only as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from uploader.server.store.models import Token, User


def issue(user: User, device: str) -> tuple[str, Token]:
    """Make a token for a device; the text is known to nobody afterwards but the caller."""
    text = secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        digest=_digest(text),
        device=device[:200],
        expires_at=timezone.now() + settings.STORE_TOKEN_LIFE,
    )
    return text, token


def presented(request: HttpRequest) -> Token | None:
    """Give the token that a request carries, if it is or was one of ours."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        return None
    return Token.objects.select_related("user").filter(digest=_digest(text.strip())).first()


def revoke(token: Token) -> None:
    """Sign the device out."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
