"""What a person types as their store's address, made into one that can be asked."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from uploader.domain.errors import NoStoreHereError

# Pages of a shop that people copy from the browser; the store itself is above them.
_PAGES = frozenset({"admin", "api", "items", "jobs", "login", "media", "sign-in", "uploads"})


def normalise(text: str) -> str:
    """Make a base URL without a trailing slash: `` x.shop/admin/`` → ``https://x.shop``.

    https unless the host is this very machine: a password never travels openly. So
    ``http://`` typed for another host becomes ``https://``, and is refused where a port was
    typed with it, as nothing secure is likely to answer there. Raises NoStoreHereError with
    a sentence for the person.
    """
    scheme, parts = _split("".join(text.split()))
    host, port = _host(parts), _port(parts)
    if scheme == "http" and not is_loopback(host):
        if port not in (None, 80):
            raise NoStoreHereError(
                "This address isn’t secure",
                "Your password would travel openly. Use the store’s https:// address.",
            )
        scheme, port = "https", None
    if not scheme:
        scheme = "http" if is_loopback(host) else "https"
    if port == {"http": 80, "https": 443}[scheme]:
        port = None
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{port}' if port else ''}{_path(parts)}"


def is_loopback(host: str) -> bool:
    """Tell whether a host name can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def origin(url: str) -> str:
    """Cut an address down to scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    """Give the host of an address, as people read it."""
    return urlsplit(url).hostname or url


def _split(typed: str) -> tuple[str, SplitResult]:
    """Split into scheme (or empty) and parts; other schemes are refused."""
    if not typed:
        raise NoStoreHereError("No address yet", "Type your store’s address, such as my.shop.")
    scheme, separator, rest = typed.partition("://")
    if not separator:
        scheme, rest = "", typed.removeprefix("//")
    if scheme.lower() not in ("", "http", "https"):
        raise _unusable("A store’s address begins with https://.")
    try:
        return scheme.lower(), urlsplit(f"//{rest}")
    except ValueError as error:
        raise _unusable() from error


def _host(parts: SplitResult) -> str:
    """Give the host in the form that goes over the network; check it."""
    if parts.username is not None or parts.password is not None:
        raise _unusable("Type the address alone, without a name or an @.")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise _unusable()
    if ":" in host:
        return host
    try:
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _unusable() from error
    labels = plain.split(".")
    if not all(label.strip("-") == label and 0 < len(label) < 64 for label in labels):
        raise _unusable()
    if not all(c.isalnum() or c in "-_" for label in labels for c in label):
        raise _unusable()
    return plain


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise _unusable("The number after the colon isn’t a port.") from error


def _path(parts: SplitResult) -> str:
    """Keep the folder that a store may live in, without the page that was copied."""
    kept: list[str] = []
    for segment in parts.path.split("/"):
        if segment in _PAGES or "." in segment:
            break
        if segment:
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _unusable(
    detail: str = "Check it for typing errors; it looks like my.shop.",
) -> NoStoreHereError:
    return NoStoreHereError("This address can’t be used", detail)
