"""Sentences for people: translated first, filled in afterwards.

Source texts stand as literals in the calls, so that `make translations` finds them; values
stand in as ``{name}`` and may change places in a translation.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QLocale

_NAME = re.compile(r"\{(\w+)\}")


def fill(sentence: str, values: dict[str, object]) -> str:
    """Put values in for their names; in one pass, so that a value is never read as a name."""
    return _NAME.sub(lambda found: str(values.get(found[1], found[0])), sentence)


def translate(context: str, text: str, **values: object) -> str:
    """Translate `text` and fill in its ``{names}``."""
    return fill(QCoreApplication.translate(context, text), values)


def counted(context: str, one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence with a number in it, in the form that this number takes.

    `one` is English for exactly one, `many` for every other number; ``{n}`` is the number as
    the person writes it. `many` is what translators see, with as many forms as their language
    has.
    """
    text = QCoreApplication.translate(context, many, None, n)
    if text == many and n == 1:
        text = one  # nobody has translated it: English has these two
    return fill(text, {"n": QLocale().toString(n), **values})
