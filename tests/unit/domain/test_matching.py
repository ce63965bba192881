from __future__ import annotations

from pathlib import PurePath

import pytest

from uploader.domain.matching import Match, Matcher, title_from, words
from uploader.domain.stores import Item

TEAPOT = Item("1", "Cast-iron teapot, 1 l", "HP-1022")
LAMP = Item("2", "Terracotta table lamp", "HP-2041")
TOY = Item("3", "Wooden blocks", "TOY-50")
BIG_TOY = Item("4", "Wooden train", "TOY-501")
MUG, BLUE_MUG = (
    Item("5", "Harbour mug, white", "HP-1042"),
    Item("6", "Harbour mug, blue", "HP-1043"),
)
CAFE = Item("7", "Café sign")
ITEMS = (TEAPOT, LAMP, TOY, BIG_TOY, MUG, BLUE_MUG, CAFE)


@pytest.mark.parametrize(
    ("name", "item", "by"),
    [
        ("HP-1022.jpg", TEAPOT, "its SKU"),
        ("hp_1022.JPG", TEAPOT, "its SKU"),
        ("HP 1022-2.jpg", TEAPOT, "its SKU"),
        ("HP-2041_lamp-terra.jpg", LAMP, "its SKU"),
        ("cast-iron teapot 1 l.png", TEAPOT, "its title"),
        ("Terracotta-Table-Lamp (3).jpg", LAMP, "its title"),
        ("terracotta table lamp at night.jpg", LAMP, "its title"),
        ("terracotta.jpg", LAMP, "its title"),
        ("TOY-50.jpg", TOY, "its SKU"),
        ("TOY-501.jpg", BIG_TOY, "its SKU"),
        ("blocks/wooden blocks_03.jpg", TOY, "its title"),
        ("wooden train 12.jpg", BIG_TOY, "its title"),
        ("cafe\u0301 sign.jpg", CAFE, "its title"),
    ],
)
def test_one_item_fits(name: str, item: Item, by: str) -> None:
    match = Matcher(ITEMS).match(PurePath("/somewhere") / name)
    assert (match.item, match.by) == (item, by)


@pytest.mark.parametrize("name", ["TOY-5.jpg", "IMG_4471.jpg", "lamp.jpg", "....jpg", "cafe.jpg"])
def test_no_item_fits(name: str) -> None:
    assert Matcher(ITEMS).match(name) == Match()


def test_two_items_fit_and_nobody_guesses() -> None:
    match = Matcher(ITEMS).match("harbour-mug.jpg")
    assert match.items == (MUG, BLUE_MUG)
    assert match.item is None


def test_one_sku_twice_is_asked() -> None:
    twice = (Item("1", "A", "X-1"), Item("2", "B", "X-1"))
    assert Matcher(twice).match("x-1.jpg").items == twice


def test_exact_goes_before_fuzzy() -> None:
    whole, start = Item("1", "Lamp"), Item("2", "Lamp red")
    assert Matcher((start, whole)).match("lamp.jpg").item == whole
    assert Matcher((start, whole)).match("lamp red.jpg").item == start


def test_items_without_names_are_never_found() -> None:
    assert Matcher([Item("1", "", ""), Item("2", "…", "—")]).match("-.jpg") == Match()


def test_words() -> None:
    assert words("TOY-50_(2)") == "toy 50 2"
    assert words("  Straße  ") == "strasse"
    assert words("鋳鉄のフライパン") == "鋳鉄のフライパン"
    assert words("!!!") == ""


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("iron-teapot_2.jpg", "Iron teapot"),
        ("HP lamp.png", "HP lamp"),
        ("2024.jpg", "2024"),
        ("___.jpg", "Untitled"),
        ("鋳鉄.jpg", "鋳鉄"),
        ("caf\udce9.jpg", "Caf"),
        ("a" * 251 + ".jpg", "A" + "a" * 199),
    ],
)
def test_a_title_from_a_file_name(name: str, title: str) -> None:
    assert title_from(name) == title
