"""A store's items, held in memory to match names and to search while typing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from uploader.domain.matching import Matcher
from uploader.domain.names import words
from uploader.domain.stores import Item
from uploader.stores.protocol import Store

FOUND = 50
"""As many as a person would look through."""


class Catalogue:
    """All items of one store. Replaced as a whole when it is fetched again. Thread-safe."""

    def __init__(self) -> None:
        self._items: tuple[Item, ...] = ()
        self._matcher: Matcher | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, in the store's order."""
        return self._items

    @property
    def matcher(self) -> Matcher | None:
        """What finds items by file names; None until the catalogue is known."""
        return self._matcher

    def take(self, items: Iterable[Item]) -> None:
        """Hold these items from now on."""
        known = tuple(items)
        # Two plain assignments: a reader between them sees the old matcher, never half a one.
        self._items, self._matcher = known, Matcher(known)

    def fetch(self, store: Store) -> int:
        """Read every page; return how many items there are. Raises the store's errors."""
        items = tuple(_all(store))
        self.take(items)
        return len(items)

    def find(self, query: str) -> list[Item]:
        """Find items whose title and SKU contain every word of `query`; at most `FOUND`."""
        wanted = words(query).split()
        fitting = (
            item
            for item in self._items
            if all(word in words(f"{item.sku} {item.title}") for word in wanted)
        )
        return list(itertools.islice(fitting, FOUND))


def _all(store: Store) -> Iterator[Item]:
    page = store.items()
    yield from page.entries
    while page.next:
        page = store.items(page=page.next)
        yield from page.entries
