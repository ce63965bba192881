"""The windows of the rules and of new items."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gui_fakes import make_photo
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from uploader.domain.matching import Matcher
from uploader.domain.name_list import NameList
from uploader.domain.rules import DEFAULT_RULES, RuleKind, switched
from uploader.domain.stores import Item
from uploader.domain.trial import Setup, Trial, try_out
from uploader.engine.name_list import ReadList
from uploader.ui.matching.new_items_model import by_title
from uploader.ui.matching.words import sentence_of, title_of

TOY = Item("3", "Wooden blocks", "TOY-50")
RINGS = Item("8", "Wooden rings", "TOY-50-2")


def named(number, name, **more):
    photo = make_photo(number, **{"item": None, **more})
    return replace(photo, path=Path("/photos") / name)


PHOTOS = [named(1, "TOY-50_3.jpg"), named(2, "wooden.jpg"), named(3, "x.jpg"), make_photo(4)]


@pytest.fixture
def rules(window, desk, qtbot):
    matcher = Matcher((TOY, RINGS))
    desk.try_matching = lambda setup: desk.matching_tried.emit(
        try_out(PHOTOS, setup, Matcher(matcher.index, setup.rules, setup.names))
    )
    window.matching.open_rules()
    dialog = window.matching.rules
    desk.matching_told.emit(Setup())
    qtbot.waitUntil(lambda: dialog.trial.rowCount() == 4)
    return dialog


def cells(dialog):
    model = dialog.trial
    return [
        tuple(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
    ]


def test_every_rule_says_what_it_does():
    for kind in RuleKind:
        assert title_of(kind)
        assert sentence_of(kind).endswith((".", "asked."))


def test_it_shows_what_the_rules_would_do(rules):
    assert rules.counts.text() == "4 photos: 2 matched, 1 ambiguous, 1 fits nothing"
    assert cells(rules) == [
        ("wooden.jpg", "2 items fit", "title at its start"),
        ("x.jpg", "Fits nothing", ""),
        ("TOY-50_3.jpg", "Wooden blocks · TOY-50", "SKU, place 3"),
        ("photo-00004.jpg", "Item 4", "stays as it is"),
    ]


def test_space_switches_and_the_preview_follows(rules, desk, qtbot):
    rules.view.setCurrentIndex(rules.rules.index(1))
    QTest.keyClick(rules.view, Qt.Key.Key_Space)
    assert [rule.kind for rule in rules.setup().rules if not rule.on] == [RuleKind.SKU]
    qtbot.waitUntil(lambda: cells(rules)[2][2] == "SKU at its start, place 3")
    assert desk.named("keep_matching") == []


def test_a_click_on_the_box_switches_and_beside_it_only_chooses(rules):
    where = rules.view.visualRect(rules.rules.index(2))
    box = where.topLeft() + rules.view.itemDelegate().box_rect(where).center() - where.topLeft()
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(rules.view.viewport(), button, pos=where.center())
    assert rules.setup().rules == DEFAULT_RULES
    QTest.mouseClick(rules.view.viewport(), button, pos=box)
    assert not rules.setup().rules[2].on


def test_rules_move_by_key_and_button(rules):
    rules.view.setCurrentIndex(rules.rules.index(1))
    QTest.keyClick(rules.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [rule.kind for rule in rules.setup().rules[:2]] == [RuleKind.SKU, RuleKind.LIST]
    assert rules.view.currentIndex().row() == 0
    assert not rules.up.isEnabled()
    rules.down.click()
    assert rules.setup().rules == DEFAULT_RULES
    assert not rules.usual.isEnabled()


def test_saving_keeps_and_cancelling_does_not(rules, desk):
    rules.rules.switch(5)
    rules.save.click()
    assert desk.named("keep_matching") == [
        (Setup(switched(DEFAULT_RULES, RuleKind.FOLDER, False)),)
    ]


def test_cancelling_keeps_nothing(rules, desk):
    rules.rules.switch(5)
    rules.cancel.click()
    assert desk.named("keep_matching") == []


def test_the_usual_rules_come_back(rules):
    rules.rules.switch(0)
    rules.usual.click()
    assert rules.setup().rules == DEFAULT_RULES


def test_a_list_is_read_used_and_removed(rules, desk, qtbot):
    names = NameList("names.csv", (("x.jpg", "TOY-50-2"),))
    desk.names_read.emit(ReadList(names, ("Line 3 has no SKU.",)))
    assert rules.list_name.text() == "names.csv"
    assert rules.list_note.text() == "Line 3 has no SKU."
    qtbot.waitUntil(lambda: ("x.jpg", "Wooden rings · TOY-50-2", "your list") in cells(rules))
    rules.drop_list.click()
    assert rules.setup().names == NameList()
    assert rules.list_name.text() == "None chosen"


def test_a_list_that_cant_be_read_leaves_the_one_there_is(rules, desk):
    desk.names_read.emit(ReadList(NameList("a.csv", (("x.jpg", "TOY-50"),))))
    desk.names_read.emit(ReadList(NameList("b.csv"), ("b.csv can’t be read.",)))
    assert rules.setup().names.source == "a.csv"
    assert rules.list_note.text() == "b.csv can’t be read."


def test_without_a_catalogue_it_says_so(rules, desk):
    desk.matching_tried.emit(Trial(rules.setup(), (), False))
    assert rules.counts.text() == "The store’s items aren’t known yet. Sign in first."


def test_an_answer_to_an_older_question_is_ignored(rules, desk):
    desk.matching_tried.emit(Trial(Setup(DEFAULT_RULES[:1]), ()))
    assert len(cells(rules)) == 4


def test_rules_are_spoken_with_their_state(rules):
    index = rules.rules.index(1)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert "second photo" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert rules.rules.rowCount(index) == 0
    assert rules.rules.data(QModelIndex()) is None


# ---- new items
MANY = [named(1, "mug.jpg"), named(2, "mug_2.jpg"), named(3, "old lamp.jpg"), make_photo(4)]


@pytest.fixture
def new_items(window, desk, qtbot):
    window.matching.open_new_items(MANY[:3])
    return window.matching.new_items


def test_names_that_differ_by_counters_share_an_item():
    assert [(title, len(photos)) for title, photos in by_title(MANY[:3])] == [
        ("Mug", 2), ("Old lamp", 1),
    ]  # fmt: skip


def test_each_name_gets_its_item(new_items, desk):
    assert new_items.use.text() == "Use 2 new items"
    new_items.use.click()
    mug, lamp = Item("", "Mug"), Item("", "Old lamp")
    assert desk.named("choose_items") == [({1: mug, 2: mug, 3: lamp},)]


def test_one_for_all_with_another_title(new_items, desk):
    new_items.one.click()
    index = new_items.model.index(0, 0)
    assert new_items.model.setData(index, "  Kitchen things ")
    assert not new_items.model.setData(index, "   ")
    assert new_items.use.text() == "Use 1 new item"
    new_items.use.click()
    assert desk.named("choose_items") == [
        ({n: Item("", "Kitchen things") for n in (1, 2, 3)},)
    ]  # fmt: skip


def test_nothing_happens_before_it_is_confirmed(new_items, desk):
    new_items.cancel.click()
    assert desk.named("choose_items") == []


def test_the_menus_lead_there(window, desk, qtbot):
    menu = window.toolbar.more.menu()
    texts = {action.text(): action for action in menu.actions()}
    menu.aboutToShow.emit()
    assert not texts["Find items one by one…"].isEnabled()
    desk.reset.emit(PHOTOS)
    menu.aboutToShow.emit()
    assert texts["Find items one by one…"].isEnabled()
    texts["Match again"].trigger()
    assert desk.named("match_again") == [()]
    store = window.toolbar.store.menu()
    store.aboutToShow.emit()
    assert "Matching…" in [action.text() for action in store.actions()]
