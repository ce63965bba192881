"""The list under the person's hands: pointer, keys, menu, and which previews it asks for."""

import pytest
from gui_fakes import make_photo
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QMenu

from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.styles import Focus
from uploader.ui.delegates import row_cache
from uploader.ui.models.groups import Group
from uploader.ui.models.photos import STATUS
from uploader.ui.widgets.item_editor import ItemEditor


@pytest.fixture
def rows(window, desk):
    """A list with a row for each action."""
    desk.reset.emit(
        [
            make_photo(1, State.WAITING, not_before=9e9, problem=Problem("x", "y")),
            make_photo(2, State.FAILED),
            make_photo(3, item=None),
            make_photo(4, State.REFUSED),
            make_photo(5),
        ]
    )
    QTest.qWaitForWindowExposed(window)
    return window.list


def button_centre(rows, row):
    index = rows.photos.index(row)
    return rows.delegate.action_rect(rows.visualRect(index), index.data(STATUS)).center()


def click(rows, at):
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_rows_button_acts_on_its_photo(rows, desk):
    click(rows, button_centre(rows, 0))
    click(rows, button_centre(rows, 1))
    assert desk.named("retry") == [([1],), ([2],)]


def test_a_button_let_go_elsewhere_does_nothing(rows, desk):
    view = rows.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=button_centre(rows, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=button_centre(rows, 1))
    assert desk.named("retry") == []
    assert rows.delegate.press[0] == 0


def test_choose_opens_the_items_field(rows):
    click(rows, button_centre(rows, 2))
    assert rows.findChild(ItemEditor) is not None


def test_replace_asks_for_a_file(rows, window, desk, tmp_path):
    from PySide6.QtWidgets import QFileDialog

    click(rows, button_centre(rows, 3))
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "new.jpg")])
    assert desk.named("replace_file") == [(4, tmp_path / "new.jpg")]
    dialog.close()


def test_enter_does_what_the_row_offers(rows, desk):
    rows.setCurrentIndex(rows.photos.index(1))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert desk.named("retry") == [([2],)]


def test_keys_of_the_list(rows, window, desk, qtbot):
    window.activateWindow()
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(rows.selected()) == 5
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert desk.named("remove") == [([1, 2, 3, 4, 5],)]
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert window.big.isVisible()
    QTest.keyClick(window.big, Qt.Key.Key_Space)
    assert not window.big.isVisible()
    QTest.keyClick(rows, Qt.Key.Key_Space)
    QTest.keyClick(window.big, Qt.Key.Key_Escape)
    assert not window.big.isVisible()


def by_space(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)


def by_escape(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)


def by_click(window):
    middle = window.rect().center()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)


@pytest.mark.parametrize("close", [by_space, by_escape, by_click])
def test_after_the_large_photo_the_keyboard_is_on_the_list(rows, window, qapp, qtbot, close):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rows.setCurrentIndex(rows.photos.index(1))
    rows.setFocus()
    by_space(window)
    assert window.big.hasFocus()
    moves = QSignalSpy(qapp.focusChanged)
    close(window)
    assert not window.big.isVisible()
    assert rows.hasFocus()
    assert moves.count() == 1, "no other part in between, which would be read out"
    by_space(window)
    assert window.big.isVisible()


def test_the_large_photo_keeps_the_keyboard(rows, window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rows.setFocus()
    by_space(window)
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab, modifier)
        assert window.big.hasFocus()


@pytest.mark.parametrize("keys", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_uploads_and_ctrl_r_retries(rows, window, desk, keys):
    window.activateWindow()
    rows.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(rows, keys, control)
    QTest.keyClick(rows, Qt.Key.Key_R, control)
    assert desk.named("upload") == [()]
    assert desk.named("retry") == [()]
    QTest.keyClick(rows, Qt.Key.Key_F, control)
    assert window.toolbar.search.hasFocus()


def test_what_is_visible_is_wished_for_first(window, desk, previews, qtbot):
    desk.reset.emit([make_photo(n) for n in range(1, 5001)])
    qtbot.waitUntil(lambda: bool(previews.wanted))
    assert previews.wanted[0] == 1
    assert len(previews.wanted) < 30
    window.list.verticalScrollBar().setValue(72 * 3000)
    qtbot.waitUntil(lambda: previews.wanted[0] == 3001)
    assert len(previews.wanted) < 30


def test_the_selection_survives_filter_and_order(window, desk):
    desk.reset.emit([make_photo(n) for n in range(1, 9)])
    window.list.setCurrentIndex(window.model.index(4))
    window.model.arrange(group=Group.READY, query="photo-0000")
    assert [p.id for p in window.list.selected()] == [5]
    desk.reset.emit([make_photo(n) for n in range(3, 9)])
    assert window.list.current().id == 5


def test_the_menu_offers_what_fits(rows, window, desk):
    rows.setCurrentIndex(rows.photos.index(1))
    rows.menu_wanted.emit(QPoint(0, 0))
    menu = rows.findChild(QMenu)
    entries = {action.text(): action for action in menu.actions() if action.text()}
    assert entries["Retry now"].isEnabled()
    assert not entries["Upload"].isEnabled()
    assert not entries["Cancel"].isEnabled()
    entries["Retry now"].trigger()
    entries["Remove from the list"].trigger()
    assert desk.named("retry") == [([2],)]
    assert desk.named("remove") == [([2],)]
    menu.close()


def test_chips_filter(window, batch):
    for group, count in (
        (Group.ALL, 312), (Group.READY, 24), (Group.UPLOADING, 71), (Group.PROCESSING, 6),
        (Group.LIVE, 207), (Group.ATTENTION, 4),
    ):  # fmt: skip
        window.chips.choose(group)
        assert window.chips.chips[group].count == count
        assert window.model.rowCount() == count


def test_search_filters_after_a_pause(window, batch, qtbot):
    window.toolbar.search.setText("harbour")
    qtbot.waitUntil(lambda: window.model.rowCount() == 1)
    QTest.keyClick(window.toolbar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.model.rowCount() == 312)


def test_a_photo_that_has_been_read_is_wished_for_again(window, desk, previews, qtbot):
    desk.reset.emit([make_photo(1, State.ADDED, facts=None)])
    qtbot.waitUntil(lambda: previews.wanted == [1])
    previews.wanted = []
    desk.changed.emit([make_photo(1)])
    qtbot.waitUntil(lambda: previews.wanted == [1])


def test_a_moved_crop_shows_its_own_preview(window, desk, previews):
    picture = Image.new("RGB", (400, 200), "red")
    picture.paste("blue", (200, 0, 400, 200))
    previews.pictures["two.png"] = picture
    thumbs = window.list.delegate.thumbs

    def middle(focus):
        photo = make_photo(1, name="two.png", facts=None, focus=focus)
        return thumbs.get(photo, "square", 1.0)[0].toImage().pixelColor(5, 28).name()

    assert middle(Focus(0.25, 0.5)) == "#ff0000"
    assert middle(Focus(0.9, 0.5)) == "#0000ff"
    assert middle(Focus(0.25, 0.5)) == "#ff0000"


def test_a_paint_without_time_left_scales_no_preview(window, desk, previews, qtbot, monkeypatch):
    previews.pictures["two.png"] = Image.new("RGB", (400, 200), "red")
    photos = window.list
    scaled = []
    scale = photos.delegate.thumbs._scale
    monkeypatch.setattr(
        photos.delegate.thumbs, "_scale", lambda *what: scaled.append(1) or scale(*what)
    )
    monkeypatch.setattr(row_cache, "BUDGET", -1.0)
    desk.reset.emit([make_photo(n, name="two.png") for n in (1, 2)])
    photos.viewport().repaint()
    assert photos.delegate.rows.postponed
    assert scaled == []
    monkeypatch.undo()
    monkeypatch.setattr(row_cache, "BUDGET", 9.0)
    # Without anybody asking for it: what was left is painted by itself.
    qtbot.waitUntil(lambda: not photos.delegate.rows.postponed)
    red = (
        photos.grab()
        .toImage()
        .pixelColor(photos.delegate.layout_for(photos.width()).box_x(0) + 28, 36)
    )
    assert red.red() > 200
    assert red.green() < 60
