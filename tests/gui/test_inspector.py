"""The inspector: where the crop lies, how it moves, what is said and saved."""

from dataclasses import replace

import pytest
from gui_fakes import CAPABILITIES, make_photo
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from uploader.domain.edits import Edits
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.photos import Event, Payload
from uploader.domain.states import State
from uploader.domain.styles import SQUARE, THUMB, Focus, Style
from uploader.domain.subjects import Box
from uploader.imaging.geometry import Size
from uploader.ui.crops import crop_of
from uploader.ui.facts import facts_of

WIDE = Facts(Format.JPEG, 6000, 4000, 8_900_000, profile="Display P3", camera="Canon EOS R6")


@pytest.fixture
def inspector(window, desk, previews):
    from PIL import Image

    previews.pictures["wide.jpg"] = Image.new("RGB", (1200, 800), "teal")
    desk.reset.emit([make_photo(1, name="wide.jpg", facts=WIDE), make_photo(2)])
    window.list.setCurrentIndex(window.model.index(0))
    return window.inspector


def test_the_crop_is_the_geometrys():
    crop = crop_of(SQUARE, Size(6000, 4000))
    assert (crop.x, crop.y, crop.width, crop.height) == (1000, 0, 4000, 4000)
    assert (crop.across, crop.down) == (True, False)
    assert crop_of(THUMB, Size(6000, 4000)) is None
    assert crop_of(Style("odd", "nonsense"), Size(10, 10)) is None


def test_moving_stops_at_the_edges():
    crop = crop_of(SQUARE, Size(6000, 4000))
    assert crop.moved(-300, 500) == Focus(2700 / 6000, 0.5)
    assert crop.moved(-9999, 0) == Focus(2000 / 6000, 0.5)
    assert crop.moved(9999, 0) == Focus(4000 / 6000, 0.5)


def test_a_moved_crop_is_drawn_where_it_was_dropped():
    crop = crop_of(SQUARE, Size(6000, 4000))
    again = crop_of(SQUARE, Size(6000, 4000), crop.moved(-500, 0))
    assert again.x == pytest.approx(500, abs=20)


def test_arrow_keys_move_the_crop(inspector, desk):
    QTest.keyClick(inspector.crop_box, Qt.Key.Key_Left)
    QTest.keyClick(inspector.crop_box, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (first, one), (second, ten) = desk.named("set_focus")
    assert (first, second) == (1, 1)
    assert one.x == pytest.approx(0.49, abs=0.002)
    assert ten.x == pytest.approx(0.59, abs=0.004)


def test_dragging_moves_the_crop_and_saves_it(inspector, desk):
    box = inspector.crop_box
    start = box.crop_rect().center().toPoint()
    QTest.mousePress(box, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(box, start + QPoint(-25, 0))
    QTest.mouseRelease(box, Qt.MouseButton.LeftButton, pos=start + QPoint(-25, 0))
    photo_id, focus = desk.named("set_focus")[-1]
    assert photo_id == 1
    assert focus.x == pytest.approx(0.5 - 25 / box.photo_rect().width(), abs=0.01)
    assert focus.y == 0.5


def test_reset_goes_back_to_the_centre(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), focus=Focus(0.4, 0.5))])
    assert inspector.reset_focus.isEnabled()
    inspector.reset_focus.click()
    assert desk.named("set_focus") == [(1, Focus(0.5, 0.5))]


def test_a_store_without_focus_point_says_so(inspector, desk, window):
    desk.capabilities = replace(CAPABILITIES, focus_point=False)
    desk.capabilities_changed.emit(desk.capabilities)
    assert inspector._hint.text() == "This store crops the centre."
    assert not inspector.reset_focus.isVisible()
    QTest.keyClick(inspector.crop_box, Qt.Key.Key_Left)
    assert desk.named("set_focus") == []


def test_what_is_sent_cannot_be_moved(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), state=State.LIVE)])
    QTest.keyClick(inspector.crop_box, Qt.Key.Key_Left)
    assert desk.named("set_focus") == []


def test_alt_text_is_saved_on_leaving(inspector, desk):
    inspector.alt.setFocus()
    QTest.keyClicks(inspector.alt, "A pan")
    assert desk.named("set_alt") == []
    inspector.alt.clearFocus()
    assert desk.named("set_alt") == [(1, "A pan")]


def test_alt_text_is_saved_after_a_pause(inspector, desk, qtbot):
    QTest.keyClicks(inspector.alt, "A pan")
    qtbot.waitUntil(lambda: desk.named("set_alt") == [(1, "A pan")], timeout=3000)


def test_another_photo_saves_the_text_to_its_own(inspector, desk, window):
    QTest.keyClicks(inspector.alt, "A pan")
    window.list.setCurrentIndex(window.model.index(1))
    assert desk.named("set_alt") == [(1, "A pan")]
    assert inspector.alt.toPlainText() == ""


def test_the_text_of_what_is_sent_cannot_be_typed(inspector, desk, window):
    QTest.keyClicks(inspector.alt, "A p")
    desk.changed.emit([replace(window.model.photo_at(0), state=State.LIVE)])
    QTest.keyClicks(inspector.alt, "an")
    assert inspector.alt.toPlainText() == "", "what is kept, and only that"
    assert inspector.alt.toolTip() == "Only what isn’t sent yet can be changed."
    window.list.setCurrentIndex(window.model.index(1))
    assert not inspector.alt.isReadOnly()
    assert desk.named("set_alt") == []


def test_what_is_being_typed_goes_along_with_the_upload(inspector, desk, window):
    QTest.keyClicks(inspector.alt, "A pan")
    window.toolbar.upload.click()
    assert desk.named("set_alt") == [(1, "A pan")]


def test_an_echo_does_not_disturb_typing(inspector, desk, window):
    QTest.keyClicks(inspector.alt, "A p")
    desk.changed.emit([replace(window.model.photo_at(0), alt="")])
    assert inspector.alt.toPlainText() == "A p"


def test_facts():
    facts = dict(facts_of(make_photo(facts=WIDE)))
    assert facts == {
        "Pixels": "6000 × 4000, upright", "File": "JPEG, 8.9 MB",
        "Colour": "Display P3 → sRGB", "Camera": "Canon EOS R6", "GPS": "None",
    }  # fmt: skip
    turned = replace(WIDE, orientation=6, has_gps=True, profile="", camera="")
    facts = dict(facts_of(make_photo(facts=turned), removes_metadata=False))
    assert facts["Pixels"] == "6000 × 4000 ↻ 90°"
    assert (facts["Colour"], facts["Camera"], facts["GPS"]) == ("sRGB", "Unknown", "Will be sent")
    assert facts_of(make_photo(facts=None)) == []


THERE = replace(WIDE, has_gps=True)
CLEANED = Payload(5, "ab", 1)
STUCK = Finding(FindingKind.NOT_CLEANED, Severity.WARNING, "It can’t be removed.")


@pytest.mark.parametrize(
    ("photo", "removes", "told"),
    [
        (make_photo(facts=WIDE), True, "None"),
        (make_photo(facts=THERE), True, "Will be removed"),
        (make_photo(facts=THERE), False, "Will be sent"),
        (make_photo(facts=THERE, findings=(STUCK,)), True, "Will be sent"),
        # What was begun goes on as it was begun.
        (make_photo(facts=THERE, payload=CLEANED, sent=3), False, "Will be removed"),
        (make_photo(facts=THERE, sent=3), True, "Will be sent"),
        (make_photo(state=State.LIVE, facts=THERE, payload=CLEANED), False, "Removed"),
        (make_photo(state=State.LIVE, facts=THERE), True, "Was sent"),
        (make_photo(state=State.CANCELLED, facts=THERE), True, "Present"),
    ],
)
def test_what_becomes_of_the_position(photo, removes, told):
    assert dict(facts_of(photo, removes_metadata=removes))["GPS"] == told


def test_the_setting_changes_the_fact(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), facts=THERE)])
    assert "Will be removed" in inspector.true_size.accessibleName()
    desk.removes_metadata_changed.emit(False)
    assert "Will be sent" in inspector.true_size.accessibleName()


def test_the_setting_is_in_the_menu(inspector, desk, window):
    menu = window.toolbar.more.menu()
    entry = next(a for a in menu.actions() if a.text() == "Remove location and camera data")
    for removes in (True, False):
        desk.removes_metadata_changed.emit(removes)
        menu.aboutToShow.emit()
        assert entry.isChecked() is removes
    entry.trigger()
    assert desk.named("set_removes_metadata") == [(True,)]


def test_warnings_and_history(inspector, desk, window):
    small = Finding(FindingKind.TOO_SMALL, Severity.WARNING, "The shop would enlarge it.")
    desk.events[1] = [Event(1, 2.0, "Added")]
    desk.changed.emit([replace(window.model.photo_at(0), findings=(small,))])
    assert inspector._warning.text() == "The shop would enlarge it."
    assert inspector._warning.isVisible()
    assert "Added" in inspector._history.accessibleName()


PAN = replace(WIDE, judged=True, subject=Box(0.04, 0.2, 0.5, 0.8))
BOARD = replace(WIDE, judged=True, subject=Box(0.05, 0.2, 0.9, 0.8))


def test_a_cut_product_is_told_and_mended_by_one_click(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), facts=PAN)])
    assert inspector._warning.text() == "The square cuts the product."
    assert inspector._hint.text() == "Drag the frame."
    assert inspector.reset_focus.text() == "Centre on the product"
    inspector.reset_focus.click()
    assert desk.named("set_focus") == [(1, Focus(0.27, 0.5))]
    assert not inspector._warning.isVisible()
    desk.changed.emit([replace(window.model.photo_at(0), focus=Focus(0.27, 0.5))])
    assert inspector.reset_focus.text() == "Reset to centre"


def test_the_warning_follows_the_frame(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), facts=PAN)])
    inspector.crop_box.dragged.emit(Focus(0.3, 0.5))
    assert not inspector._warning.isVisible()
    inspector.crop_box.dragged.emit(Focus(0.7, 0.5))
    assert inspector._warning.isVisible()


def test_what_no_crop_keeps_can_be_padded(inspector, desk, window):
    desk.capabilities = replace(CAPABILITIES, pads=True)
    desk.changed.emit([replace(window.model.photo_at(0), facts=BOARD)])
    assert inspector.reset_focus.text() == "Pad to a square"
    inspector.reset_focus.click()
    assert desk.named("set_pad") == [([1], True)]
    desk.changed.emit([replace(window.model.photo_at(0), edits=Edits(pad=True))])
    assert not inspector._warning.isVisible()


def test_what_is_in_the_store_is_not_judged(inspector, desk, window):
    desk.changed.emit([replace(window.model.photo_at(0), facts=BOARD, state=State.LIVE)])
    assert not inspector._warning.isVisible()


def test_stepping(inspector, window):
    inspector.stepped.emit(1)
    assert window.list.current().id == 2
    inspector.stepped.emit(1)
    assert window.list.current().id == 2
    inspector.stepped.emit(-1)
    assert window.list.current().id == 1
