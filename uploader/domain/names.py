"""How names are compared: what people call files, and what the store calls its items, as words."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

_SEPARATORS = re.compile(r"[\W_]+")
_COUNTER = re.compile(r"(?: \d{1,3})+$")
MOST_IN_TITLE = 200


def words(text: str) -> str:
    """Reduce a name to lower-case words with single spaces, as ``TOY-50_(2)`` → ``toy 50 2``.

    Accents stay (they tell words apart); compatibility forms and case don't.
    """
    return _SEPARATORS.sub(" ", plain(text)).strip()


def plain(text: str) -> str:
    """Fold case and compatibility forms; separators stay: ``TOY-50_2`` → ``toy-50_2``."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.casefold().strip()


def is_counter(word: str) -> bool:
    """Whether a word numbers photos: one to three digits. Four are a camera's, or a year."""
    return len(word) <= 3 and word.isascii() and word.isdigit()


def without_counters(name: str) -> str:
    """Take all counters off the end of some `words`."""
    return _COUNTER.sub("", name)


def starts(name: str) -> list[str]:
    """All beginnings of whole words, the longest first."""
    parts = name.split(" ")
    return [" ".join(parts[:n]) for n in range(len(parts), 0, -1)]


def position_after(name: str, start: str) -> int | None:
    """Tell the number at the end of a name that begins with `start` and more: its counter.

    Both are `words`. None where there is none; places count from 1.
    """
    last = name[len(start) :].rpartition(" ")[2]
    return int(last) or None if is_counter(last) else None


def title_from(path: PurePath | str) -> str:
    """Make an item's title from a file name: ``iron-teapot_2.jpg`` → ``Iron teapot``."""
    stem = PurePath(path).stem
    # Replaces separators but keeps letters' case, which `words` would fold.
    shown = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", stem)).strip()
    shown = without_counters(shown) or shown or "Untitled"
    return shown[:1].upper() + shown[1:MOST_IN_TITLE]
