"""A store's items, held in memory to match names and to search while typing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uploader.domain.matching import Index, Matcher
from uploader.domain.names import words
from uploader.domain.stores import Item, Page
from uploader.domain.trial import Setup
from uploader.stores.protocol import Store

FOUND = 50
"""As many as a person would look through."""


class Catalogue:
    """All items of one store. Replaced as a whole when it is fetched again. Thread-safe.

    Only one thread fetches.
    """

    def __init__(self) -> None:
        self._items: tuple[Item, ...] = ()
        self._needles: list[str] = []
        self._as_of = ""
        self._index: Index | None = None
        self._setup = Setup()
        self._matcher: Matcher | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, in the store's order."""
        return self._items

    @property
    def matcher(self) -> Matcher | None:
        """What finds items by file names; None until the catalogue is known."""
        return self._matcher

    def use(self, setup: Setup) -> None:
        """Find items by these rules from now on."""
        self._setup = setup
        self._matcher = self.matcher_of(setup)

    def matcher_of(self, setup: Setup) -> Matcher | None:
        """Give what would find items by other rules; None until the catalogue is known."""
        index = self._index
        return None if index is None else Matcher(index, setup.rules, setup.names)

    def take(self, items: Iterable[Item]) -> None:
        """Hold these items from now on."""
        known = tuple(items)
        index = Index(known)
        needles = [_needle(item) for item in known]
        # Plain assignments: a reader between them sees the old matcher, never half a one.
        self._needles, self._items, self._index = needles, known, index
        self._matcher = self.matcher_of(self._setup)

    def fetch(self, store: Store) -> int:
        """Read what has changed since the last time, or every page; return how many there are.

        Raises the store's errors.
        """
        if not (self._as_of and self._fetch_changes(store)):
            pages = list(_pages(store))
            self.take(item for page in pages for item in page.entries)
            self._as_of = pages[0].as_of
        return len(self._items)

    def _fetch_changes(self, store: Store) -> bool:
        """Take changes over; False where all has to be read, as something was deleted."""
        pages = list(_pages(store, self._as_of))
        changed = {item.id: item for page in pages for item in page.entries}
        known = {item.id: item for item in self._items} | changed
        if not pages[0].as_of or pages[-1].total != len(known):
            return False
        if changed:
            self.take(known.values())
        self._as_of = pages[0].as_of
        return True

    def find(self, query: str) -> list[Item]:
        """Find items whose title and SKU contain every word of `query`; at most `FOUND`.

        Those that begin with it stand first. A SKU is also found without its separators:
        ``toy50`` finds TOY-50, as here the person sees what they choose.
        """
        asked = words(query)
        wanted = asked.split()
        first: list[Item] = []
        others: list[Item] = []
        for item, needle in zip(self._items, self._needles, strict=False):
            if all(word in needle for word in wanted):
                (first if f"\n{asked}" in needle else others).append(item)
                if len(first) == FOUND:
                    break
        return [*first, *others][:FOUND]


def _needle(item: Item) -> str:
    """Give what a search looks in: SKU, title, and the SKU in one word."""
    sku = words(item.sku)
    return f"\n{sku}\n{words(item.title)}\n{sku.replace(' ', '')}"


def _pages(store: Store, since: str = "") -> Iterator[Page[Item]]:
    # Only who has said as of when is asked for changes.
    asked = {"since": since} if since else {}
    page = store.items(**asked)
    yield page
    while page.next:
        page = store.items(page=page.next, **asked)
        yield page
