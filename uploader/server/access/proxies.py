"""Who asks, and over what, where a reverse proxy stands in between.

What a request says of itself in `X-Forwarded-For` and `X-Forwarded-Proto` is believed only from
the proxies that the settings name: everybody else could make up an address for each guess at a
password, or a TLS that isn't there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SOCKET = "unix"
"""The name of a proxy that comes through a Unix socket, and so from no address."""

_SCHEMES = ("http", "https")
_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
_UNBELIEVED = (
    "HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP",
)  # fmt: skip


class TrustedProxies:
    """The addresses and networks that are believed."""

    def __init__(self, names: Iterable[str]) -> None:
        given = list(names)
        self._socket = SOCKET in given
        self._networks: list[IPv4Network | IPv6Network] = [
            ip_network(name) for name in given if name != SOCKET
        ]

    def __contains__(self, address: str) -> bool:
        """Tell whether a peer is one of them."""
        if not address:
            return self._socket
        try:
            given = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(given, "ipv4_mapped", None)
        return any((mapped or given) in network for network in self._networks)

    def client(self, peer: str, forwarded: str) -> str:
        """Give who asks: from right to left the first that is no proxy of ours.

        What stands further left was said by that one, and may be made up.
        """
        said = [part.strip() for part in forwarded.split(",") if part.strip()]
        client = peer
        while said and client in self:
            address = _without_port(said.pop())
            if address is None:
                break
            client = address
        return client


class Proxies:
    """Middleware, the first of all: sets REMOTE_ADDR, leaves one believable scheme or none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._trusted = TrustedProxies(settings.STORE_TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take what proxies said, and what only pretends to come from one."""
        meta = request.META
        peer = str(meta.get("REMOTE_ADDR", ""))
        forwarded, scheme = (str(meta.pop(name, "")) for name in _SAID)
        for name in _UNBELIEVED:
            meta.pop(name, None)
        if peer in self._trusted:
            meta["REMOTE_ADDR"] = self._trusted.client(peer, forwarded)
            last = scheme.rpartition(",")[2].strip().lower()
            if last in _SCHEMES:
                meta["HTTP_X_FORWARDED_PROTO"] = last
        else:
            # A stranger could give all its requests the name of somebody else's.
            meta.pop("HTTP_X_REQUEST_ID", None)
        return self._get_response(request)


def place(address: str) -> str:
    """Give what counts as one address: of IPv6 the half that whoever asks can't choose."""
    try:
        given = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(given, IPv4Address):
        return str(given)
    return str(given.ipv4_mapped or ip_network((given, 64), strict=False))


def _without_port(text: str) -> str | None:
    """Read ``192.0.2.1``, ``192.0.2.1:80``, ``2001:db8::1`` or ``[2001:db8::1]:80``."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return None
