"""What the person can do with the batch, offered exactly where it does something."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from gui_fakes import ONLINE, TOTALS, make_photo
from PySide6.QtGui import QDesktopServices, QFontMetrics

from uploader.background.values import Connection, Link, Notice, Totals
from uploader.domain.states import State
from uploader.ui.menus import row_menu
from uploader.ui.status import Action
from uploader.ui.widgets.chips import Chip
from uploader.ui.widgets.labels import ElidedLabel

SOON = time.time() + 1000


def entries(window, desk, *photos):
    """Give the row menu's entries by their words."""
    menu = row_menu(
        window, desk, photos, lambda: None, lambda _photo: None,
        new_items=print, pictures=window.picture_acts,
    )  # fmt: skip
    return {action.text(): action for action in menu.actions()}


def more(window):
    menu = window.toolbar.more.menu()
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


# ---- retry
@pytest.mark.parametrize(
    ("photo", "allowed"),
    [
        (make_photo(1, State.READY), False),
        (make_photo(1, State.WAITING), False),
        (make_photo(1, State.WAITING, not_before=SOON), True),
        (make_photo(1, State.UPLOADING), False),
        (make_photo(1, State.UNCERTAIN), False),
        (make_photo(1, State.UNCERTAIN, not_before=SOON), True),
        (make_photo(1, State.PROCESSING), False),
        (make_photo(1, State.LIVE), False),
        (make_photo(1, State.STALLED), True),
        (make_photo(1, State.FAILED), True),
        (make_photo(1, State.REJECTED), True),
        (make_photo(1, State.REFUSED), False),
        (make_photo(1, State.CANCELLED), False),
    ],
)
def test_retry_is_offered_where_something_failed_or_backs_off(window, desk, photo, allowed):
    desk.reset.emit([photo])
    assert window.toolbar.retry.isEnabled() is allowed
    assert entries(window, desk, photo)["Retry now"].isEnabled() is allowed


def test_retry_follows_what_changes_and_what_leaves(window, desk):
    desk.reset.emit([make_photo(n, State.FAILED) for n in (1, 2)])
    desk.changed.emit([make_photo(1, State.PROCESSING)])
    assert window.toolbar.retry.isEnabled()
    desk.changed.emit([make_photo(2, State.PROCESSING), make_photo(3, State.FAILED)])
    assert window.toolbar.retry.isEnabled()
    desk.removed.emit([3])
    assert not window.toolbar.retry.isEnabled()
    desk.reset.emit([make_photo(4, State.STALLED)])
    window.toolbar.retry.click()
    assert desk.named("retry") == [()]


# ---- cancel, and the way back
def test_many_are_cancelled_at_once_those_that_can_be(window, desk):
    going = [State.READY, State.WAITING, State.UPLOADING, State.UNCERTAIN, State.REJECTED]
    photos = [make_photo(n, state) for n, state in enumerate([*going, State.LIVE], 1)]
    entries(window, desk, *photos)["Cancel"].trigger()
    assert desk.named("cancel") == [([1, 2, 3, 4, 5],)]
    assert not entries(window, desk, photos[-1])["Cancel"].isEnabled()


def test_a_cancelled_photo_can_be_sent_after_all(window, desk):
    cancelled = make_photo(1, State.CANCELLED)
    desk.reset.emit([cancelled])
    status = window.model.status(cancelled)
    assert (status.words, status.action.label) == ("Cancelled", "Send after all")
    window.list.acted.emit(1, Action.PUT_BACK)
    entries(window, desk, cancelled, make_photo(2))["Send after all"].trigger()
    assert desk.named("put_back") == [([1],), ([1],)]
    assert not entries(window, desk, make_photo(2))["Send after all"].isEnabled()


# ---- clear finished
def test_finished_photos_leave_in_one_go(window, desk):
    desk.reset.emit([make_photo(1), make_photo(2, State.REFUSED)])
    assert not more(window)["Clear finished"].isEnabled()
    for state in (State.LIVE, State.ALREADY, State.CANCELLED):
        desk.changed.emit([make_photo(3, state)])
        assert more(window)["Clear finished"].isEnabled()
    more(window)["Clear finished"].trigger()
    assert len(desk.named("remove_finished")) == 1
    desk.removed.emit([3])
    assert not more(window)["Clear finished"].isEnabled()


# ---- pause
def test_pause_says_what_a_click_does(window, desk, batch):
    pause = window.toolbar.pause
    assert (pause.text(), pause.icon_name) == ("Pause", "pause")
    desk.paused_changed.emit(True)
    assert (pause.text(), pause.icon_name) == ("Resume", "play")
    desk.reset.emit([make_photo(1, State.LIVE)])
    assert pause.isEnabled(), "else nobody could resume"
    desk.paused_changed.emit(False)
    assert not pause.isEnabled()


def test_while_paused_nothing_is_promised(window, desk, batch):
    desk.connection_changed.emit(Connection(Link.OFFLINE, "Shop", next_try=9e9))
    desk.paused_changed.emit(True)
    assert window.offline._waiting.text() == "71 photos wait until you resume."
    desk.totals_changed.emit(Totals(waiting=1))
    assert window.offline._waiting.text() == "1 photo waits until you resume."
    desk.paused_changed.emit(False)
    assert window.offline._waiting.text() == "1 photo waits and will be sent by itself."


@pytest.mark.parametrize(
    "stop",
    [
        lambda desk: desk.paused_changed.emit(True),
        lambda desk: desk.connection_changed.emit(Connection(Link.SIGNED_OUT, "Shop")),
        lambda desk: desk.connection_changed.emit(Connection(Link.OFFLINE, "Shop")),
    ],
    ids=["paused", "signed out", "offline"],
)
def test_no_speed_is_told_while_nothing_is_sent(window, desk, batch, stop):
    assert window.bottom._rate.isVisible()
    stop(desk)
    desk.totals_changed.emit(TOTALS)
    assert not window.bottom._rate.isVisible()
    assert not window.bottom._left.isVisible()
    assert window.bottom._to_go.isVisible()
    desk.connection_changed.emit(ONLINE)
    desk.paused_changed.emit(False)
    assert window.bottom._rate.isVisible()


# ---- notices
def test_a_notice_that_stays_stays_until_it_is_closed(window, desk, monkeypatch):
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    long = "The list of photos was damaged. " * 8
    damaged = Notice(long, stays=True, folder=Path("/data"))
    desk.noticed.emit(damaged)
    bar = window.notice
    assert bar.isVisible()
    assert not bar._timer.isActive()
    bar.folder.click()
    assert shown == ["/data"]
    # A passing one comes over it and goes again.
    desk.noticed.emit(Notice("Two files aren’t photos."))
    assert not bar.folder.isVisible()
    bar._timer.timeout.emit()
    assert bar._shown == damaged
    bar._close.click()
    assert not bar.isVisible()


def test_a_notice_is_seen_with_and_without_photos(window, desk, qtbot):
    desk.noticed.emit(Notice("No photo could be read.", stays=True))
    assert window.notice.isVisible()
    desk.reset.emit([make_photo(1)])
    qtbot.waitUntil(window.notice.isVisible)
    assert window.work.isAncestorOf(window.notice)
    assert window.notice.geometry().bottom() < window.bottom.geometry().top()
    desk.removed.emit([1])
    qtbot.waitUntil(window.notice.isVisible)


def test_a_passing_notice_passes_also_when_the_page_changes(window, desk, qtbot):
    desk.noticed.emit(Notice("Two files aren’t photos."))
    desk.changed.emit([make_photo(1)])
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice._timer.isActive()


def test_a_long_notice_can_be_read_as_a_whole(window, desk, qtbot):
    window.resize(960, 540)
    desk.reset.emit([make_photo(1)])
    desk.noticed.emit(Notice("Short."))
    qtbot.waitUntil(lambda: window.notice.height() == 40)
    desk.noticed.emit(Notice("The damaged file is kept. " * 12, "Nothing is lost.", stays=True))
    bar = window.notice
    qtbot.waitUntil(lambda: bar.height() >= bar.heightForWidth(bar.width()) > 40)
    assert window.width() == 960


def test_a_notice_shows_what_it_names_as_it_is(window, desk):
    desk.noticed.emit(Notice("<b>bold</b>.jpg", "a & b"))
    assert window.notice.accessibleName() == "<b>bold</b>.jpg a & b"
    assert "&lt;b&gt;" in window.notice.text.text()


@pytest.mark.parametrize(("width", "inked"), [(300, True), (40, False)])
def test_a_hint_that_helps_only_as_a_whole_goes_where_it_is_cut(qtbot, theme, width, inked):
    made = ElidedLabel("secondary", whole=True)
    qtbot.addWidget(made)
    made.setText("Drag the frame.")
    made.resize(width, 20)
    picture = made.grab().toImage()
    ground = picture.pixel(width - 1, 0)
    colours = {picture.pixel(x, y) for x in range(width) for y in range(20)}
    assert bool(colours - {ground}) is inked
    assert made.toolTip() == ("" if inked else "Drag the frame.")


@pytest.mark.parametrize("words", ["All", "Alle", "Needs attention", "Waiting mmmm"])
def test_a_chip_is_as_wide_when_chosen_and_shows_all_its_words(qtbot, theme, monkeypatch, words):
    chip = Chip(theme, words, warns=words == "Needs attention")
    qtbot.addWidget(chip)
    chip.show_count(3120)
    chip.resize(chip.sizeHint())
    drawn = []
    real = QFontMetrics.elidedText
    monkeypatch.setattr(
        QFontMetrics, "elidedText", lambda *given: drawn.append(real(*given)) or drawn[-1]
    )
    for chosen in (False, True):
        chip.setChecked(chosen)
        chip.grab()
    assert set(drawn) == {words}
