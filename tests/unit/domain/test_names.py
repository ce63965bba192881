from __future__ import annotations

import pytest

from uploader.domain.name_list import NameIndex, NameList
from uploader.domain.names import title_from, words
from uploader.domain.rules import DEFAULT_RULES, Rule, RuleKind, complete, moved, switched


def test_words():
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
def test_a_title_from_a_file_name(name, title):
    assert title_from(name) == title


def test_every_rule_stands_once():
    assert complete(()) == DEFAULT_RULES
    off = Rule(RuleKind.FOLDER, False)
    found = complete((off, Rule(RuleKind.FOLDER), Rule(RuleKind.SKU)))
    assert off in found
    assert len(found) == len(RuleKind)
    assert [rule.kind for rule in found].index(RuleKind.FOLDER) < [
        rule.kind for rule in found
    ].index(RuleKind.SKU)


def test_rules_move_and_switch():
    up = moved(DEFAULT_RULES, 1, -1)
    assert [rule.kind for rule in up[:2]] == [RuleKind.SKU, RuleKind.LIST]
    assert moved(DEFAULT_RULES, 0, -1) == DEFAULT_RULES
    assert moved(DEFAULT_RULES, len(DEFAULT_RULES) - 1, 1) == DEFAULT_RULES
    assert [r.kind for r in switched(DEFAULT_RULES, RuleKind.SKU, False) if not r.on] == [
        RuleKind.SKU
    ]


def test_a_list_finds_names_however_they_are_written():
    from pathlib import PurePath

    index = NameIndex(NameList("", (
        ("IMG_1.jpg", "A"), ("IMG_1.heic", "B"), (r"C:\photos\IMG_2.HEIC", "C"), ("img_3", "D"),
        ("v2.final", "E"),
    )))  # fmt: skip

    def skus(name: str) -> list[str] | None:
        return index.skus(PurePath("/photos") / name)

    assert skus("IMG_1.jpg") == ["A"]
    assert skus("img_1.png") == ["A", "B"]
    assert skus("IMG_2.jpg") == ["C"]
    assert skus("IMG_3.JPEG") == ["D"]
    assert skus("v2.final.jpg") == ["E"]
    assert skus("v2.jpg") is None
