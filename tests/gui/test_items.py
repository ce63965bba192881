"""Choosing the item that a photo belongs to."""

from dataclasses import replace

import pytest
from gui_fakes import ONLINE, make_photo
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from uploader.background.values import Bitmap, Link
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.ui.delegates.choice import shared_start
from uploader.ui.item_pictures import MOST, ItemPictures
from uploader.ui.models.choices import CHOICE
from uploader.ui.widgets.item_editor import ItemEditor

BLUE = Item("1042", "Harbour mug, blue", "HP-1042")
SAND = Item("1043", "Harbour mug, sand", "HP-1043", images=1)


def asking(number, **more):
    return make_photo(number, item=None, name=more.pop("name", "harbour-mug.jpg"), **more)


@pytest.fixture
def editor(window, desk):
    desk.reset.emit([make_photo(1), asking(2, candidates=(BLUE, SAND)), asking(3), make_photo(4)])
    window.list.edit_item(2)
    return window.list.findChild(ItemEditor)


def offered(editor):
    model = editor.popup.choices
    return [model.index(row).data(CHOICE) for row in range(model.rowCount())]


def test_nothing_is_preselected(editor, desk):
    assert editor.text() == "harbour-mug"
    assert not editor.popup.current().isValid()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.named("choose_item") == []


def test_what_is_typed_replaces_a_name_that_fits_nothing(window, desk):
    desk.reset.emit([asking(2, candidates=(BLUE, SAND)), asking(3, name="IMG_4471.jpg")])
    window.list.edit_item(3)
    QTest.keyClicks(window.list.findChild(ItemEditor), "lamp")
    assert window.list.findChild(ItemEditor).text() == "lamp"


def test_what_is_typed_goes_on_with_a_name_that_fits_several(editor):
    QTest.keyClicks(editor, " blue")
    assert editor.text() == "harbour-mug blue"


def test_the_popup_says_what_fits(editor):
    assert [choice.words for choice in offered(editor)] == [
        "Harbour mug, blue", "Harbour mug, sand",
        "Make a new item “Harbour mug”…", "Leave without an item",
    ]  # fmt: skip
    assert [choice.note for choice in offered(editor)][:2] == [
        "No image yet", "Has an image already"
    ]  # fmt: skip
    assert editor.popup.title.text() == "Which item is harbour-mug.jpg?"
    assert editor.popup.place.text() == "1 of 2"
    assert editor.popup.isVisible()


def test_arrows_move_and_enter_chooses(editor, desk, window, qtbot):
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.named("choose_item") == [([2], SAND)]
    qtbot.waitUntil(lambda: window.list.findChild(ItemEditor) is None)
    assert window.list.hasFocus()


def test_up_goes_round_to_leaving_it_without(editor, desk):
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.named("choose_item") == [([2], None)]


def test_a_new_item_takes_its_title_from_the_file(editor, desk):
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.named("choose_item") == [([2], Item("", "Harbour mug"))]


def test_escape_chooses_nothing(editor, desk, window, qtbot):
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.list.findChild(ItemEditor) is None)
    assert desk.named("choose_item") == []


def test_shift_enter_goes_to_the_next(editor, desk, window, qtbot):
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.named("choose_item") == [([2], BLUE)]
    qtbot.waitUntil(lambda: window.list.current().id == 3)
    qtbot.waitUntil(lambda: window.list.findChild(ItemEditor) not in (None, editor))


def test_shift_enter_passes_over_what_was_answered_along(window, desk, qtbot):
    desk.reset.emit([asking(1, candidates=(BLUE,)), asking(2), make_photo(3), asking(4)])
    for row in (0, 1):
        index = window.model.index(row)
        window.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    window.list.edit_item(1)
    editor = window.list.findChild(ItemEditor)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    ids, _item = desk.named("choose_item")[0]
    assert sorted(ids) == [1, 2]
    qtbot.waitUntil(lambda: window.list.current().id == 4)
    qtbot.waitUntil(lambda: window.list.findChild(ItemEditor) not in (None, editor))


@pytest.mark.parametrize("state", [State.UPLOADING, State.LIVE, State.REFUSED])
def test_the_item_of_what_is_sent_is_not_asked_for(window, desk, state):
    desk.reset.emit([make_photo(1, state=state)])
    window.list.edit_item(1)
    assert window.list.findChild(ItemEditor) is None


def test_typing_looks_in_the_catalogue(editor, desk, qtbot):
    editor.clear()
    QTest.keyClicks(editor, "lamp")
    qtbot.waitUntil(lambda: ("lamp",) in desk.named("find_items"))
    lamp = Item("7", "Table lamp", "HP-7")
    desk.items_found.emit("other", [SAND])
    desk.items_found.emit("lamp", [lamp])
    assert [choice.item for choice in offered(editor)] == [lamp, Item("", "lamp"), None]
    assert not editor.popup.current().isValid()


def test_a_click_chooses(editor, desk):
    view = editor.popup.view
    at = view.visualRect(editor.popup.choices.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.named("choose_item") == [([2], BLUE)]


def test_a_choice_is_for_all_selected_rows(window, desk):
    desk.reset.emit([make_photo(1), make_photo(2), asking(3, candidates=(BLUE,))])
    window.list.selectAll()
    window.list.edit_item(3)
    editor = window.list.findChild(ItemEditor)
    assert editor.popup.title.text() == "Which item are these 3 photos?"
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    ids, item = desk.named("choose_item")[0]
    assert (sorted(ids), item) == ([1, 2, 3], BLUE)


@pytest.mark.parametrize(
    ("title", "typed", "length"),
    [("Harbour mug, blue", "harbour-mug", 11), ("Lamp", "lam", 3), ("Lamp", "x", 0), ("L", "", 0)],
)
def test_what_was_typed_is_bold(title, typed, length):
    assert shared_start(title, typed) == length


# ---- the candidates' pictures
PICTURED = Item("1", "Harbour mug", "HP-1", images=1, thumb_url="https://shop/1.jpg")


@pytest.fixture
def pictured(window, desk):
    desk.reset.emit([asking(2, candidates=(PICTURED, BLUE))])
    window.list.edit_item(2)
    return window.list.findChild(ItemEditor)


def red_at(editor):
    """Tell whether the first candidate's box is painted red."""
    view = editor.popup.view
    box = view.visualRect(editor.popup.choices.index(0))
    colour = view.grab().toImage().pixelColor(box.x() + 36, box.y() + 34)
    return colour.red() > 200 and colour.green() < 60


def test_pictures_are_asked_for_when_painted_and_shown_when_they_come(pictured, desk, qtbot):
    assert not red_at(pictured)
    qtbot.waitUntil(lambda: desk.named("request_pictures") == [(["https://shop/1.jpg"],)])
    desk.item_picture.emit("https://shop/1.jpg", Bitmap(48, 48, bytes((255, 0, 0, 255)) * 48 * 48))
    assert red_at(pictured)
    assert desk.named("request_pictures") == [(["https://shop/1.jpg"],)]


def test_a_missing_picture_is_asked_for_again_once_the_store_is_back(pictured, desk, qtbot):
    pictured.popup.view.grab()
    qtbot.waitUntil(lambda: len(desk.named("request_pictures")) == 1)
    desk.item_picture.emit("https://shop/1.jpg", None)
    pictured.popup.view.grab()
    desk.connection_changed.emit(replace(ONLINE, link=Link.OFFLINE))
    pictured.popup.view.grab()
    assert len(desk.named("request_pictures")) == 1
    desk.connection_changed.emit(ONLINE)
    pictured.popup.view.grab()
    qtbot.waitUntil(lambda: len(desk.named("request_pictures")) == 2)


def test_no_more_pictures_are_kept_than_needed(desk, qapp):
    pictures = ItemPictures(desk)
    for n in range(MOST + 20):
        desk.item_picture.emit(f"https://shop/{n}", Bitmap(1, 1, bytes(4)))
    assert pictures.get("https://shop/0") is None
    assert pictures.get(f"https://shop/{MOST + 19}") is not None
