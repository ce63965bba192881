"""What requests, urllib3, ssl and the system raise, said in the domain's errors. Once, here."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProxyError

from uploader.domain.errors import (
    AmbiguousError,
    OfflineError,
    StoreError,
    StrangerError,
    UntrustedError,
)

# OpenSSL's X509_V_ERR_*, from x509_vfy.h.
_NOT_YET_VALID, _EXPIRED = 9, 10
_SELF_SIGNED, _UNKNOWN_ROOT, _UNKNOWN_ISSUER, _UNVERIFIABLE = 18, 19, 20, 21
_WRONG_HOST, _WRONG_IP = 62, 64
_REVOKED = 23

_NOT_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"}
)


def translate(error: Exception, host: str, *, arrived: bool) -> StoreError:
    """Make a domain error of what a request raised.

    `arrived`: all of a request that changes something was handed to the network, so the
    store may have acted on it. `host` is named to the person.
    """
    chain = list(_chain(error))
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _untrusted(cause.verify_code, host)
        if isinstance(cause, ssl.SSLError) and cause.reason in _NOT_TLS:
            return UntrustedError(
                "No secure connection",
                f"{host} doesn’t offer one, so nothing was sent. Check the address.",
            )
    if arrived:
        return AmbiguousError(
            "No answer",
            "It may have arrived, so it is looked for in the store before it is sent again.",
        )
    return _offline(chain, host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk an error and everything wrapped in it, each once."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def _untrusted(code: int, host: str) -> UntrustedError:
    """Say what OpenSSL found about a certificate. Nothing was sent by then."""
    said = {
        _EXPIRED: f"The certificate of {host} has expired.",
        _NOT_YET_VALID: f"The certificate of {host} isn’t valid yet. Check this computer’s clock.",
        _SELF_SIGNED: f"{host} shows a certificate that it made itself.",
        _UNKNOWN_ROOT: f"{host} shows a certificate that it made itself.",
        _WRONG_HOST: f"The certificate belongs to another address than {host}.",
        _WRONG_IP: f"The certificate belongs to another address than {host}.",
        _REVOKED: f"The certificate of {host} was revoked.",
    }.get(code, f"Nobody this computer trusts vouches for the certificate of {host}.")
    return UntrustedError(
        "The store can’t prove who it is",
        f"{said} Nothing was sent. Ask whoever runs the store.",
    )


def _offline(chain: list[BaseException], host: str) -> OfflineError:
    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in chain)

    if has(ProxyError, requests.exceptions.ProxyError):
        return OfflineError("The proxy doesn’t answer", "Check the proxy’s settings.")
    if has(socket.gaierror):
        return OfflineError(
            "No way to the store", f"{host} can’t be found. Check the network and the address."
        )
    if has(ConnectionRefusedError):
        return OfflineError(
            "The store doesn’t answer",
            f"Nothing answers at {host} just now. Wait a moment, or check the address.",
        )
    # urllib3 derives NewConnectionError from ConnectTimeoutError.
    if has(NewConnectionError):
        return OfflineError("No way to the store", f"{host} can’t be reached. Check the network.")
    if has(ConnectTimeoutError, requests.exceptions.Timeout, TimeoutError):
        return OfflineError(
            "The store doesn’t answer", f"{host} takes too long to answer. Check the network."
        )
    return OfflineError(
        "The connection broke", f"{host} was reached, and then no more. Check the network."
    )


def something_else(host: str) -> StrangerError:
    """Say that a page answered where the store should: a hotel's or a café's sign-in page."""
    return StrangerError(
        "Something else answers at this address",
        f"It isn’t {host}’s store. Perhaps this network wants you to sign in to it first.",
    )
