"""Through every window as a screen reader and as the Tab key go; see `spoken`."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from every_window import DIALOGS, MENUS, PAGES, SCENES, WINDOWS, each
from gui_fakes import ONLINE, make_photo
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from spoken import find_silent, find_unreached, parts_of, spoken_name, stops

from uploader.background.values import Link, Notice, Progress
from uploader.domain.states import State
from uploader.ui.announcer import Announcer
from uploader.ui.models.groups import Group
from uploader.ui.widgets.bars import Bar

OPEN = [
    scene for scene in (*WINDOWS, *DIALOGS.values(), *PAGES) if scene.__name__ != "choosing_an_item"
]
"""While an item is chosen, Tab is the field's own: it goes on to the next photo."""


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_control_has_a_role_a_name_and_a_value(scene, theme, qapp):
    for _name, _stage, root in each(theme, (scene,)):
        qapp.processEvents()
        assert not list(find_silent(root))


@pytest.mark.parametrize("scene", OPEN, ids=lambda scene: scene.__name__)
def test_tab_reaches_every_control_in_the_order_of_reading(scene, theme, qapp):
    for _name, _stage, root in each(theme, (scene,)):
        qapp.processEvents()
        assert not list(find_unreached(root))


def test_the_main_window_goes_from_toolbar_to_chips_to_list_to_details(theme, qapp):
    batch = next(scene for scene in WINDOWS if scene.__name__ == "batch")
    for _name, _stage, root in each(theme, (batch,)):
        qapp.processEvents()
        names = [spoken_name(widget) for widget in stops(root)]
        order = [
            *("ToolButton “Add photos”", "SearchField “Search photos and items”"),
            *("Chip “All, 312”", "PhotoList “Photos”", "ToolButton “Previous photo”"),
            *("CropBox “Photo with its crop”", "AltField “Alt text”"),
        ]
        places = [names.index(name) for name in order]
        assert places == sorted(places)


def test_a_row_tells_file_item_status_and_how_far_it_is(window, desk, batch):
    spoken = {
        photo.id: window.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row, photo in enumerate(batch[:11])
    }
    assert spoken[5] == (
        "tote-canvas-natural.jpg, Canvas tote, natural, Uploading, 5.3 of 8.4 MB, 3 s left"
    )
    desk.progressed.emit({5: Progress(8_000_000, 8_400_000, 1_000_000)})
    said = window.model.index(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "8.0 of 8.4 MB" in said or "8 of 8.4 MB" in said


def test_pictures_and_bars_say_what_they_show(window, batch):
    window.work.show_inspector(True)
    window.list.setCurrentIndex(window.model.index(5))
    values = {
        part.role(): part.text(QAccessible.Text.Value)
        for part in parts_of(window)
        if part.object() in (window.inspector.crop_box, window.bottom.bar)
    }
    assert values[QAccessible.Role.ProgressBar] == "66\u202f%"
    assert "cut at the left" in values[QAccessible.Role.Graphic]
    assert window.findChildren(Bar)


class TestAnnouncements:
    @pytest.fixture
    def said(self):
        return []

    @pytest.fixture
    def announcer(self, window, said):
        return Announcer(window, said.append)

    @staticmethod
    def counts(**known):
        return dict.fromkeys(Group, 0) | {Group[name.upper()]: n for name, n in known.items()}

    def test_how_the_store_is_at_first_is_no_news(self, announcer, said):
        announcer.show_connection(ONLINE)
        announcer.show_connection(replace(ONLINE, next_try=9.0))
        assert said == []

    def test_that_the_store_goes_and_comes_is(self, announcer, said):
        for link in (Link.ONLINE, Link.OFFLINE, Link.OFFLINE, Link.ONLINE, Link.SIGNED_OUT):
            announcer.show_connection(replace(ONLINE, link=link))
        assert said == [
            "Harbour & Pine can’t be reached",
            "Harbour & Pine is online",
            "Signed out of Harbour & Pine",
        ]

    def test_a_batch_is_told_when_it_is_done_and_not_photo_by_photo(self, announcer, said):
        announcer.show_counts(self.counts(uploading=300))
        announcer.tell_counts()
        for live in range(1, 290):
            announcer.show_counts(self.counts(uploading=300 - live, live=live))
        announcer.tell_counts()
        assert said == []
        announcer.show_counts(self.counts(live=298, attention=2))
        announcer.tell_counts()
        assert said == ["2 photos need attention", "298 photos are live"]
        announcer.tell_counts()
        assert len(said) == 2

    def test_notices_are_said(self, announcer, said):
        announcer.show_notice(Notice("One file isn’t a photo and stays out."))
        assert said == ["One file isn’t a photo and stays out."]

    def test_the_window_tells_it_what_happens(self, qtbot, window, desk, monkeypatch):
        said = []
        monkeypatch.setattr(window.announcer, "_speak", said.append)
        desk.noticed.emit(Notice("Ready"))
        desk.connection_changed.emit(replace(ONLINE, link=Link.OFFLINE))
        desk.reset.emit([make_photo(1, State.READY, item=None)])
        window.announcer.tell_counts()
        assert said == ["Ready", "Harbour & Pine can’t be reached", "1 photo needs attention"]


def test_menus_are_operated_by_keyboard_alone(window, qtbot):
    """Down opens what a button offers; nothing there needs a pointer."""
    assert MENUS
    button = window.toolbar.more
    button.setFocus()
    seen = []
    menu = button.menu()
    menu.aboutToShow.connect(lambda: seen.append(time.monotonic()))
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert seen
