"""The window as a whole: what is shown when, and how it goes."""

import time

import pytest
from gui_fakes import ONLINE, make_photo
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from uploader.background.values import Connection, Link, Notice, Totals
from uploader.domain.states import State
from uploader.ui.theme import DARK, Role


def test_before_the_first_photo_the_window_is_a_drop_area(window, desk):
    assert window.pages.currentWidget() is window.empty
    assert not window.toolbar.upload.isEnabled()
    desk.changed.emit([make_photo(1)])
    assert window.pages.currentWidget() is window.work
    desk.removed.emit([1])
    assert window.pages.currentWidget() is window.empty


def test_the_toolbar_counts_what_upload_sends(window, batch, desk):
    assert window.toolbar.upload.text() == "Upload 24"
    window.toolbar.upload.click()
    assert desk.named("upload") == [()]


def test_pause_becomes_resume(window, batch, desk):
    window.toolbar.pause.click()
    desk.paused_changed.emit(True)
    assert window.toolbar.pause.text() == "Resume"
    window.toolbar.pause.click()
    desk.paused_changed.emit(False)
    assert (desk.named("pause"), desk.named("resume")) == ([()], [()])


def test_the_bottom_bar(window, batch):
    bottom = window.bottom
    assert (bottom._done.text(), bottom._total.text()) == ("207", " of 312 photos live")
    assert bottom._to_go.text() == "433 MB to go"
    assert bottom._rate.text() == "1.2 MB/s"
    assert bottom._left.text() == "about 6 min left"


def test_the_offline_line(window, batch, desk, monkeypatch):
    window.offline.try_now.emit()
    assert desk.named("try_now") == [()]
    desk.connection_changed.emit(Connection(Link.OFFLINE, "Harbour & Pine", next_try=9e9))
    assert window.offline.isVisible()
    assert window.offline._waiting.text() == "71 photos wait and will be sent by themselves."
    assert not window.bottom._rate.isVisible()
    desk.totals_changed.emit(Totals(waiting=1))
    assert window.offline._waiting.text() == "1 photo waits and will be sent by itself."
    now = time.time()
    soon = Connection(Link.OFFLINE, "Harbour & Pine", next_try=now + 0.4)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: now)
        desk.connection_changed.emit(soon)
    assert window.offline._next.text() == "Next try in 1 s", "never in none"
    desk.connection_changed.emit(ONLINE)
    assert not window.offline.isVisible()
    assert not window.offline._clock.isActive()


def test_the_offline_line_says_why_in_full(window, batch, desk, qtbot):
    why = "Perhaps this network wants you to sign in to it first. " * 3
    window.resize(960, 540)
    desk.connection_changed.emit(Connection(Link.OFFLINE, "Shop", next_try=9e9))
    qtbot.waitUntil(lambda: window.offline.height() == 40)
    elsewhere = Connection(Link.OFFLINE, "Shop", next_try=9e9, title="Something else", detail=why)
    desk.connection_changed.emit(elsewhere)
    assert window.offline._why.text() == f"Something else. {why}"
    assert window.offline._waiting.text() == "71 photos wait and will be sent by themselves."
    bar = window.offline._why
    qtbot.waitUntil(lambda: bar.height() >= bar.heightForWidth(bar.width()) > 20)
    desk.connection_changed.emit(Connection(Link.OFFLINE, "Shop", next_try=9e9))
    qtbot.waitUntil(lambda: window.offline.height() == 40)


def test_notices_stand_in_a_line(window, batch, desk):
    desk.noticed.emit(Notice("3 files aren’t photos", "They stay out."))
    assert window.notice.isVisible()
    window._escape()
    assert not window.notice.isVisible()


def test_a_narrow_window_lays_the_inspector_over_the_list(window, batch):
    assert window.inspector.isVisible()
    window.resize(960, 540)
    assert not window.inspector.isVisible()
    width = window.list.width()
    window.toolbar.inspector.click()
    assert window.inspector.isVisible()
    assert window.list.width() == width
    window._escape()
    assert not window.inspector.isVisible()
    window.resize(1200, 760)
    assert window.inspector.isVisible()


def test_words_go_in_the_designs_order(window, batch):
    toolbar = window.toolbar
    buttons = (toolbar.retry, toolbar.pause, toolbar.add_folder)
    seen = set()
    for width in range(1200, 700, -20):
        window.resize(width, 600)
        seen.add(tuple(button.compact for button in buttons))
    assert seen <= {(False,) * 3, (True, False, False), (True, True, False), (True,) * 3}
    assert (True, True, True) in seen
    assert toolbar.upload.compact is False
    assert toolbar.retry.toolTip() == "Retry failed"


def test_the_theme_changes_live(window, batch, theme):
    theme.set_scheme("dark")
    image = window.grab().toImage()
    assert image.pixelColor(2, 2) == DARK[Role.WINDOW]
    theme.set_scheme("light")


def test_every_control_has_a_name(window, batch):
    window.list.setCurrentIndex(window.model.index(5))
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    controls = [w for kind in kinds for w in window.findChildren(kind) if w.isVisible()]
    assert len(controls) > 15
    nameless = [w for w in controls if not (w.accessibleName() or getattr(w, "text", str)())]
    assert nameless == []


def test_an_idle_window_has_no_running_timer(window, desk, qtbot):
    desk.reset.emit([make_photo(1, State.LIVE), make_photo(2)])

    def running():
        return [t for t in window.findChildren(QTimer) if t.isActive()]

    qtbot.waitUntil(lambda: running() == [], timeout=3000)


def test_quitting_with_half_sent_photos_says_so_and_goes(window, desk, qtbot):
    desk.reset.emit([make_photo(n, State.UPLOADING) for n in (1, 2, 3)])
    with qtbot.waitSignal(window.closing):
        window.close()
    words = window.drops.overlay.detail.text()
    assert words == "3 photos are half sent; they go on when you start again."
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3000)


@pytest.mark.parametrize("state", [State.READY, State.LIVE, State.PROCESSING])
def test_quitting_otherwise_just_quits(window, desk, state):
    desk.reset.emit([make_photo(1, state)])
    window.close()
    assert not window.isVisible()


def test_the_store_button_says_how_it_stands(window, desk):
    store = window.toolbar.store
    assert store.accessibleName() == "Harbour & Pine, online"
    desk.connection_changed.emit(Connection())
    assert store.accessibleName() == "Sign in"
    menu = store.menu()
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions()] == ["Sign in…"]


def test_the_first_photo_is_chosen_by_itself_later_ones_are_not(window, desk):
    assert window.inspector.nothing.isVisibleTo(window.inspector)
    desk.changed.emit([make_photo(1), make_photo(2)])
    assert window.list.current().id == 1
    assert not window.inspector.nothing.isVisibleTo(window.inspector)
    desk.changed.emit([make_photo(3)])
    assert [photo.id for photo in window.list.selected()] == [1]


def test_signed_out_the_way_to_sign_in_is_one_click(window, batch, desk, monkeypatch):
    asked = []
    monkeypatch.setattr(window.sign_in, "open", lambda *known: asked.append(known))
    assert not window.signed_out.isVisible()
    desk.connection_changed.emit(
        Connection(
            Link.SIGNED_OUT, "Harbour & Pine", "ines@harbourpine.shop", "harbourpine.shop",
            title="Your sign-in has ended", detail="Sign in again to go on.",
        )
    )  # fmt: skip
    assert window.signed_out.isVisible()
    assert window.signed_out.accessibleName() == "Your sign-in has ended. Sign in again to go on."
    window.signed_out.button.click()
    window.toolbar.upload.click()
    assert asked == [("harbourpine.shop", "ines@harbourpine.shop")] * 2
    assert desk.named("upload") == [()]
    desk.connection_changed.emit(ONLINE)
    assert not window.signed_out.isVisible()


def test_before_anybody_signed_in_the_empty_window_asks_for_it(window, desk):
    assert not window.empty.sign_in.isVisible()
    desk.connection_changed.emit(Connection())
    assert window.empty.sign_in.isVisible()
    assert window.toolbar.upload.toolTip() == "Sign in to your store first."


def test_an_outbox_that_cannot_be_opened_is_told_and_can_be_tried_again(window, desk, qtbot):
    desk.failed.emit("Already running", "Store Uploader is open in another window. Close it first.")
    assert "Already running" in {label.text() for label in window.empty.findChildren(QLabel)}
    enabled = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    assert enabled == [window.empty.again]
    assert not window.acceptDrops()
    assert not window.empty._drawing.isVisible(), "nothing is to be dropped here"
    window.empty.again.click()
    assert desk.named("start") == [()]
    assert not window.empty.again.isEnabled()
    desk.failed.emit("The disk is full", "Make some room.")
    assert window.empty.again.isEnabled()
    desk.opened.emit()
    assert window.acceptDrops()
    assert window.toolbar.isEnabled()
    assert not window.empty.again.isVisible()
    assert window.empty.photos.isVisible()
    assert window.empty._drawing.isVisible()
    assert "The disk is full" not in {label.text() for label in window.empty.findChildren(QLabel)}


def test_where_the_list_cannot_be_opened_keys_do_no_more_than_buttons(window, desk):
    def on():
        keys = {a.shortcut().toString() for a in window.actions() if a.isEnabled()}
        return keys - {""}

    before = on()
    desk.failed.emit("The disk is full", "Make some room.")
    assert on() == {"Ctrl+Q", "F1", "Ctrl+/", "Esc"}
    desk.opened.emit()
    assert on() == before


def test_what_takes_the_keyboard_has_a_name(window, batch):
    takers = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(takers) > 10
    nameless = [
        widget
        for widget in takers
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
