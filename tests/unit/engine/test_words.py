from __future__ import annotations

import string

import pytest

from uploader.engine import words

TEXTS = {
    f"{name}.{index}": text
    for name, value in vars(words).items()
    if name.isupper() and not name.startswith("_")
    for index, text in enumerate(value if isinstance(value, tuple) else (value,))
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_words_are_calm_templates(text: str) -> None:
    assert text == text.strip() != ""
    assert "!" not in text
    # Every field has a name, so that a translation may move it.
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    assert all(field.isidentifier() for field in fields)


def test_amounts() -> None:
    assert words.amount_of(5_100_000, 8_900_000) == "5.1 of 8.9 MB"
    assert words.amount_of(0, 12_345) == "0 of 12 kB"
    assert [words.number(n) for n in (2, 9, 10)] == ["Two", "Nine", "10"]
