"""Which item a photo belongs to, told from its name by rules. Ambiguity is asked, never guessed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from uploader.domain.name_list import NameIndex, NameList
from uploader.domain.names import is_counter, plain, position_after, starts, without_counters, words
from uploader.domain.rules import DEFAULT_RULES, RuleKind, Rules
from uploader.domain.stores import Item

_ByWords = Mapping[str, list[Item]]
_Spelling = Callable[[Item], str]
_Found = tuple[list[Item], int | None]
_NOTHING: _Found = ([], None)


@dataclass(frozen=True, slots=True)
class Match:
    """The items that fit, by which rule, and the place that the name's counter tells.

    `items` stand in the order of their SKUs and titles, whatever the catalogue's. Without a
    counter, or with several items, `position` is None.
    """

    items: tuple[Item, ...] = ()
    rule: RuleKind | None = None
    position: int | None = None

    @property
    def item(self) -> Item | None:
        """The item, if exactly one fits."""
        return self.items[0] if len(self.items) == 1 else None


class Index:
    """A catalogue by the words of its SKUs and titles; built once, whatever the rules."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.by_sku: dict[str, list[Item]] = {}
        self.by_title: dict[str, list[Item]] = {}
        for item in items:
            if sku := words(item.sku):
                self.by_sku.setdefault(sku, []).append(item)
            if title := words(item.title):
                self.by_title.setdefault(title, []).append(item)
        self._titles = sorted(self.by_title)

    def titles_from(self, start: str) -> list[Item]:
        """Give the items whose title begins with these words and has more."""
        found: list[Item] = []
        begun = f"{start} "
        for place in range(bisect_left(self._titles, begun), len(self._titles)):
            title = self._titles[place]
            if not title.startswith(begun):
                break
            found += self.by_title[title]
        return found


class Matcher:
    """Asks the rules in their order; the first that finds anything decides.

    Build it once, ask it thousands of times. Whole words only, so that ``TOY-501`` never goes
    to ``TOY-50``, nor ``TOY50``: letters and digits without a separator are one word, as
    nobody can tell ``A1-0`` from ``A-10`` in ``A10``.
    """

    def __init__(
        self,
        items: Iterable[Item] | Index,
        rules: Rules = DEFAULT_RULES,
        names: NameList = NameList(),  # noqa: B008 - frozen
    ) -> None:
        self.index = items if isinstance(items, Index) else Index(items)
        self._names = NameIndex(names)
        self._rules = [rule.kind for rule in rules if rule.on]
        self._ask: dict[RuleKind, Callable[[PurePath, str], _Found | None]] = {
            RuleKind.LIST: self._listed,
            RuleKind.SKU: lambda path, name: _whole(path, name, self.index.by_sku, _sku),
            RuleKind.TITLE: lambda path, name: _whole(path, name, self.index.by_title, _title),
            RuleKind.SKU_START: lambda path, name: _begun(path, name, self.index.by_sku, _sku),
            RuleKind.TITLE_START: self._by_title_start,
            RuleKind.FOLDER: self._by_folder,
        }

    def match(self, path: PurePath | str) -> Match:
        """Find the items for a file by its name, and its folder's. Reads no disk."""
        path = PurePath(path)
        name = words(path.stem)
        for kind in self._rules:
            found = self._ask[kind](path, name)
            if found is None:
                break
            items, position = found
            if len(items) == 1:
                return Match((items[0],), kind, position)
            if items:
                ordered = tuple(sorted({item.id: item for item in items}.values(), key=_order))
                return Match(ordered, kind, position if len(ordered) == 1 else None)
        return Match()

    def _listed(self, path: PurePath, name: str) -> _Found | None:
        """Look in the person's list; None: it names a SKU that isn't there, so nothing fits."""
        skus = self._names.skus(path)
        if skus is None:
            return _NOTHING
        found = [item for sku in skus for item in self.index.by_sku.get(words(sku), ())]
        # The list is the person's word: no other rule may guess against it.
        return (found, position_after(name, "")) if found else None

    def _by_title_start(self, path: PurePath, name: str) -> _Found:
        found = _begun(path, name, self.index.by_title, _title)
        if found[0]:
            return found
        bare = without_counters(name)
        # One word without its counter says too little: TOY-5 isn't the "Toy train".
        for key in (name, *([bare] if " " in bare else [])):
            if key and (items := self.index.titles_from(key)):
                return items, position_after(name, key)
        return _NOTHING

    def _by_folder(self, path: PurePath, name: str) -> _Found:
        return self.index.by_sku.get(words(path.parent.name), []), position_after(name, "")


def position_in(path: PurePath | str, item: Item) -> int | None:
    """Tell a photo's place within an item that somebody chose for it, by its name's counter.

    What the item itself is called counts for nothing: ``frying-pan-28.jpg`` is no 28th photo.
    """
    name = words(PurePath(path).stem)
    own = [
        start
        for start in (words(item.sku), words(item.title))
        if f"{name} ".startswith(f"{start} ")
    ]
    return position_after(name, max(own, key=len, default=""))


def _whole(path: PurePath, name: str, index: _ByWords, spelling: _Spelling) -> _Found:
    """Find what the whole name says, or the name before its counter.

    Of ``TOY-50-2.jpg``, the SKU TOY-50-2 and the second photo of TOY-50, what is spelled just
    so is meant; where neither is (``toy 50 (2).jpg``), both are asked.
    """
    exact = index.get(name, [])
    if spelled := [item for item in exact if plain(spelling(item)) == plain(path.stem)]:
        return spelled, None
    counted = _counted(name, index)
    if not exact:
        return counted
    return [*exact, *counted[0]], None


def _counted(name: str, index: _ByWords) -> _Found:
    """Find what the name says before one counter after the other."""
    bare, _, last = name.rpartition(" ")
    while bare and is_counter(last):
        if items := index.get(bare):
            return items, position_after(name, bare)
        bare, _, last = bare.rpartition(" ")
    return _NOTHING


def _begun(path: PurePath, name: str, index: _ByWords, spelling: _Spelling) -> _Found:
    """Find the longest beginning that is there, and ask where what it has more may be a counter."""
    longest: list[Item] = []
    start = ""
    for shorter in starts(name):
        items = index.get(shorter)
        if not items:
            continue
        if not longest:
            longest, start = items, shorter
            if any(_is_spelled(path, spelling(item)) for item in items):
                break
        else:
            counts = all(map(is_counter, start[len(shorter) :].split()))
            return ([*longest, *items], None) if counts else (longest, position_after(name, start))
    return longest, position_after(name, start)


def _is_spelled(path: PurePath, text: str) -> bool:
    """Whether the name begins with just this spelling, and its last word ends there."""
    name, start = plain(path.stem), plain(text)
    return name.startswith(start) and not name[len(start) : len(start) + 1].isalnum()


def _sku(item: Item) -> str:
    return item.sku


def _title(item: Item) -> str:
    return item.title


def _order(item: Item) -> tuple[str, str, str]:
    return item.sku.casefold(), item.title.casefold(), item.id
