"""Turning, padding, placing and describing photos: buttons, menu, keyboard, dialog."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gui_fakes import make_photo
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from uploader.domain.edits import Edits
from uploader.domain.findings import Facts, Format
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.imaging.geometry import Size
from uploader.ui.facts import facts_of
from uploader.ui.row_text import item_lines

WIDE = Facts(Format.JPEG, 6000, 4000, 8_900_000)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def photos():
    return [
        make_photo(1, name="wide.jpg", facts=WIDE, alt="A pan"),
        make_photo(2, item=Item("1", "Item 1", "HP-0001")),
        make_photo(3, State.LIVE),
        make_photo(4, item=None),
    ]


@pytest.fixture
def shown(qtbot, window, desk, previews, photos):
    previews.pictures["wide.jpg"] = Image.new("RGB", (1200, 800), "teal")
    desk.reset.emit(photos)
    window.list.setCurrentIndex(window.model.index(0))
    window.activateWindow()
    window.list.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def act(menu: QMenu, text: str):
    return next(action for action in menu.actions() if action.text() == text)


# ---- the inspector's buttons
def test_the_buttons_turn_and_pad_the_photo_in_sight(shown, desk):
    tools = shown.inspector.tools
    tools.left.click()
    tools.right.click()
    tools.pad.click()
    assert desk.named("rotate") == [([1], -1), ([1], 1)]
    assert desk.named("set_pad") == [([1], True)]
    desk.changed.emit([replace(shown.model.photo_at(0), edits=Edits(pad=True))])
    assert tools.pad.isChecked()
    tools.pad.click()
    assert desk.named("set_pad")[-1] == ([1], False)


def test_a_store_that_can_not_says_so(shown, desk):
    desk.capabilities = Capabilities()
    desk.capabilities_changed.emit(desk.capabilities)
    tools, place = shown.inspector.tools, shown.inspector.place
    for button in (tools.left, tools.right):
        assert not button.isEnabled()
        assert button.toolTip() == "This store doesn’t turn pictures."
        assert button.accessibleDescription() == button.toolTip()
    assert tools.pad.toolTip() == "This store doesn’t pad pictures."
    assert not place.field.isEnabled()
    assert place._note.text() == "This store puts new pictures last."


def test_what_another_store_could_is_taken_back_here(shown, desk, photos):
    desk.capabilities = Capabilities()
    desk.changed.emit([replace(photos[0], edits=Edits(90, pad=True)), photos[1]])
    tools = shown.inspector.tools
    assert tools.left.isEnabled()
    assert tools.pad.isEnabled()
    shown.picture_acts.pad([shown.model.photo_at(0), photos[1]])
    assert desk.named("set_pad") == [([1, 2], False)]


def test_what_is_sent_stays_as_it_is(shown, desk):
    desk.changed.emit([replace(shown.model.photo_at(0), state=State.UPLOADING)])
    tools = shown.inspector.tools
    assert not tools.left.isEnabled()
    assert tools.pad.toolTip() == "Only what isn’t sent yet can be changed."
    assert not shown.inspector.place.field.isEnabled()


def test_crop_and_labels_follow_at_once(shown, desk):
    inspector = shown.inspector
    assert inspector.crop_box._crop.size == Size(6000, 4000)
    desk.changed.emit([replace(shown.model.photo_at(0), edits=Edits(90))])
    crop = inspector.crop_box._crop
    assert (crop.size, crop.down, crop.across) == (Size(4000, 6000), True, False)
    sizes = [(size.width(), size.height()) for _, size, _ in inspector.true_size._shown]
    assert sizes == [(67, 100), (200, 200)]
    assert inspector.crop_box.photo_rect().height() > inspector.crop_box.photo_rect().width()
    desk.changed.emit([replace(shown.model.photo_at(0), edits=Edits(90, pad=True))])
    crop = inspector.crop_box._crop
    assert (crop.size, crop.down, crop.across) == (Size(6000, 6000), False, False)


def test_facts_tell_what_is_done(photos):
    told = [
        facts_of(replace(photos[0], edits=edits))[0][1]
        for edits in (Edits(), Edits(90), Edits(90, pad=True))
    ]
    assert told == ["6000 × 4000, upright", "4000 × 6000, turned", "6000 × 6000, padded"]


# ---- the keyboard and the menu
def test_keys_work_on_all_that_is_selected(shown, desk):
    shown.list.selectAll()
    QTest.keyClick(shown.list, Qt.Key.Key_Left, CTRL)
    QTest.keyClick(shown.list, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(shown.list, Qt.Key.Key_P, CTRL | SHIFT)
    # What is live is left out.
    assert desk.named("rotate") == [([1, 2, 4], -1), ([1, 2, 4], 1)]
    assert desk.named("set_pad") == [([1, 2, 4], True)]


def test_where_all_are_padded_none_is(shown, desk, photos):
    desk.changed.emit([replace(photo, edits=Edits(pad=True)) for photo in photos])
    shown.list.selectAll()
    QTest.keyClick(shown.list, Qt.Key.Key_P, CTRL | SHIFT)
    assert desk.named("set_pad") == [([1, 2, 4], False)]


def test_in_a_field_the_arrows_go_by_words(shown, desk):
    search = shown.toolbar.search
    search.setFocus()
    QTest.keyClicks(search, "two words")
    QTest.keyClick(search, Qt.Key.Key_Left, CTRL)
    assert search.cursorPosition() == 4
    assert desk.named("rotate") == []


def test_the_menu_offers_what_can_be_done(shown, desk, photos):
    menu = QMenu(shown)
    shown.picture_acts.fill(menu, photos[:2])
    act(menu, "Rotate left").trigger()
    act(menu, "Pad to a square").trigger()
    assert desk.named("rotate") == [([1, 2], -1)]
    assert desk.named("set_pad") == [([1, 2], True)]
    sent = QMenu(shown)
    shown.picture_acts.fill(sent, photos[2:3])
    assert not any(action.isEnabled() for action in sent.actions())
    assert act(sent, "Rotate right").toolTip() == "Only what isn’t sent yet can be changed."


# ---- the place
def test_a_place_is_saved_on_leaving(shown, desk):
    field = shown.inspector.place.field
    assert field.text() == "Last"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "12")
    assert desk.named("set_positions") == []
    field.clearFocus()
    assert desk.named("set_positions") == [({1: 12},)]


def test_arrows_are_counted_together(shown, desk, qtbot):
    field = shown.inspector.place.field
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: desk.named("set_positions") == [({1: 3},)], timeout=3000)


def test_back_to_the_last(shown, desk):
    desk.changed.emit([replace(shown.model.photo_at(0), position=1)])
    field = shown.inspector.place.field
    assert field.value() == 1
    QTest.keyClick(field, Qt.Key.Key_Down)
    field.clearFocus()
    shown.inspector.place.save()
    assert desk.named("set_positions") == [({1: None},)]


def test_another_photo_saves_the_place_to_its_own(shown, desk):
    QTest.keyClick(shown.inspector.place.field, Qt.Key.Key_Up)
    shown.list.setCurrentIndex(shown.model.index(1))
    assert desk.named("set_positions") == [({1: 1},)]
    assert shown.inspector.place.field.value() == 0


def test_scrolling_over_it_changes_nothing(shown, desk):
    field = shown.inspector.place.field
    at = QPointF(5, 5)
    turn = QWheelEvent(
        at, field.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turn)
    assert field.value() == 0


def test_a_place_is_told_in_the_row(photos):
    assert item_lines(replace(photos[0], position=2)) == ("Item 1", "HP-0001 · picture 2")
    assert item_lines(photos[0]) == ("Item 1", "HP-0001")


# ---- alt texts
@pytest.fixture
def dialog(shown):
    shown.list.selectAll()
    QTest.keyClick(shown.list, Qt.Key.Key_T, CTRL)
    return shown.picture_acts.dialog


def lines(dialog):
    return [(file.text(), text.text()) for file, text in dialog.lines if file.isVisibleTo(dialog)]


def test_the_first_photos_are_shown_as_they_will_read(dialog):
    # The live one isn't there; what has a text keeps it.
    assert lines(dialog) == [
        ("wide.jpg", "A pan"),
        ("photo-00002.jpg", "Item 1"),
        ("photo-00004.jpg", ""),
    ]
    dialog.template.setText("{title}, {number}")
    dialog.keep.setChecked(False)
    assert lines(dialog)[:2] == [("wide.jpg", "Item 1, 1"), ("photo-00002.jpg", "Item 1, 2")]


def test_the_button_says_how_many(dialog):
    assert dialog.submit.text() == "Set 2 texts"
    dialog.keep.setChecked(False)
    assert dialog.submit.text() == "Set 3 texts"
    dialog.template.clear()
    assert not dialog.submit.isEnabled()


def test_names_are_put_in_where_the_cursor_is(dialog):
    dialog.template.setText("A , from above")
    dialog.template.setCursorPosition(2)
    dialog._insert("{title}")
    assert dialog.template.text() == "A {title}, from above"


def test_the_texts_are_set_in_the_background(dialog, desk, shown):
    dialog.template.setText("{title}")
    dialog.submit.click()
    assert desk.named("write_alts") == [([1, 2, 4], "{title}", True)]
    assert shown.picture_acts.dialog is None


def test_nothing_is_set_by_leaving(dialog, desk, shown):
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.named("write_alts") == []
    assert shown.picture_acts.dialog is None


def test_with_nothing_that_can_change_no_dialog_opens(shown, desk, photos):
    shown.picture_acts.write_texts(photos[2:3])
    assert shown.picture_acts.dialog is None
