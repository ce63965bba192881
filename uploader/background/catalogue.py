"""The store's items, held in memory to match names and to search while typing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from uploader.domain.matching import Match, Matcher, words
from uploader.domain.stores import Item
from uploader.stores.protocol import Store

FOUND = 50
"""As many as a person would look through."""


class Catalogue:
    """All items of one store. Replaced as a whole when it is fetched again. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: tuple[Item, ...] = ()
        self._matcher = Matcher(())
        self.loaded = False

    def fetch(self, store: Store) -> int:
        """Read every page; return how many items there are. Raises the store's errors."""
        items = tuple(_all(store))
        matcher = Matcher(items)
        with self._lock:
            self._items, self._matcher, self.loaded = items, matcher, True
        return len(items)

    def forget(self) -> None:
        """Hold nothing: another store comes."""
        with self._lock:
            self._items, self._matcher, self.loaded = (), Matcher(()), False

    def match(self, path: Path) -> Match:
        """Find the items for a file by its name."""
        with self._lock:
            matcher = self._matcher
        return matcher.match(path)

    def find(self, query: str) -> list[Item]:
        """Find items whose title and SKU contain every word of `query`; at most `FOUND`."""
        wanted = words(query).split()
        with self._lock:
            items = self._items
        found: list[Item] = []
        for item in items:
            text = words(f"{item.sku} {item.title}")
            if all(word in text for word in wanted):
                found.append(item)
                if len(found) == FOUND:
                    break
        return found


def _all(store: Store) -> Iterator[Item]:
    page = store.items()
    yield from page.entries
    while page.next:
        page = store.items(page=page.next)
        yield from page.entries
