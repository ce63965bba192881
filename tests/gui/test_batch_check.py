"""The check before a batch goes out: when it opens, what it says, what it does."""

from dataclasses import replace

import pytest
from gui_fakes import CAPABILITIES, make_photo
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from uploader.background.values import Connection
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.domain.stores import Item
from uploader.ui.models.remarks import RemarksModel
from uploader.ui.widgets.fixes import Fix

ALL = replace(CAPABILITIES, replaces=True, lists_images=True, pads=True)
CUT = (Remark(1, Concern.CUT, "square", mendable=True), Remark(2, Concern.CUT, "square"))
SMALL = (Remark(3, Concern.SMALL, "Only 90 × 90 pixels: “square” will look blurred."),)
COPY = (Remark(4, Concern.COPY, "photo-00003.jpg"),)
TAKEN = (Remark(5, Concern.TAKEN, count=2), Remark(6, Concern.TAKEN, count=1))
STAYS = (Remark(8, Concern.NO_ITEM, count=2), Remark(9, Concern.UNUSABLE, "It is damaged."))
GOING = (1, 2, 3, 4, 5, 6, 7)
CHECK = BatchCheck(GOING, CUT + SMALL + COPY + TAKEN + STAYS, private=3)


@pytest.fixture
def photos(window, desk):
    desk.capabilities = ALL
    desk.reset.emit([make_photo(n, item=None if n == 8 else "auto") for n in range(1, 10)])
    desk.check = CHECK


@pytest.fixture
def dialog(window, desk, photos, qtbot):
    window.toolbar.upload.click()
    opened = window.check.dialog
    qtbot.waitUntil(opened.isVisible)
    yield opened
    if window.check.dialog is not None:
        window.check.dialog.reject()


def choose(dialog, concern):
    dialog.concerns.chips[concern].click()


def press(dialog, fix):
    button = dialog.fixes.buttons[fix]
    assert button.isVisible(), f"{fix} isn't offered"
    button.click()


def offered(dialog):
    return {fix for fix, button in dialog.fixes.buttons.items() if button.isVisible()}


def select(dialog, row):
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect
    dialog.list.selectionModel().setCurrentIndex(dialog.model.index(row), how)


def texts(dialog, role=Qt.ItemDataRole.AccessibleTextRole):
    return [dialog.model.index(row).data(role) for row in range(dialog.model.rowCount())]


def test_with_nothing_to_say_it_goes_out_at_once(window, desk, photos):
    desk.check = BatchCheck(going=(1, 7))
    window.toolbar.upload.click()
    assert window.check.dialog is None
    assert desk.named("upload") == [([1, 7],)]


def test_what_stays_by_itself_asks_nothing(window, desk, photos):
    desk.check = BatchCheck(going=(1,), remarks=STAYS)
    window.toolbar.upload.click()
    assert window.check.dialog is None
    assert desk.named("upload") == [([1],)]


def test_something_to_say_opens_the_check_and_sends_nothing(dialog, desk):
    assert desk.named("upload") == []
    assert dialog.summary.text() == "7 photos are ready to go. 6 of them deserve a look."
    counts = {concern: chip.count for concern, chip in dialog.concerns.chips.items()}
    assert list(counts.values()) == [2, 1, 1, 2, 1, 1]
    assert dialog.privacy.text() == "Location and camera data are removed from 3 photos."
    assert texts(dialog)[0] == (
        "photo-00001.jpg, Item 1, The square cuts the product. Centred on it, it is whole."
    )
    assert dialog.list.hasFocus()


def test_switched_off_nothing_is_looked_at(window, desk, photos):
    desk.checks_batch_changed.emit(False)
    window.toolbar.upload.click()
    assert (desk.named("check_batch"), desk.named("upload")) == ([], [()])


def test_the_settings_are_in_the_menu(window, desk, photos):
    menu = window.toolbar.more.menu()
    entry = next(a for a in menu.actions() if a.text() == "Check before uploading")
    for on in (False, True):
        desk.checks_batch_changed.emit(on)
        menu.aboutToShow.emit()
        assert entry.isChecked() is on
    entry.trigger()
    assert desk.named("set_checks_batch") == [(False,)]


def test_the_menu_opens_it_also_with_nothing_to_say(window, desk, photos):
    desk.check = BatchCheck(going=(1, 2))
    next(a for a in window.toolbar.more.menu().actions() if a.text() == "Check batch…").trigger()
    dialog = window.check.dialog
    assert dialog.summary.text() == "2 photos are ready to go."
    assert dialog.nothing.isVisible()
    assert not dialog.some.isVisible()
    dialog.all.click()
    assert desk.named("upload") == [([1, 2],)]


def test_all_or_those_without_warnings_go_out(dialog, desk, window):
    assert (dialog.all.text(), dialog.some.text()) == (
        "Upload all 7",
        "Upload the 1 without warnings",
    )
    dialog.some.click()
    assert desk.named("upload") == [([7],)]
    assert window.check.dialog is None


def test_escape_goes_back_and_sends_nothing(dialog, desk, window):
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.check.dialog is None
    assert desk.named("upload") == []
    assert window.focusWidget() is window.list


def test_the_keyboard_sends(dialog, desk):
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.named("upload") == [(list(GOING),)]


def test_a_fix_is_for_all_or_for_the_chosen(dialog, desk):
    assert dialog.fixes.extent.text() == "For all 2 photos"
    press(dialog, Fix.CENTRE)
    select(dialog, 1)
    assert dialog.fixes.extent.text() == "For the chosen photo"
    # No crop keeps this one whole.
    assert not dialog.fixes.buttons[Fix.CENTRE].isEnabled()
    press(dialog, Fix.PAD)
    assert desk.named("centre_on_products") == [([1, 2],)]
    assert desk.named("set_pad") == [([2], True)]
    assert len(desk.named("check_batch")) == 3  # looked over anew after each


def test_what_is_mended_is_gone_after_the_next_look(dialog, desk):
    desk.check = replace(CHECK, remarks=CHECK.remarks[1:])
    press(dialog, Fix.CENTRE)
    assert texts(dialog, Qt.ItemDataRole.DisplayRole) == ["photo-00002.jpg"]
    assert dialog.concerns.chips[Concern.CUT].count == 1


def test_left_out_stays_on_the_list_and_isnt_sent(dialog, desk):
    choose(dialog, Concern.COPY)
    press(dialog, Fix.LEAVE_OUT)
    assert texts(dialog) == [
        "photo-00004.jpg, Item 4, The same photo as photo-00003.jpg., Left out"
    ]
    assert dialog.all.text() == "Upload all 6"
    assert offered(dialog) == {Fix.SEND}
    press(dialog, Fix.SEND)
    assert dialog.all.text() == "Upload all 7"
    select(dialog, 0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    dialog.all.click()
    assert desk.named("upload") == [([1, 2, 3, 5, 6, 7],)]


def test_add_replace_or_skip_where_items_have_pictures(dialog, desk):
    choose(dialog, Concern.TAKEN)
    assert texts(dialog)[1] == "photo-00006.jpg, Item 6, Its item has a picture."
    select(dialog, 0)
    press(dialog, Fix.ADD)
    assert texts(dialog)[0].endswith("Will be added")
    assert dialog.some.text() == "Upload the 2 without warnings"
    settled = replace(TAKEN[1], settled=True)
    desk.check = replace(CHECK, remarks=CUT + SMALL + COPY + (TAKEN[0], settled) + STAYS)
    select(dialog, 1)
    press(dialog, Fix.REPLACE)
    assert texts(dialog)[1].endswith("Will replace")
    assert (desk.named("add_to_items"), desk.named("replace_in_items")) == ([([5],)], [([6],)])
    assert dialog.some.text() == "Upload the 3 without warnings"


def test_only_what_the_store_can_is_offered(dialog, desk):
    desk.capabilities = replace(CAPABILITIES, focus_point=False, pads=False)
    choose(dialog, Concern.CUT)
    assert offered(dialog) == {Fix.LEAVE_OUT}
    choose(dialog, Concern.TAKEN)
    assert offered(dialog) == {Fix.LEAVE_OUT}


def test_what_stays_leads_on(dialog, desk, window, monkeypatch):
    led = []
    monkeypatch.setattr(window.matching, "open_triage", lambda: led.append(window.check.dialog))
    choose(dialog, Concern.UNUSABLE)
    press(dialog, Fix.REMOVE)
    assert desk.named("remove") == [([9],)]
    choose(dialog, Concern.NO_ITEM)
    assert texts(dialog) == ["photo-00008.jpg, 2 items fit this file name."]
    press(dialog, Fix.CHOOSE_ITEMS)
    assert led == [None], "the check is closed by then"
    assert desk.named("upload") == []


def test_photos_that_change_are_looked_over_again(dialog, desk, qtbot):
    before = len(desk.named("check_batch"))
    desk.changed.emit([make_photo(1)])
    desk.changed.emit([make_photo(2)])
    qtbot.waitUntil(lambda: len(desk.named("check_batch")) == before + 1)


def test_closed_it_hears_nothing_more(dialog, desk, qtbot):
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    before = len(desk.named("check_batch"))
    desk.changed.emit([make_photo(1)])
    desk.batch_checked.emit(CHECK)
    qtbot.wait(1)
    assert len(desk.named("check_batch")) == before


def test_pressed_again_there_is_still_one(dialog, window):
    window.check.upload()
    window.check.open()
    assert window.check.dialog is dialog


def test_signed_out_the_way_to_go_on_follows_the_upload(window, desk, dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(window, "ask_sign_in", lambda: asked.append(1))
    desk.connection_changed.emit(Connection())
    assert asked == []
    dialog.all.click()
    assert (len(desk.named("upload")), asked) == (1, [1])


def test_thousands_are_rows_of_a_model():
    model = RemarksModel(lambda _: "")
    photo = make_photo(1, item=Item("1", "Lamp"))
    model.show_remarks([(Remark(n, Concern.CUT, "square"), photo) for n in range(20_000)])
    assert model.rowCount() == 20_000
    assert model.index(19_999).data() == photo.name
