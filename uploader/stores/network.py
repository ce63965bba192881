"""The way to a store as requests takes it: proxies, and whom to trust."""

from __future__ import annotations

import ssl
from pathlib import Path
from urllib.parse import urlsplit

import certifi

from uploader.domain.preferences import Network, ProxyUse

_DIRECT = {"no_proxy": "*"}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def proxies_for(network: Network, url: str) -> dict[str, str] | None:
    """Give the proxies for one request; None: those of the system (or the environment).

    What runs on this computer is never asked for through a proxy of the person's own.
    """
    if network.use is ProxyUse.SYSTEM:
        return None
    here = (urlsplit(url).hostname or "") in _HERE
    if network.use is ProxyUse.NONE or here or not network.proxy:
        return dict(_DIRECT)
    return {"http": network.proxy, "https": network.proxy}


def write_bundle(own: Path, target: Path) -> None:
    """Write the authorities that everybody trusts, and those in `own` (PEM), to `target`.

    A copy, as requests trusts one file alone, and `own` may lie on a drive that goes. Raises
    OSError for what can't be read or written (ssl.SSLError is one), ValueError for no certificate.
    """
    text = own.read_text("ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=text)
    if not context.get_ca_certs():
        raise ValueError("no authority in it")
    known = Path(certifi.where()).read_text("utf-8")
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_text(f"{known}\n{text}", "utf-8")
    fresh.replace(target)
