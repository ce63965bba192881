"""Sentences that were made below the window, said in the person's language.

What the engine, a connector or the look at a file says of a photo is kept in the outbox in
English, as whoever opens it later may speak another language. So it is translated when it is
shown: `say` knows a sentence again by its template. A store's own words are in no template and
stay as they are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from uploader.ui.text import fill, translate

CONTEXT = "Sentences"

FRAGMENTS = {"taken": "{some} and {last}"}
"""Parts of sentences that aren't in `SENTENCES`, by the name of the value that they fill."""

OLDER = ("Nothing was sent.",)
"""What outboxes of earlier versions hold and the program no longer writes."""

_DATA = frozenset({"item", "name", "host", "kind", "label", "style", "suffix", "store_name"})
"""Values that are nobody's to translate."""

_PLACE = re.compile(r"\{(\w+)\}")
_ENDS = re.compile(r"(?<=[.…?]) (?=\S)")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?: (kB|MB|GB|million))?")

Found = tuple[str, tuple[tuple[str, str], ...]]


def say(text: str) -> str:
    """Give a stored sentence, or several in a row, in the person's language."""
    whole = _say_one(text)
    if whole is not None:
        return whole
    parts = _ENDS.split(text)
    said = [_say_one(part) or _say_title(part) or part for part in parts]
    return " ".join(said)


def _say_one(text: str) -> str | None:
    """Translate a sentence that has a template; None for every other."""
    found = recognised(text)
    if found is None:
        return None
    template, values = found
    spoken = QCoreApplication.translate(CONTEXT, template)
    return fill(spoken, {name: _value(name, value) for name, value in values})


def _say_title(text: str) -> str | None:
    """Translate a title that was made a sentence of by a full stop."""
    said = _say_one(text[:-1]) if text.endswith(".") else None
    return None if said is None else f"{said}."


def _value(name: str, value: str) -> str:
    """Give what is put into a sentence as the person writes it."""
    if name in _DATA:
        return value
    if number := _NUMBER.fullmatch(value):
        return _number(*number.groups())
    if name in FRAGMENTS and (found := _pattern(FRAGMENTS[name]).fullmatch(value)):
        return fill(QCoreApplication.translate(CONTEXT, FRAGMENTS[name]), found.groupdict())
    return say(value)


def _number(whole: str, decimals: str | None, unit: str | None) -> str:
    """Write an English number, with its unit if it has one, in the person's locale."""
    value = float(f"{whole.replace(',', '')}.{decimals or 0}")
    number = QLocale().toString(value, "f", len(decimals or ""))
    units = {
        "kB": translate("Numbers", "{n} kB", n=number),
        "MB": translate("Numbers", "{n} MB", n=number),
        "GB": translate("Numbers", "{n} GB", n=number),
        "million": translate("Numbers", "{n} million", n=number),
    }
    return units.get(unit or "", number)


@lru_cache(maxsize=4096)
def recognised(text: str) -> Found | None:
    """Find the template of a sentence, and its values by name."""
    plain, patterns = _templates()
    if text in plain:
        return text, ()
    for template, pattern in patterns:
        if found := pattern.fullmatch(text):
            return template, tuple(found.groupdict().items())
    return None


@cache
def _templates() -> tuple[frozenset[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Sort the templates: those without values, and patterns, the most telling one first."""
    # Imported when the first sentence is said, after the first paint.
    from uploader.ui.sentences import SENTENCES  # noqa: PLC0415

    plain = frozenset(text for text in SENTENCES if not _PLACE.search(text)) | set(OLDER)
    rest = sorted(set(SENTENCES) - plain, key=lambda text: -len(_PLACE.sub("", text)))
    return plain, tuple((text, _pattern(text)) for text in rest)


def _pattern(template: str) -> re.Pattern[str]:
    """Make the expression that knows a filled template again."""
    parts = _PLACE.split(template)
    texts, names = parts[::2], parts[1::2]
    values = [f"(?P<{name}>.+?)" for name in names] + [""]
    return re.compile("".join(re.escape(t) + v for t, v in zip(texts, values, strict=True)), re.S)
