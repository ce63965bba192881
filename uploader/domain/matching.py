"""Which item a photo belongs to, told from its file name. Ambiguity is asked, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from uploader.domain.stores import Item

_SEPARATORS = re.compile(r"[\W_]+")
_COUNTER = re.compile(r"(?: \d{1,3})+$")


def words(text: str) -> str:
    """Reduce a name to lower-case words with single spaces, as ``TOY-50_(2)`` → ``toy 50 2``.

    Accents stay (they tell words apart); compatibility forms and case don't.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SEPARATORS.sub(" ", folded).strip()


@dataclass(frozen=True, slots=True)
class Match:
    """The items that fit, and in the person's words by what: ``its SKU``, ``its title``."""

    items: tuple[Item, ...] = ()
    by: str = ""

    @property
    def item(self) -> Item | None:
        """The item, if exactly one fits."""
        return self.items[0] if len(self.items) == 1 else None


class Matcher:
    """An index over a catalogue; build it once, ask it thousands of times.

    Rules, the first that finds anything decides: the whole name is a SKU; is a title; the
    same without a trailing counter (``lamp-2.jpg``); begins with a SKU (the longest); begins
    with a title (the longest); is the beginning of one or more titles. Whole words only, so
    ``TOY-501`` never goes to ``TOY-50``.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_sku: dict[str, list[Item]] = {}
        self._by_title: dict[str, list[Item]] = {}
        self._by_start: dict[str, list[Item]] = {}
        for item in items:
            if sku := words(item.sku):
                self._by_sku.setdefault(sku, []).append(item)
            if title := words(item.title):
                self._by_title.setdefault(title, []).append(item)
                for start in _starts(title)[1:]:
                    self._by_start.setdefault(start, []).append(item)

    def match(self, path: PurePath | str) -> Match:
        """Find the items for a file by its name alone."""
        name = words(PurePath(path).stem)
        bare = _COUNTER.sub("", name)
        starts = _starts(name)
        for by, index, keys in (
            ("its SKU", self._by_sku, [name]),
            ("its title", self._by_title, [name]),
            ("its SKU", self._by_sku, [bare]),
            ("its title", self._by_title, [bare]),
            ("its SKU", self._by_sku, starts),
            ("its title", self._by_title, starts),
            # One word without its counter says too little: TOY-5 isn't the "Toy train".
            ("its title", self._by_start, [name, *([bare] if " " in bare else [])]),
        ):
            for key in keys:
                if found := index.get(key):
                    return Match(tuple(found), by)
        return Match()


def _starts(name: str) -> Sequence[str]:
    """All beginnings of whole words, the longest first."""
    parts = name.split(" ")
    return [" ".join(parts[:n]) for n in range(len(parts), 0, -1)]


def title_from(path: PurePath | str) -> str:
    """Make an item's title from a file name: ``iron-teapot_2.jpg`` → ``Iron teapot``."""
    stem = PurePath(path).stem
    # Replaces separators but keeps letters' case, which `words` would fold.
    plain = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", stem)).strip()
    plain = _COUNTER.sub("", plain) or plain or "Untitled"
    return plain[:1].upper() + plain[1:200]
