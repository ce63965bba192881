"""Rules and lists are kept, and matching again never overrides the person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from uploader.domain.matching import Matcher
from uploader.domain.name_list import NameList
from uploader.domain.rules import DEFAULT_RULES, RuleKind, moved, switched
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.trial import Outcome, Setup, try_out
from uploader.engine import edit
from uploader.engine.matching import load_setup, match_again, note_choices, save_setup

TOY, RINGS = Item("3", "Wooden blocks", "TOY-50"), Item("8", "Wooden rings", "TOY-50-2")
ITEMS = Matcher((TOY, RINGS))


@pytest.fixture
def named(outbox, make):
    def made(name: str, **more):
        photo = make(State.READY, **{"item": None, **more})
        return outbox.change(photo.id, path=Path("/photos") / name)

    return made


def test_a_setup_is_kept_for_each_profile(outbox):
    rules = moved(switched(DEFAULT_RULES, RuleKind.FOLDER, False), 0, 1)
    setup = Setup(rules, NameList("naïve.csv", (("a.jpg", "A"), ("ü.jpg", "B"))))
    save_setup(outbox, "shop", setup)
    assert load_setup(outbox, "shop") == setup
    assert load_setup(outbox, "other") == Setup()


@pytest.mark.parametrize("text", ["x", "[]", '{"rules": 1}', '{"rules": [["sku"]]}'])
def test_what_cant_be_read_gives_the_usual_rules(outbox, text):
    outbox.set_setting("matching:shop", text)
    assert load_setup(outbox, "shop") == Setup()


def test_a_rule_of_a_later_version_is_left_out(outbox):
    said = '{"rules": [["colour", true], ["sku", false]], "source": "", "rows": []}'
    outbox.set_setting("matching:shop", said)
    off = [rule.kind for rule in load_setup(outbox, "shop").rules if not rule.on]
    assert off == [RuleKind.SKU]


def test_matching_finds_the_place_too(outbox, named):
    photo = named("TOY-50_3.jpg")
    assert match_again(outbox, "shop", ITEMS, ask_again=False) == 1
    found = outbox.photo(photo.id)
    assert (found.item, found.position) == (TOY, 3)


def test_a_place_that_was_given_stays(outbox, named):
    photo = named("TOY-50_3.jpg")
    outbox.change(photo.id, position=1)
    match_again(outbox, "shop", ITEMS, ask_again=False)
    assert outbox.photo(photo.id).position == 1


def test_what_the_person_chose_stays(outbox, named):
    other = Item("9", "Other", "O-1")
    chosen, left = named("TOY-50.jpg", item=other), named("TOY-50_1.jpg")
    edit.choose_items(outbox, {left.id: None})
    note_choices(outbox, left_open=[left.id], chosen=[])
    assert match_again(outbox, "shop", ITEMS, ask_again=True) == 0
    assert outbox.photo(chosen.id).item == other
    assert outbox.photo(left.id).item is None
    note_choices(outbox, left_open=[], chosen=[left.id])
    assert match_again(outbox, "shop", ITEMS, ask_again=True) == 1


def test_asked_photos_are_asked_again_only_where_wanted(outbox, named):
    photo = named("TOY-50.jpg", candidates=(TOY, RINGS))
    assert match_again(outbox, "shop", ITEMS, ask_again=False) == 0
    assert match_again(outbox, "shop", ITEMS, ask_again=True) == 1
    assert outbox.photo(photo.id).candidates == ()


def test_what_fits_nothing_any_more_offers_nothing(outbox, named):
    photo = named("lamp.jpg", candidates=(TOY, RINGS))
    match_again(outbox, "shop", ITEMS, ask_again=True)
    assert outbox.photo(photo.id).candidates == ()


def test_photos_that_left_the_list_are_forgotten(outbox, named):
    photo = named("a.jpg")
    note_choices(outbox, left_open=[photo.id, 999], chosen=[])
    assert outbox.get_setting("left-open") == f"[{photo.id}]"


def test_a_trial_changes_nothing_and_counts_all(outbox, named):
    photos = [
        named("TOY-50.jpg"), named("toy 50 2.jpg"), named("lamp.jpg"), named("b.jpg", item=TOY),
        replace(named("c.jpg"), state=State.CANCELLED),
    ]  # fmt: skip
    trial = try_out(photos, Setup(), ITEMS)
    assert [one.outcome for one in trial.tried] == [
        Outcome.MATCHED, Outcome.AMBIGUOUS, Outcome.NOTHING, Outcome.KEPT,
    ]  # fmt: skip
    assert trial.count(Outcome.MATCHED, Outcome.KEPT) == 2
    assert not try_out(photos, Setup(), None).is_known
    assert outbox.photo(photos[0].id).item is None


@pytest.mark.parametrize(
    ("name", "item", "position"),
    [
        ("IMG_12.jpg", TOY, 12), ("IMG_4471.jpg", TOY, None), ("TOY-50.jpg", TOY, None),
        ("TOY-50-2.jpg", RINGS, None), ("TOY-50-2_7.jpg", RINGS, 7),
        ("wooden rings 3.jpg", RINGS, 3),
        ("lamp 28.jpg", Item("", "Lamp 28"), None),
    ],
)  # fmt: skip
def test_a_chosen_item_gets_the_names_counter_as_place(outbox, named, name, item, position):
    photo = named(name)
    edit.choose_item(outbox, [photo.id], item)
    assert outbox.photo(photo.id).position == position


def test_each_photo_its_own_item(outbox, named):
    one, two = named("a.jpg"), named("b.jpg")
    edit.choose_items(outbox, {one.id: Item("", "A"), two.id: Item("", "B")})
    assert [outbox.photo(photo.id).item.title for photo in (one, two)] == ["A", "B"]
