"""Searching the catalogue while typing."""

from __future__ import annotations

import pytest

from uploader.background.catalogue import FOUND, Catalogue
from uploader.domain.rules import DEFAULT_RULES, RuleKind, switched
from uploader.domain.stores import Item
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


def test_other_rules_hold_for_what_is_known(catalogue):
    assert catalogue.matcher is not None
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU
    catalogue.use(Setup(switched(DEFAULT_RULES, RuleKind.SKU, False)))
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU_START
    catalogue.take([TOY])
    assert catalogue.matcher.match("TOY-50.jpg").rule is RuleKind.SKU_START
