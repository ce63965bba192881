from __future__ import annotations

import random
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.domain.matching import Match, Matcher
from uploader.domain.name_list import NameList
from uploader.domain.names import words
from uploader.domain.rules import DEFAULT_RULES, Rule, RuleKind, switched
from uploader.domain.stores import Item

SKU, TITLE, SKU_START = RuleKind.SKU, RuleKind.TITLE, RuleKind.SKU_START
TITLE_START, FOLDER, LIST = RuleKind.TITLE_START, RuleKind.FOLDER, RuleKind.LIST

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
SECOND_TOY = Item("8", "Wooden rings", "TOY-50-2")


@pytest.mark.parametrize(
    ("name", "item", "rule", "position"),
    [
        ("HP-1022.jpg", TEAPOT, SKU, None),
        ("hp_1022.JPG", TEAPOT, SKU, None),
        ("HP 1022-2.jpg", TEAPOT, SKU, 2),
        ("TOY-50_2.jpg", TOY, SKU, 2),
        ("toy 50 (3).JPG", TOY, SKU, 3),
        ("TOY-50_003.jpg", TOY, SKU, 3),
        ("TOY-50_0.jpg", TOY, SKU, None),
        ("TOY-50_2_4.jpg", TOY, SKU, 4),
        ("TOY-50_4471.jpg", TOY, SKU_START, None),
        ("TOY-50_front_2.jpg", TOY, SKU_START, 2),
        ("HP-2041_lamp-terra.jpg", LAMP, SKU_START, None),
        ("cast-iron teapot 1 l.png", TEAPOT, TITLE, None),
        ("Terracotta-Table-Lamp (3).jpg", LAMP, TITLE, 3),
        ("terracotta table lamp at night.jpg", LAMP, TITLE_START, None),
        ("terracotta.jpg", LAMP, TITLE_START, None),
        ("terracotta table 5.jpg", LAMP, TITLE_START, 5),
        ("TOY-50.jpg", TOY, SKU, None),
        ("TOY-501.jpg", BIG_TOY, SKU, None),
        ("blocks/wooden blocks_03.jpg", TOY, TITLE, 3),
        ("wooden train 12.jpg", BIG_TOY, TITLE, 12),
        ("cafe\u0301 sign.jpg", CAFE, TITLE, None),
        ("toy 50/IMG_4471.jpg", TOY, FOLDER, None),
        ("TOY-50/2.jpg", TOY, FOLDER, 2),
        ("TOY-50/HP-1022.jpg", TEAPOT, SKU, None),
    ],
)
def test_one_item_fits(name, item, rule, position):
    match = Matcher(ITEMS).match(PurePath("/somewhere") / name)
    assert (match.item, match.rule, match.position) == (item, rule, position)


@pytest.mark.parametrize(
    "name",
    ["TOY-5.jpg", "TOY50-3.jpg", "TOY-5012.jpg", "IMG_4471.jpg", "lamp.jpg", "....jpg",
     "cafe.jpg", "TOY-50/front/IMG_4471.jpg"],
)  # fmt: skip
def test_no_item_fits(name):
    assert Matcher(ITEMS).match(name) == Match()


def test_two_items_fit_and_nobody_guesses():
    match = Matcher(ITEMS).match("harbour-mug.jpg")
    assert match.items == (MUG, BLUE_MUG)
    assert (match.item, match.position) == (None, None)


def test_one_sku_twice_is_asked():
    twice = (Item("1", "A", "X-1"), Item("2", "B", "X-1"))
    assert Matcher(twice).match("x-1.jpg").items == twice


def test_exact_goes_before_fuzzy():
    whole, start = Item("1", "Lamp"), Item("2", "Lamp red")
    assert Matcher((start, whole)).match("lamp.jpg").item == whole
    assert Matcher((start, whole)).match("lamp red.jpg").item == start
    code = Item("3", "Something", "LAMP")
    assert Matcher((start, code)).match("lamp-red.jpg").item == start


@pytest.mark.parametrize(
    ("name", "items", "position"),
    [
        ("TOY-50-2.jpg", (SECOND_TOY,), None),
        ("toy-50-2.jpg", (SECOND_TOY,), None),
        ("TOY-50_2.jpg", (TOY, SECOND_TOY), None),
        ("toy 50 (2).jpg", (TOY, SECOND_TOY), None),
        ("TOY-50-2_1.jpg", (SECOND_TOY,), 1),
        ("TOY-50_3.jpg", (TOY,), 3),
        ("TOY-50-2 front.jpg", (SECOND_TOY,), None),
        ("TOY-50_2_front.jpg", (TOY, SECOND_TOY), None),
    ],
)
def test_a_counter_that_may_belong_to_a_sku_is_asked(name, items, position):
    match = Matcher((*ITEMS, SECOND_TOY)).match(name)
    assert (match.items, match.position) == (items, position)


def test_items_without_names_are_never_found():
    assert Matcher([Item("1", "", ""), Item("2", "…", "—")]).match("-.jpg") == Match()


def test_rules_are_asked_in_their_order_and_only_if_on():
    def found(*kinds: RuleKind) -> Item | None:
        return Matcher(ITEMS, tuple(map(Rule, kinds))).match("TOY-50/wooden-train.jpg").item

    assert found(FOLDER, TITLE) == TOY
    assert found(TITLE, FOLDER) == BIG_TOY
    assert found(SKU, SKU_START) is None
    assert Matcher(ITEMS, switched(DEFAULT_RULES, SKU, False)).match("TOY-50.jpg").rule is SKU_START


def test_the_persons_list_goes_first():
    names = NameList("names.csv", (("IMG_4471.jpg", "hp 2041"), ("TOY-50.jpg", "TOY-501")))
    matcher = Matcher(ITEMS, names=names)
    assert matcher.match("IMG_4471.JPG").item == LAMP
    assert matcher.match("img_4471.heic").rule is LIST
    assert matcher.match("TOY-50.jpg").item == BIG_TOY
    assert matcher.match("TOY-50_2.jpg").item == TOY


def test_nothing_is_guessed_against_the_list():
    names = NameList("names.csv", (("TOY-50.jpg", "GONE-1"), ("b.jpg", "TOY-50"), ("b", "HP-1022")))
    assert Matcher(ITEMS, names=names).match("TOY-50.jpg") == Match()
    assert Matcher(ITEMS, names=names).match("b.jpg").item == TOY
    twice = NameList("", (("b", "TOY-50"), ("b", "HP-1022"), ("b", "TOY-50")))
    assert Matcher(ITEMS, names=twice).match("b.jpg").items == (TEAPOT, TOY)


# ---- what holds whatever the names are
_PART = st.sampled_from(["toy", "TOY", "50", "501", "5", "2", "02", "lamp", "Lamp", "red", "é"])
_GAP = st.sampled_from(["-", "_", " ", " (", "."])
_NAME = st.lists(st.tuples(_PART, _GAP), min_size=1, max_size=4).map(
    lambda parts: "".join(part + gap for part, gap in parts).rstrip("-_ (.")
)
_CATALOGUE = st.lists(st.tuples(_NAME, _NAME), max_size=8).map(
    lambda rows: [Item(str(n), title, sku) for n, (sku, title) in enumerate(rows)]
)
_FILE = _NAME.map(lambda name: f"{name}.jpg")


@given(_CATALOGUE, _FILE)
def test_a_skus_words_are_whole_words_of_the_name(items, name):
    for rules in (SKU, SKU_START):
        for item in Matcher(items, (Rule(rules),)).match(name).items:
            assert f"{words(PurePath(name).stem)} ".startswith(f"{words(item.sku)} ")


@given(_CATALOGUE, _FILE, st.randoms(use_true_random=False))
def test_the_catalogues_order_changes_nothing(items, name, chance: random.Random):
    other = list(items)
    chance.shuffle(other)
    assert Matcher(items).match(name) == Matcher(other).match(name)


@given(_CATALOGUE, _FILE)
def test_an_item_that_has_nothing_to_do_with_the_name_changes_nothing(items, name):
    other = Item("new", "zzz", "zzz")
    assert Matcher(items).match(name) == Matcher([*items, other]).match(name)


@given(_CATALOGUE, _NAME)
def test_case_never_matters(items, name):
    matcher = Matcher(items)
    assert matcher.match(f"{name.upper()}.JPG") == matcher.match(f"{name.lower()}.jpg")


@given(_CATALOGUE, _FILE)
def test_a_position_counts_from_one_and_stands_in_the_name(items, name):
    match = Matcher(items).match(name)
    if match.position is not None:
        assert match.item is not None
        assert int(words(PurePath(name).stem).split()[-1]) == match.position > 0
