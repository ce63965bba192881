"""From one photo without an item to the next, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gui_fakes import make_photo
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.ui.models.choices import CHOICE
from uploader.ui.triage.round import Round, Scope

BLUE = Item("1042", "Harbour mug, blue", "HP-1042")
SAND = Item("1043", "Harbour mug, sand", "HP-1043", images=1)
LAMP = Item("7", "Table lamp", "HP-7")


def asking(number, name, folder="/photos", **more):
    photo = make_photo(number, item=None, name=name, **more)
    return replace(photo, path=Path(folder) / name)


PHOTOS = [
    make_photo(1),
    asking(2, "harbour-mug.jpg", candidates=(BLUE, SAND)),
    asking(3, "harbour-mug_2.jpg", "/photos/more"),
    asking(4, "lamp.jpg"),
    asking(5, "IMG_4471.jpg"),
]


@pytest.fixture
def triage(window, desk, qtbot):
    desk.reset.emit(PHOTOS)
    window.matching.open_triage()
    return window.matching.triage.dialog


def press(dialog, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(dialog.focusWidget(), key, modifiers)


def offered(dialog):
    model = dialog.panel.choices
    return [model.index(row).data(CHOICE).item for row in range(model.rowCount())]


def test_it_begins_with_the_first_that_asks(triage):
    assert triage.question.text() == "Which item is harbour-mug.jpg?"
    assert triage.place.text() == "1 of 4"
    assert offered(triage) == [BLUE, SAND, Item("", "Harbour mug"), None]
    assert not triage.panel.view.currentIndex().isValid()


def test_a_number_chooses_and_goes_on(triage, desk):
    press(triage, Qt.Key.Key_2)
    assert desk.named("choose_item") == [([2], SAND)]
    assert triage.round.current.id == 3
    assert triage.place.text() == "2 of 4"


def test_a_number_without_an_item_does_nothing(triage, desk):
    press(triage, Qt.Key.Key_3)
    assert desk.named("choose_item") == []
    assert triage.round.current.id == 2


def test_enter_takes_the_first_or_where_the_arrows_went(triage, desk):
    press(triage, Qt.Key.Key_Return)
    assert desk.named("choose_item") == [([2], BLUE)]
    press(triage, Qt.Key.Key_Backspace)
    press(triage, Qt.Key.Key_Down)
    press(triage, Qt.Key.Key_Down)
    press(triage, Qt.Key.Key_Return)
    assert desk.named("choose_item")[-1] == ([2], SAND)


def test_enter_never_takes_what_nobody_sees(triage, desk):
    press(triage, Qt.Key.Key_S)
    desk.items_found.emit("harbour mug", [])
    desk.items_found.emit("harbour", [])
    press(triage, Qt.Key.Key_Return)
    assert desk.named("choose_item") == []


def test_names_that_fit_nothing_are_looked_for_by_their_words(triage, desk):
    press(triage, Qt.Key.Key_S)
    assert desk.named("find_items")[-1] == ("harbour mug",)
    desk.items_found.emit("harbour mug", [])
    assert desk.named("find_items")[-1] == ("harbour",)
    desk.items_found.emit("harbour mug", [LAMP])
    assert offered(triage)[0] != LAMP
    desk.items_found.emit("harbour", [BLUE])
    press(triage, Qt.Key.Key_1)
    assert desk.named("choose_item") == [([3], BLUE)]


def test_skipping_leaves_it_and_the_end_offers_them_again(triage, desk):
    for _ in range(4):
        press(triage, Qt.Key.Key_S)
    assert desk.named("choose_item") == []
    assert triage.pages.currentIndex() == 1
    assert triage.done_title.text() == "4 photos have no item yet"
    triage.again.click()
    assert triage.round.current.id == 2


def test_a_goes_on_to_all_of_the_name_and_of_the_folder(triage, desk):
    press(triage, Qt.Key.Key_A)
    assert triage.scopes.scope is Scope.STEM
    press(triage, Qt.Key.Key_A)
    assert triage.scopes.scope is Scope.FOLDER
    press(triage, Qt.Key.Key_A)
    assert triage.scopes.scope is Scope.ONE
    press(triage, Qt.Key.Key_A)
    press(triage, Qt.Key.Key_1)
    assert desk.named("choose_item") == [([2, 3], BLUE)]
    assert triage.round.current.id == 4
    # The next one begins with itself alone again.
    assert triage.scopes.scope is Scope.ONE


def test_all_of_the_folder(triage, desk):
    press(triage, Qt.Key.Key_A)
    press(triage, Qt.Key.Key_A)
    press(triage, Qt.Key.Key_2)
    assert desk.named("choose_item") == [([2, 4, 5], SAND)]
    assert triage.round.current.id == 3


def test_n_makes_a_new_item_from_the_name(triage, desk):
    press(triage, Qt.Key.Key_N)
    assert desk.named("choose_item") == [([2], Item("", "Harbour mug"))]


def test_no_new_item_where_the_store_makes_none(triage, desk):
    desk.capabilities = replace(desk.capabilities, new_items=False)
    press(triage, Qt.Key.Key_N)
    assert desk.named("choose_item") == []


def test_a_letter_begins_a_search_and_digits_are_typed_in_it(triage, desk, qtbot):
    press(triage, Qt.Key.Key_L)
    field = triage.panel.field
    assert (field.hasFocus(), field.text()) == (True, "l")
    QTest.keyClicks(field, "amp1")
    qtbot.waitUntil(lambda: desk.named("find_items")[-1:] == [("lamp1",)])
    assert desk.named("choose_item") == []
    desk.items_found.emit("lamp1", [LAMP])
    assert offered(triage) == [LAMP, Item("", "lamp1"), None]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.named("choose_item") == [([2], LAMP)]
    assert field.text() == ""
    assert triage.panel.view.hasFocus()


def test_a_capital_always_begins_a_search(triage, desk):
    for letter in "LASN":
        press(triage, letter, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(triage.focusWidget(), "a")
        assert (triage.panel.field.text(), triage.scopes.scope) == (f"{letter}a", Scope.ONE)
        press(triage, Qt.Key.Key_Escape)
    assert desk.named("choose_item") == []
    assert triage.round.current.id == 2


def test_keyboards_may_have_slash_and_digits_with_shift(triage, desk):
    press(triage, Qt.Key.Key_Slash, Qt.KeyboardModifier.ShiftModifier)
    assert triage.panel.field.hasFocus()
    press(triage, Qt.Key.Key_Escape)
    press(triage, Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    assert desk.named("choose_item") == [([2], SAND)]


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier]
)
def test_with_other_modifiers_no_key_is_taken(triage, desk, held):
    for key in ("s", "l", "2", "/"):
        press(triage, key, held)
    assert triage.panel.view.hasFocus()
    assert desk.named("choose_item") == []
    assert triage.round.current.id == 2


def test_enter_waits_for_the_search_that_was_typed(triage, desk, qtbot):
    press(triage, Qt.Key.Key_L)
    QTest.keyClick(triage.panel.field, Qt.Key.Key_Return)
    assert desk.named("choose_item") == []


def test_escape_leaves_the_search_before_it_leaves_the_window(triage, qtbot, window):
    press(triage, Qt.Key.Key_L)
    QTest.keyClick(triage.panel.field, Qt.Key.Key_Escape)
    assert triage.isVisible()
    assert offered(triage)[:2] == [BLUE, SAND]
    press(triage, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.matching.triage.dialog is None)


def test_what_the_desk_tells_is_followed(triage, desk):
    desk.changed.emit([replace(PHOTOS[1], item=BLUE)])
    assert triage.round.current.id == 2
    desk.removed.emit([2])
    assert triage.round.current.id == 3


def test_new_photos_join_and_the_end_says_so(triage, desk):
    for photo in PHOTOS[1:]:
        press(triage, Qt.Key.Key_N)
        desk.changed.emit([replace(photo, item=Item("", "x"))])
    assert triage.done_title.text() == "Every photo has its answer"
    assert not triage.again.isVisible()
    desk.changed.emit([asking(9, "late.jpg")])
    assert triage.round.current.id == 9


def test_the_large_photo_is_asked_for(triage, previews, monkeypatch):
    wanted = []
    monkeypatch.setattr(previews, "want_large", lambda photo: wanted.append(photo.id))
    press(triage, Qt.Key.Key_S)
    assert wanted == [3]


def test_a_round_of_thousands_is_cheap_and_complete():
    photos = {n: asking(n, f"IMG_{n:05}.jpg") for n in range(1, 3001)}
    round_ = Round(lambda: photos)
    round_.begin(1500)
    assert round_.current.id == 1500
    assert round_.scopes() == [(Scope.ONE, 1)]
    assert not round_.prepare(1000)
    assert round_.prepare(2000)
    assert round_.scopes() == [(Scope.ONE, 1), (Scope.FOLDER, 3000)]
    round_.answer(round_.in_scope(Scope.FOLDER))
    assert round_.current is None


def test_what_is_sent_meanwhile_isnt_asked(window, desk):
    desk.reset.emit([asking(2, "a.jpg", state=State.UPLOADING)])
    round_ = Round(lambda: window.model.ledger.photos)
    round_.begin()
    assert round_.current is None


# ---- the ways there
def test_the_link_beside_the_chips_leads_there(window, desk, qtbot):
    desk.reset.emit(PHOTOS[:2])
    assert not window.chips.asking.isVisible()
    desk.reset.emit(PHOTOS)
    assert window.chips.asking.text() == "4 need an item"
    assert window.chips.asking.isVisible()
    window.chips.asking.click()
    assert window.matching.triage.dialog is not None


def test_in_a_small_window_photo_and_items_share_the_room(triage, qtbot):
    for width, least, most in ((1080, 456, 456), (760, 320, 380)):
        triage.resize(width, 500)
        qtbot.waitUntil(lambda least=least, most=most: least <= triage.panel.width() <= most)
        assert triage.panel.mapTo(triage, triage.panel.rect().topRight()).x() < width
