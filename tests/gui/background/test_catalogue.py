"""Searching the catalogue while typing."""

from __future__ import annotations

import pytest

from uploader.background.catalogue import FOUND, Catalogue
from uploader.domain.rules import DEFAULT_RULES, RuleKind, switched
from uploader.domain.stores import Item, Page
from uploader.domain.trial import Setup

TOY, RINGS = Item("3", "Wooden blocks", "TOY-50"), Item("8", "Rings, wooden", "TOY-51")


@pytest.fixture
def catalogue():
    made = Catalogue()
    made.take([RINGS, TOY])
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("toy", [RINGS, TOY]), ("wooden", [TOY, RINGS]), ("toy50", [TOY]), ("TOY 51 wood", [RINGS]),
        ("", [RINGS, TOY]), ("lamp", []),
    ],
)  # fmt: skip
def test_every_word_counts_and_beginnings_stand_first(catalogue, query, found):
    assert catalogue.find(query) == found


def test_no_more_than_a_person_looks_through(catalogue):
    catalogue.take([Item(str(n), f"Lamp {n}") for n in range(200)])
    assert len(catalogue.find("lamp")) == FOUND


class Shop:
    """A store's list of items, two to a page, and what was asked of it."""

    def __init__(self, *items: Item, as_of: str = "7") -> None:
        self.items_, self.as_of = list(items), as_of
        self.changed: list[Item] = []
        self.asked: list[str] = []

    def items(self, query: str = "", page: str = "", since: str = "") -> Page[Item]:
        self.asked.append(f"{since}/{page}")
        shown = self.changed if since else self.items_
        start = int(page or 0)
        more = str(start + 2) if start + 2 < len(shown) else ""
        return Page(tuple(shown[start : start + 2]), more, len(self.items_), self.as_of)


MANY = [Item(str(n), f"Lamp {n}") for n in range(5)]


def test_it_is_read_page_by_page_and_then_by_its_changes():
    catalogue, shop = Catalogue(), Shop(*MANY)
    assert catalogue.fetch(shop) == 5
    assert shop.asked == ["/", "/2", "/4"]
    new, changed = Item("9", "New lamp"), Item("2", "Green lamp", images=3)
    shop.items_ += [new]
    shop.changed, shop.as_of, shop.asked = [changed, new], "9", []
    assert catalogue.fetch(shop) == 6
    assert shop.asked == ["7/"]
    assert catalogue.items == (*MANY[:2], changed, *MANY[3:], new)
    assert catalogue.matcher is not None
    assert catalogue.matcher.match("green-lamp.jpg").item == changed
    shop.changed, shop.asked = [], []
    before = catalogue.matcher
    assert catalogue.fetch(shop) == 6
    assert shop.asked == ["9/"]
    assert catalogue.matcher is before


def test_a_deleted_item_is_noticed_by_the_number_of_all():
    catalogue, shop = Catalogue(), Shop(*MANY)
    catalogue.fetch(shop)
    del shop.items_[1]
    shop.asked = []
    assert catalogue.fetch(shop) == 4
    assert shop.asked == ["7/", "/", "/2"]
    assert MANY[1] not in catalogue.items


def test_a_store_that_cant_tell_is_read_in_full():
    catalogue, shop = Catalogue(), Shop(*MANY, as_of="")
    catalogue.fetch(shop)
    shop.asked = []
    catalogue.fetch(shop)
    assert shop.asked == ["/", "/2", "/4"]


def test_other_rules_hold_for_what_is_known(catalogue):
    assert catalogue.matcher is not None
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU
    catalogue.use(Setup(switched(DEFAULT_RULES, RuleKind.SKU, False)))
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU_START
    catalogue.take([TOY])
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU_START
