"""Store addresses as people type them."""

from __future__ import annotations

from urllib.parse import urlsplit

_LOCAL = ("localhost", "127.0.0.1", "::1")


def bare(address: str) -> str:
    """Give an address without what people leave out."""
    return address.strip().removeprefix("https://").removeprefix("http://").rstrip("/").lower()


def is_secure(typed: str, answered: str) -> bool:
    """Tell whether the store was reached by https: what isn't said is https but here."""
    full = answered if "://" in answered else typed
    if "://" in full:
        return full.strip().lower().startswith("https://")
    return (urlsplit(f"//{full.strip()}").hostname or "") not in _LOCAL
