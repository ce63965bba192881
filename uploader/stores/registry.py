"""Which kinds of store there are: connectors found through entry points, so anyone can ship one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points

from uploader.domain.errors import NoStoreHereError
from uploader.stores.protocol import Store

GROUP = "store_uploader.stores"

Connector = Callable[[str], Store]
"""Makes the connection to a store from the address that a person typed."""

_log = logging.getLogger(__name__)


def connectors() -> dict[str, Connector]:
    """Load all connectors, by kind, ours first; a broken one is left out, and logged."""
    found: dict[str, Connector] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name != "companion", e.name)):
        try:
            found.setdefault(entry.name, entry.load())
        except Exception:  # other people's code: anything may come out of its import
            _log.warning("The connector %s can't be loaded", entry.name, exc_info=True)
    return found


def connect(kind: str, address: str) -> Store:
    """Make a connection of a known kind; raises NoStoreHereError where no connector has it."""
    connector = connectors().get(kind)
    if connector is None:
        raise NoStoreHereError(
            "This kind of store isn’t known here", f"The part for {kind} isn’t installed."
        )
    return connector(address)


def detect(address: str, kinds: Mapping[str, Connector] | None = None) -> tuple[str, str]:
    """Ask which kind of store answers at an address; return the kind and the store's name.

    Raises NoStoreHereError where none does, OfflineError, UntrustedError.
    """
    refused: NoStoreHereError | None = None
    for kind, connector in (connectors() if kinds is None else kinds).items():
        store = connector(address)
        try:
            return kind, store.greet()
        except NoStoreHereError as error:
            # Ours is asked first, and says best what a person can do.
            refused = refused or error
        finally:
            store.close()
    raise refused or NoStoreHereError("No store at this address", "Check the address.")
