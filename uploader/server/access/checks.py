"""What `check --deploy` says about our own settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_production(**_: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 - Django's
    """Look for what Django can't know of: the proxy in front, and names for everybody."""
    found: list[checks.CheckMessage] = []
    if settings.SECURE_BEHIND_TLS and not settings.STORE_TRUSTED_PROXIES:
        found.append(
            checks.Warning(
                "TLS is spoken by a proxy that isn't trusted: every request leads back to itself.",
                hint="Name its address in STORE_TRUSTED_PROXIES.",
                id="store.W001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            checks.Warning(
                "The server answers to any name.",
                hint="Name the host in STORE_HOSTS, such as shop.example.",
                id="store.W002",
            )
        )
    return found
