"""A larger font of the system: nothing is cut that the design never cuts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from uploader.ui.delegates.row_layout import RowLayout
from uploader.ui.sizing import give_size


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.85])
@pytest.mark.parametrize("width", [720, 768, 800, 1200, 1900])
def test_columns_grow_with_the_font_and_stay_inside_the_row(width, scale):
    layout = RowLayout(width, scale)
    assert layout.item_below == (width < 720 * scale)
    for column in (layout.file, layout.item, layout.status):
        assert column.x >= 0
        assert column.x + column.width <= width - 16
    assert layout.status.width >= 0.3 * (width - 200)


def test_a_layout_is_the_same_whether_all_of_it_is_scaled_by_the_font_or_by_the_screen():
    """Twice the font in twice the width has what the design has, in the same places."""
    once, twice = RowLayout(1000, 1.0), RowLayout(2000, 2.0)
    assert once.item_below == twice.item_below
    assert RowLayout(760, 1.0).file.width * 2 == RowLayout(1520, 2.0).file.width


class Larger:
    scale = 1.5


def test_windows_open_larger_but_not_beyond_the_screen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    give_size(window, Larger(), (400, 300), (320, 200))
    assert window.size() == QSize(600, 450)
    assert window.minimumSize() == QSize(480, 300)
    give_size(window, Larger(), (room.width(), 300), (320, 200))
    assert window.width() <= room.width()
