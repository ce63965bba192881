"""The guide's pages as the help window needs them: titles, sections to search, pictures.

Plain Markdown, which a browser of the project's sources shows as well. For workers: it reads
files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

START = "README.md"
"""The page that lists the others, in their order."""

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#{1,3}) +(.+?) *$")
_MARKUP = re.compile(r"[*`|]|^\s*(?:[-–]|\d+\.)\s+|^[\s|:-]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, without markup. `anchor` is empty for the title."""

    page: str
    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the guide."""

    name: str
    title: str
    markdown: str
    sections: tuple[Section, ...]

    @property
    def links(self) -> list[str]:
        """Where its links lead, as written."""
        return [target for _, target in _LINK.findall(self.markdown)]

    @property
    def pictures(self) -> list[str]:
        """Its pictures, as written."""
        return [target for _, target in _PICTURE.findall(self.markdown)]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which all words were found, and the text around the first of them."""

    section: Section
    title: str
    around: str


def read_pages(folder: Path) -> list[Page]:
    """Read the guide in `folder`, in the order in which its start page names the others.

    Raises OSError where the start page can't be read; another that can't be is left out.
    """
    start = read_page(folder / START)
    files = (target.partition("#")[0] for target in start.links)
    names = [file for file in files if re.fullmatch(r"[\w-]+\.md", file)]
    others = list[Page]()
    for name in dict.fromkeys(names):
        try:
            others.append(read_page(folder / name))
        except OSError:
            continue
    return [start, *others]


def read_page(path: Path) -> Page:
    """Read one page. Raises OSError."""
    markdown = path.read_text("utf-8")
    sections = tuple(_sections(path.name, markdown))
    return Page(path.name, sections[0].heading if sections else path.stem, markdown, sections)


def _sections(page: str, markdown: str) -> Iterator[Section]:
    heading, level, lines = "", 0, list[str]()
    for line in [*markdown.splitlines(), "# "]:
        found = _HEADING.match(line)
        if found is None and line != "# ":
            lines.append(line)
            continue
        if level:
            anchor = slug(heading) if level > 1 else ""
            yield Section(page, anchor, heading, plain("\n".join(lines)))
        if found:
            heading, level, lines = plain(found[2]), len(found[1]), []


def plain(markdown: str) -> str:
    """Take the markup out of a text and put it into one line."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", markdown))
    return " ".join(_MARKUP.sub(" ", text).split())


def slug(heading: str) -> str:
    """Give a heading's anchor, as GitHub makes it."""
    letters = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return letters.replace(" ", "-")


def search(pages: list[Page], query: str) -> list[Hit]:
    """Find the sections that hold all words of `query`, those with them in the heading first."""
    words = [fold(word) for word in query.split()]
    if not words:
        return []
    found = list[tuple[int, Hit]]()
    for page in pages:
        for section in page.sections:
            heading, text = fold(section.heading), fold(section.text)
            if all(word in heading or word in text for word in words):
                missing = sum(word not in heading for word in words)
                found.append((missing, Hit(section, page.title, _around(section.text, words))))
    # Stable: in the guide's order where they fit equally well.
    return [hit for _, hit in sorted(found, key=lambda one: one[0])]


def fold(text: str) -> str:
    """Give a text without case and accents, letter for letter where it can be."""
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in spread if not unicodedata.combining(c))


def _around(text: str, words: list[str]) -> str:
    """Give a helping of text that begins shortly before the first word found."""
    low = fold(text)
    places = [place for word in words if (place := low.find(word)) >= 0]
    start = max(0, min(places, default=0) - 24)
    if start:
        start = text.find(" ", start) + 1
    return ("…" if start else "") + text[start : start + 120]
