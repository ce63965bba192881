"""What the design asks of every window: the ring of the keyboard, few fonts, icons that differ."""

from __future__ import annotations

from itertools import combinations

import pytest
from every_window import DIALOGS, PAGES, WINDOWS, each
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from spoken import spoken_name, stops, wanted_stops

from uploader.ui.theme import Role

COVERED = ("choosing_an_item", "shown_large", "dragged_over", "parting")
"""Scenes in which something lies over what has the keyboard."""

SCENES = [s for s in (*WINDOWS, *DIALOGS.values(), *PAGES) if s.__name__ not in COVERED]
AROUND = 3
"""Pixels around a control in which its ring may lie."""
NINE = (
    *("ready", "waiting", "uploading", "uncertain", "processing"),
    *("live", "stalled", "failed", "rejected"),
)
"""Icons of the states that a batch in progress shows side by side."""


def seen(widget: QWidget) -> QImage:
    """Give what stands on the screen where a control is."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    for _ in range(6):
        # A paint of the list draws only as many rows as its budget allows.
        shown = window.grab(place.adjusted(-AROUND, -AROUND, AROUND, AROUND)).toImage()
        QApplication.processEvents()
    return shown


def find_unmarked(root: QWidget) -> list[str]:
    """Find controls that look the same with the keyboard and without."""
    found = []
    reached = [widget for widget in stops(root) if widget in wanted_stops(root)]
    for widget in reached if len(reached) > 1 else []:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        # As a press of Tab has Qt note it.
        widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        with_it = seen(widget)
        other = next(w for w in reached if w is not widget)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        if seen(widget) == with_it:
            found.append(spoken_name(widget))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_keyboard_is_seen_everywhere(scene, scheme, theme, qapp):
    theme.set_scheme(scheme)
    try:
        for _name, _stage, root in each(theme, (scene,)):
            qapp.processEvents()
            assert find_unmarked(root) == []
    finally:
        theme.set_scheme("light")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_there_are_three_sizes_and_two_weights(scene, theme, qapp):
    sizes = {font.pixelSize() for font in (theme.base, theme.small, theme.heading)}
    for _name, _stage, root in each(theme, (scene,)):
        qapp.processEvents()
        for widget in root.findChildren(QWidget):
            if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) and widget.isVisible():
                font = widget.font()
                assert font.pixelSize() in sizes, spoken_name(widget)
                assert font.weight() in (400, 600), spoken_name(widget)


def test_the_states_icons_differ_without_colour(theme):
    grey = {
        icon: theme.pixmap(icon, Role.TEXT, 2.0)
        .toImage()
        .convertToFormat(QImage.Format.Format_Grayscale8)
        for icon in NINE
    }
    for one, other in combinations(NINE, 2):
        assert grey[one] != grey[other], (one, other)
