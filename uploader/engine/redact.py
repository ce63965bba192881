"""Takes out of a text what is nobody else's business: names, addresses, keys.

Rather too much than too little: what looks like a path, a host, an address or a key goes,
whatever it is, and so do the rest of a line behind a path (a folder's name may have spaces)
and all that stands in quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

GONE = "…"

_FIRST_MARK, _ROOM = 0xE000, 6400
_MARKS = re.compile("[\ue000-\uf8ff]")
"""Of Unicode's private use area: they stand for what may stay while the rest is taken out."""

_SHORTEST = 3
"""Shorter names say nothing, and would be found everywhere."""

_LONGEST_WORD = 15
"""Longer words may be keys: hexadecimal, base 64, anything."""

_MODULES = {"uploader", "PIL", "pillow_heif", "PySide6", "requests", "urllib3", "sqlite3"}

_SECRET = re.compile(
    r"\b(bearer|basic|digest|token|password|passwd|secret|authorization|cookie|api[-_ ]?key)\b"
    r"[\"']?\s*[:=]?\s*\S+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@\"'<>(),;]+@[^\s@\"'<>(),;]+")
_URL = re.compile(r"\b([a-z][a-z0-9+.-]*)://\S*", re.IGNORECASE)
# An apostrophe within a word opens nothing. To the last one of a line: names may hold some.
_QUOTED = tuple(
    re.compile(rf"(?<!\w){opens}.*{closes}(?!\w)")
    for opens, closes in (("'", "'"), ('"', '"'), ("“", "”"), ("‘", "’"), ("„", "“"), ("«", "»"))
)
_PATH = re.compile(r"(?:(?<=\s)|^)\S*[/\\].*$")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,}[0-9a-f.:]*", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"\b[\w-]*[a-z][\w-]*:\d{2,5}\b", re.IGNORECASE)
_DOTTED = re.compile(r"\w[\w-]*(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\d+(\.\d+){1,2}")
_LONG = re.compile(rf"[\w+=~-]{{{_LONGEST_WORD + 1},}}")
_SCHEME = re.compile(r"\b([a-z][a-z0-9+.-]*):\0", re.IGNORECASE)


class Redactor:
    """Knows the names that must go (`hidden`) and those that may stay (`shown`)."""

    def __init__(self, hidden: Iterable[str] = (), shown: Iterable[str] = ()) -> None:
        # Longest first: a name may begin like another. No name is an e-mail address.
        self._shown = [name for name in _by_length(shown) if not _EMAIL.search(name)]
        self._hidden = [form for name in _by_length(hidden) for form in _forms(name)]

    def lines(self, lines: Sequence[str]) -> list[str]:
        """Take everything out of some lines; give as many. Names are looked for in all at once."""
        text = "\n".join(_MARKS.sub("", line.replace("\n", " ")) for line in lines)
        text, kept = self._put_aside(text)
        low = text.lower()
        for form in self._hidden:
            if form in low:
                text = _whole(form).sub(GONE, text)
                low = text.lower()
        text = "\n".join(_patterns(line) for line in text.split("\n"))
        for mark, name in kept.items():
            text = text.replace(mark, name)
        return text.split("\n")

    def line(self, text: str) -> str:
        """Take everything out of one line."""
        return self.lines([text])[0]

    def _put_aside(self, text: str) -> tuple[str, dict[str, str]]:
        kept: dict[str, str] = {}
        for name in self._shown:
            if name in text and len(kept) < _ROOM:
                mark = chr(_FIRST_MARK + len(kept))
                kept[mark] = name
                text = text.replace(name, mark)
        return text, kept


def names_of(paths: Iterable[Path]) -> set[str]:
    """Give what names a photo: its file's name, with and without ending."""
    return {name for path in paths for name in (path.name, path.stem)}


def folders_of(paths: Iterable[Path]) -> set[str]:
    """Give what tells where photos lie: paths, and the names of their folders."""
    found = set[str]()
    for path in paths:
        found |= {str(path), str(path.parent)}
        found.update(part for part in path.parts[1:-1] if part not in _COMMON)
    return found


_COMMON = {"home", "Users", "tmp", "var", "mnt", "media", "run", "Volumes", "private"}


def _patterns(text: str) -> str:
    text = _SECRET.sub(rf"\1 {GONE}", text)
    text = _EMAIL.sub(GONE, text)
    # The mark keeps the scheme's colon from those who look for paths.
    text = _URL.sub("\\1:\0", text)
    for quoted in _QUOTED:
        text = quoted.sub(lambda found: f"“{_emptied(found)}”", text)
    text = _PATH.sub(_emptied, text)
    text = _IPV6.sub(GONE, text)
    text = _HOST_AND_PORT.sub(GONE, text)
    text = _DOTTED.sub(_dotted, text)
    text = _LONG.sub(GONE, text)
    return _SCHEME.sub(rf"\1://{GONE}", text)


def _emptied(found: re.Match[str]) -> str:
    """Leave of a text only what may stay."""
    return " ".join([GONE, *_MARKS.findall(found.group())])


def _dotted(found: re.Match[str]) -> str:
    """Keep versions and modules; anything else with a dot in it is a host or a file."""
    word = found.group()
    return word if _NUMBER.fullmatch(word) or word.split(".")[0] in _MODULES else GONE


def _by_length(names: Iterable[str]) -> list[str]:
    return sorted({n for n in names if len(n) >= _SHORTEST}, key=lambda n: (-len(n), n))


def _forms(name: str) -> set[str]:
    """Give the ways in which a name may have been written down, in lower case."""
    spelt = {name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}
    written = set[str]()
    for each in spelt:
        escaped = each.encode("unicode_escape").decode("ascii")
        percent = quote(each.encode("utf-8", "surrogateescape"))
        written |= {each, escaped, percent, each.encode("utf-8", "replace").decode("utf-8")}
    return {each.lower() for each in written}


def _whole(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
