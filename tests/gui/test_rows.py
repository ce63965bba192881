"""How rows are laid out and painted."""

import pytest
from gui_fakes import make_photo
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from uploader.background.values import Progress
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.ui.delegates.easing import Bars
from uploader.ui.delegates.lines import Lines
from uploader.ui.delegates.row_layout import RowLayout
from uploader.ui.delegates.status_painter import Press, StatusPainter
from uploader.ui.models.photos import STATUS
from uploader.ui.theme import DARK, LIGHT, Role

MUGS = (Item("1", "Mug", "A"), Item("2", "Mug", "B"))


@pytest.mark.parametrize(
    ("width", "file", "item", "status"),
    [(768, (152, 168), (336, 136), (488, 264)), (800, (152, 180), (348, 168), (532, 252)),
     (1200, (152, 300), (468, 280), (764, 420))],
)  # fmt: skip
def test_columns_stand_where_the_design_has_them(width, file, item, status):
    row = RowLayout(width)
    assert [(c.x, c.width) for c in (row.file, row.item, row.status)] == [file, item, status]
    assert row.height == 72
    assert (row.second_top, row.third_top) == (35, 51)


def test_narrow_lists_show_the_item_below():
    row = RowLayout(640)
    assert row.item_below
    assert row.item == row.file
    assert row.status.x + row.status.width == 640 - 16


def test_rows_grow_with_the_font():
    assert RowLayout(900, 1.5).height == 27 + 2 * 24 + 18


def test_bars_ease_out_and_never_go_back():
    bars, seen = Bars(), []
    seen.append(bars.show(1, 0.2, 0.0)[0])
    for share, now in ((0.6, 1.0), (0.6, 1.05), (0.4, 1.1), (0.6, 1.2), (0.9, 1.3), (0.9, 2.0)):
        seen.append(bars.show(1, share, now)[0])
    assert seen == sorted(seen)
    assert seen[-1] == 0.9
    assert 0.2 < seen[2] < 0.6
    bars.forget(1)
    assert bars.show(1, 0.1, 3.0) == (0.1, False)


def test_reduced_motion_jumps():
    bars = Bars(jump=True)
    bars.show(1, 0.2, 0.0)
    assert bars.show(1, 0.7, 0.01) == (0.7, False)


def test_lines_break_at_words_and_elide_the_last(theme):
    lines = Lines(theme.base)
    text = "Speckled bowls, set of three with a very long name"
    broken = lines.broken(text, 120, 2)
    assert len(broken) == 2
    assert broken[1].endswith("…")
    assert all(lines.width(line) <= 120 for line in broken)
    assert lines.broken("short", 120, 2) == ("short",)


def painted(theme, model, row):
    """Paint a row's status column alone, in grey."""
    painter_of = StatusPainter(theme)
    image = QImage(300, 72, QImage.Format.Format_RGB32)
    image.fill(theme.colour(Role.BASE))
    painter = QPainter(image)
    painter.translate(-RowLayout(768).status.x, 0)
    painter_of.paint(painter, RowLayout(768), model.index(row).data(STATUS), 1, Press())
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(grey.copy(QRect(0, 0, 24, 40)).constBits())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nine_states_are_told_apart_without_colour(window, desk, theme, scheme):
    theme.set_scheme(scheme)
    theme.reduced_motion = True
    photos = [
        make_photo(1), make_photo(2, State.WAITING), make_photo(3, State.UPLOADING),
        make_photo(4, State.PROCESSING), make_photo(5, State.LIVE), make_photo(6, State.STALLED),
        make_photo(7, State.REJECTED), make_photo(8, State.FAILED),
        make_photo(9, State.REFUSED), make_photo(10, item=None, candidates=MUGS),
        make_photo(11, State.UNCERTAIN), make_photo(12, State.ALREADY),
    ]  # fmt: skip
    desk.reset.emit(photos)
    icons = [painted(theme, window.model, row) for row in range(len(photos))]
    theme.reduced_motion = False
    assert len(set(icons)) == len(icons)


def test_words_are_never_cut_the_button_goes_below(theme, window, desk):
    desk.reset.emit([make_photo(1, State.REJECTED)])
    status = window.model.index(0).data(STATUS)
    painter = StatusPainter(theme)
    wide, narrow = RowLayout(1200), RowLayout(560)
    assert painter.action_rect(wide, status).top() < wide.second_top
    assert painter.action_rect(narrow, status).top() >= narrow.second_top
    assert len(painter.detail_lines(narrow, status)) == 1


@pytest.mark.parametrize("width", [640, 768, 960, 1400])
def test_every_state_paints_at_every_width(window, desk, width):
    window.resize(width, 760)
    photos = [make_photo(n, state, name="long " * 50) for n, state in enumerate(State, 1)]
    photos.append(make_photo(99, item=None, candidates=MUGS, name="new\nline.jpg"))
    desk.reset.emit(photos)
    desk.progressed.emit({5: Progress(1, 2, 3)})
    window.list.setCurrentIndex(window.model.index(1))
    assert not window.grab().isNull()


def contrast(one, other):
    def light(colour):
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
                 for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_on_every_ground(palette):
    for ink in (Role.TEXT, Role.TEXT_2, Role.LIVE, Role.WARNING, Role.ERROR, Role.ACCENT):
        for ground in (Role.WINDOW, Role.BASE, Role.PANEL, Role.HOVER, Role.WASH):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)


def test_clocks_stand_still_when_nothing_moves(window, desk, qtbot):
    desk.reset.emit([make_photo(1, State.PROCESSING), make_photo(2, State.STALLED)])
    window.list.viewport().repaint()
    # A paint has a time to keep to: on a busy machine it may take two.
    qtbot.waitUntil(lambda: window.list.ticker.running, timeout=3000)
    desk.changed.emit([make_photo(1, State.LIVE), make_photo(2, State.LIVE)])
    window.list.viewport().repaint()
    qtbot.waitUntil(lambda: not window.list.ticker.running, timeout=3000)


def test_clocks_stop_when_the_list_is_hidden(window, desk, qtbot):
    desk.reset.emit([make_photo(1, State.PROCESSING)])
    window.list.viewport().repaint()
    # A paint has a time to keep to: on a busy machine it may take two.
    qtbot.waitUntil(lambda: window.list.ticker.running, timeout=3000)
    window.hide()
    qtbot.waitUntil(lambda: not window.list.ticker.running, timeout=3000)


def test_spinners_repaint_only_their_rows(window, desk, qtbot):
    desk.reset.emit([make_photo(1), make_photo(2, State.PROCESSING), make_photo(3)])
    QTest.qWaitForWindowExposed(window)
    window.list.viewport().repaint()
    painted_ids = []
    inner = window.list.delegate._painted
    window.list.delegate._painted = lambda i, *rest: (painted_ids.append(i), inner(i, *rest))
    qtbot.waitUntil(lambda: painted_ids[-4:] == [2, 2, 2, 2], timeout=3000)
