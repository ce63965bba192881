"""Profiles are read whatever has become of the setting that holds them."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from uploader.background.profiles import Profile, Profiles, store_names

SHOP = Profile("shop", "https://shop.example", "anna@shop.example", "Harbour")
FAIR = Profile("fair", "https://fair.example", "ben@fair.example", "Fair")


class Kept:
    """Settings in memory."""

    def __init__(self, **values: str) -> None:
        self.values = values

    def get_setting(self, key: str, default: str = "") -> str:
        return self.values.get(key, default)

    def set_setting(self, key: str, value: str) -> None:
        self.values[key] = value


@pytest.mark.parametrize(
    "damaged",
    ["[{", "null", "7", '"shop"', "{}", '[null, 3, "x", []]', '[{"name": "shop"}]', "\0",
     "[" * 9999, '[{"name": 1, "address": null, "email": []}]'],
)  # fmt: skip
def test_a_damaged_setting_is_no_profile(damaged):
    kept = Kept(profiles=damaged, profile="shop")
    profiles = Profiles(kept)
    assert (profiles.all(), profiles.current(), profiles.named("shop")) == ([], None, None)
    assert store_names(damaged) == {}
    # Signing in anew mends it.
    profiles.use(SHOP)
    assert (profiles.all(), profiles.current()) == ([SHOP], SHOP)


def test_one_that_makes_no_sense_costs_no_other():
    stored = json.dumps([asdict(SHOP), {"name": "x"}, {**asdict(FAIR), "colour": "red"}])
    assert Profiles(Kept(profiles=stored)).all() == [SHOP, FAIR]
    assert store_names(stored) == {"shop": "Harbour", "fair": "Fair"}


def test_who_reads_may_change_the_list():
    stored = json.dumps([asdict(SHOP)])
    Profiles(Kept(profiles=stored)).all().clear()
    assert Profiles(Kept(profiles=stored)).all() == [SHOP]
