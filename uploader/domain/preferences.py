"""What the person has set for the engine. How the window looks isn't among it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from uploader.domain.bandwidth import Bandwidth

MOST_UPLOADS = 8


class Copies(StrEnum):
    """Of which photos a copy is kept until they are live. The value is stored."""

    NEVER = "never"
    AWAY = "away"
    """Those on a card, a stick or the network: what may be gone before they are sent."""
    ALWAYS = "always"


class ProxyUse(StrEnum):
    """How the store is reached. The value is stored."""

    SYSTEM = "system"
    NONE = "none"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Network:
    """The way to the store: `proxy` is an address for `ProxyUse.OWN`.

    `certificates` is the path of a file with authorities to trust beside those that everybody
    trusts.
    """

    use: ProxyUse = ProxyUse.SYSTEM
    proxy: str = ""
    certificates: str = ""


@dataclass(frozen=True, slots=True)
class Updates:
    """`look`: ask about once a day whether a newer version is out; `address` empty: as built."""

    look: bool = True
    address: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`uploads` at once; `at_once`: a photo goes out as soon as it is ready and has an item."""

    uploads: int = 4
    at_once: bool = False
    copies: Copies = Copies.AWAY
    bandwidth: Bandwidth = field(default_factory=Bandwidth)
    network: Network = field(default_factory=Network)
    updates: Updates = field(default_factory=Updates)


class ProxySecretError(ValueError):
    """A proxy's address holds a name or a password: those aren't kept in settings."""


def proxy_address(typed: str) -> str:
    """Give a proxy's address as it is used, http:// where nothing else is said.

    Raises `ProxySecretError`, and ValueError for what is no address.
    """
    text = typed.strip()
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if "@" in parts.netloc:
        raise ProxySecretError
    # Asked for in here, as it raises for a port that isn't one.
    port = parts.port
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or " " in text
        or parts.path.strip("/")
    ):
        raise ValueError(text)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
