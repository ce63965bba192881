"""Sentences for people: translated first, filled in afterwards.

Source texts stand as literals in the calls, so that `pyside6-lupdate` finds them; values
stand in as ``{name}`` and may change places in a translation.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QLocale

_NAME = re.compile(r"\{(\w+)\}")


def _fill(sentence: str, values: dict[str, object]) -> str:
    """Put values in for their names; in one pass, so that a value is never read as a name."""
    return _NAME.sub(lambda found: str(values.get(found[1], found[0])), sentence)


def translate(context: str, text: str, **values: object) -> str:
    """Translate `text` and fill in its ``{names}``."""
    return _fill(QCoreApplication.translate(context, text), values)


def counted(context: str, one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence with a number in it, in the form that this number takes.

    `one` is English for exactly one, `many` for every other number; ``{n}`` is the number as
    the person writes it. Translators see both, and Qt's numerus forms of `many`.
    """
    text = QCoreApplication.translate(context, one if n == 1 else many, None, n)
    return _fill(text, {"n": QLocale().toString(n), **values})
