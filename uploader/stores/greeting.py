"""The first question to an address: whether a store of the contract is there, and which."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import NoStoreHereError, OfflineError
from uploader.stores import records
from uploader.stores.address import host_of, origin
from uploader.stores.transport import Transport

CONTRACT = "store-uploader/1"

_PATH = "/api/v1/sign-in"
_MOVED = frozenset({301, 302, 307, 308})


def greet(transport: Transport, address: str, cancel: CancelToken | None = None) -> tuple[str, str]:
    """Find the store at a base URL; return the base URL to go on with, and the store's name.

    An address in a folder is tried as it is, then without the folder. A store that moved to
    its ``www.`` name, from it, or to https is followed there; nothing secret is sent yet.
    Raises OfflineError, UntrustedError, NoStoreHereError.
    """
    top = origin(address)
    try:
        return hello(transport, address, cancel)
    except NoStoreHereError:
        if top == address:
            raise
    return hello(transport, top, cancel)


def hello(transport: Transport, base: str, cancel: CancelToken | None = None) -> tuple[str, str]:
    """Ask at one base URL and nowhere above it; otherwise like `greet`."""
    answer = transport.request("GET", base + _PATH, cancel=cancel)
    if answer.status in _MOVED:
        base = _moved(base, answer.headers.get("Location", ""))
        answer = transport.request("GET", base + _PATH, cancel=cancel)
    host = host_of(base)
    if answer.status == 429 or answer.status >= 500:
        raise OfflineError("The store isn’t ready", f"{host} has a problem just now. Try later.")
    contract = records.text(answer.fields, "contract")
    if contract == CONTRACT:
        return base, records.text(answer.fields, "name") or host
    if contract.startswith("store-uploader/"):
        raise NoStoreHereError(
            "This store needs a newer program", "Update Store Uploader, then sign in again."
        )
    raise _no_store(host)


def _moved(base: str, location: str) -> str:
    """Give the base URL that a redirect leads to, if it can only be the same store's."""
    target = urljoin(base + _PATH, location)
    moved, _, rest = target.partition(_PATH)
    here, there = host_of(base).removeprefix("www."), host_of(target).removeprefix("www.")
    safe = urlsplit(target).scheme == "https" or origin(target) == origin(base)
    if rest not in ("", "/") or here != there or not safe:
        raise _no_store(host_of(base))
    return moved


def _no_store(host: str) -> NoStoreHereError:
    return NoStoreHereError(
        "No store at this address",
        f"{host} answers, but not as a store. Check the address; on a guest network, sign in "
        "to the network first.",
    )
