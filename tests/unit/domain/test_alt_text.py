from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.domain.alt_text import LONGEST, written
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Item

TEAPOT = Item("2", "Teapot", "TOY-50")


def photo(number: int, name: str = "HP-1_big-pot.jpg", **more: object) -> Photo:
    more = {"item": TEAPOT, **more}
    return Photo(number, "r", "shop", Path(name), State.READY, 0, 0, **more)  # type: ignore[arg-type]


def texts(template: str, *photos: Photo) -> list[str]:
    return [text for _, text in written(template, photos)]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{title}", "Teapot"),
        ("{title} ({sku})", "Teapot (TOY-50)"),
        ("{name}", "HP 1 big pot"),
        ("{Title}, picture {NUMBER}", "Teapot, picture 1"),
        ("A pot {of} {} {title", "A pot {of} {} {title"),
        ("  two   spaces ", "two spaces"),
        ("", ""),
    ],
)
def test_names_are_filled_in(template: str, text: str) -> None:
    assert texts(template, photo(1)) == [text]


def test_a_photo_without_an_item_leaves_no_loose_ends() -> None:
    bare = photo(1, item=None)
    assert texts("{title} – {name}", bare) == ["HP 1 big pot"]
    assert texts("{name}, {sku}", bare) == ["HP 1 big pot"]


def test_pictures_are_counted_for_each_item() -> None:
    other, new = Item("3", "Mug"), Item("", "New")
    photos = (photo(1), photo(2, item=other), photo(3), photo(4, item=new), photo(5, item=new))
    assert texts("{number}", *photos) == ["1", "1", "2", "1", "2"]


def test_a_place_that_was_chosen_is_the_number() -> None:
    assert texts("{number}", photo(1, position=4), photo(2)) == ["4", "2"]


def test_a_title_is_never_read_as_a_name() -> None:
    odd = photo(1, item=Item("1", "{sku} {name}", "X"))
    assert texts("{title}!", odd) == ["{sku} {name}!"]


@given(st.text(max_size=2000))
def test_whatever_is_typed_becomes_one_line_that_a_store_keeps(template: str) -> None:
    (text,) = texts(template, photo(1))
    assert len(text) <= LONGEST
    assert text == " ".join(text.split())
