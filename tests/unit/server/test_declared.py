"""The shop's own styles, read strictly: a wrong one must be noticed at the start."""

from __future__ import annotations

import pytest

from uploader.domain.edits import Edits
from uploader.domain.styles import DEFAULT_STYLES, Style
from uploader.server.declared import read_styles, recipes


def test_nothing_said_means_the_articles_two():
    assert read_styles("") == DEFAULT_STYLES


def test_styles_are_declared_in_their_order():
    said = read_styles('{"large": "900x900>", "thumb": "80x80#", "a-1_b": "x50"}')
    assert said == (Style("large", "900x900>"), Style("thumb", "80x80#"), Style("a-1_b", "x50"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("thumb=100x100", "JSON object"),
        ("[]", "JSON object"),
        ('["thumb"]', "JSON object"),
        ('"thumb"', "JSON object"),
        ("null", "JSON object"),
        ("[" * 100_000, "JSON object"),
        ("{}", "1 to 20"),
        ('{"thumb": "1x1", "thumb": "2x2"}', "each once"),
        ('{"Thumb": "1x1"}', "Thumb"),
        ('{"../x": "1x1"}', "small letters"),
        ('{"original": "1x1"}', "original"),
        ('{"thumb": 100}', "text"),
        ('{"thumb": {"a": 1}}', "text"),
        ('{"thumb": "100y100"}', "geometry of thumb"),
    ],
)
def test_what_makes_no_sense_is_told_by_the_variables_name(text, word):
    with pytest.raises(ValueError, match="STORE_STYLES") as told:
        read_styles(text)
    assert word in str(told.value)


def test_a_recipe_differs_where_the_picture_might():
    one = recipes((Style("thumb", "100x100>"),))
    other = recipes((Style("thumb", "100x100#"),))
    assert one.keys() == other.keys() == {"thumb"}
    assert one != other
    edited = [recipes((Style("thumb", "100x100>"),), edits) for edits in
              (Edits(), Edits(90), Edits(180), Edits(pad=True), Edits(90, pad=True))]  # fmt: skip
    assert edited[0] == one
    assert len({recipe["thumb"] for recipe in edited}) == len(edited)
