"""The history's window: what it asks for, shows, and leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui_fakes import history_lines, make_line
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from uploader.background.values import Notice
from uploader.domain.history import HistoryChanges, HistoryPage, HistoryQuery, Outcome
from uploader.domain.states import State
from uploader.ui.delegates.history_row import HistoryRowDelegate
from uploader.ui.dialogs.history import HistoryDialog, is_web
from uploader.ui.models.history import LINE, SECOND, STATUS, Column, HistoryModel

NOW = 1_795_469_263.0
ALL = HistoryQuery()


def told(**counts):
    """Counts by outcome, all of them together in ALL."""
    known = {Outcome(name.replace("_", "-")): n for name, n in counts.items()}
    return dict.fromkeys(Outcome, 0) | known | {Outcome.ALL: sum(known.values())}


def page(lines, query=ALL, before=None, more=False, revision=10):
    return HistoryPage(query, tuple(lines), told(live=len(lines)), before, more, revision)


def changes(lines, since=10, revision=11, cut=False, query=ALL):
    return HistoryChanges(query, since, tuple(lines), told(live=len(lines)), revision, cut)


@pytest.fixture
def opened():
    return []


@pytest.fixture
def dialog(qtbot, desk, theme, settings, opened):
    made = HistoryDialog(desk, theme, settings, open_url=lambda url: opened.append(url) or True)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def filled(dialog, desk):
    """The window with an evening's lines."""
    desk.history.emit(page(history_lines(NOW)))
    return dialog


def names(model):
    return [model.index(row, Column.FILE).data() for row in range(model.rowCount())]


# ---- the model
@pytest.fixture
def model(qtmodeltester):
    made = HistoryModel()
    made.wanted = []
    made.page_wanted.connect(made.wanted.append)
    made.ask(HistoryQuery())
    return made


def lines_of(*numbers, outcome=State.LIVE):
    return [make_line(number, outcome) for number in numbers]


def test_it_is_a_sound_model(model, qtmodeltester):
    model.take(page(lines_of(5, 4, 3), more=True))
    qtmodeltester.check(model)


def test_older_lines_come_when_they_are_asked_for(model):
    assert model.wanted == [None]
    model.take(page(lines_of(9, 8), more=True))
    assert model.canFetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert model.wanted == [None, 8]
    model.take(page(lines_of(7, 6), before=8))
    assert [line.number for line in model.lines(range(9))] == [9, 8, 7, 6]
    assert not model.canFetchMore(model.index(-1, -1))


def test_answers_to_older_questions_are_left_out(model):
    model.take(page(lines_of(9)))
    model.ask(HistoryQuery("lamp"))
    model.take(page(lines_of(7)))
    model.merge(changes(lines_of(10)))
    assert [line.number for line in model.lines(range(9))] == [9]
    model.take(page(lines_of(3), HistoryQuery("lamp")))
    model.take(page(lines_of(1), HistoryQuery("lamp"), before=9))
    assert [line.number for line in model.lines(range(9))] == [3]


def test_changes_come_in_place(model, qtbot):
    model.take(page(lines_of(9, 7, 5), more=True))
    with qtbot.waitSignal(model.grown) as grown:
        model.merge(changes([*lines_of(11, 10, 4), make_line(7, State.FAILED)]))
    shown = model.lines(range(9))
    assert [line.number for line in shown] == [11, 10, 9, 7, 5]
    assert shown[3].outcome is State.FAILED
    assert grown.args == [2]
    assert model.revision == 11


def test_what_fits_no_longer_leaves_and_what_fits_now_comes(model):
    query = HistoryQuery("", Outcome.TROUBLE)
    model.ask(query)
    model.take(page(lines_of(9, 5, outcome=State.FAILED), query))
    model.merge(
        changes([make_line(9, State.LIVE), make_line(7, State.STALLED), make_line(2)], query=query)
    )
    assert [line.number for line in model.lines(range(9))] == [7, 5]
    # Everything is loaded, so that the oldest comes in too.
    model.merge(changes(lines_of(1, outcome=State.FAILED), since=11, revision=12, query=query))
    assert [line.number for line in model.lines(range(9))] == [7, 5, 1]


def test_after_too_many_changes_it_begins_anew(model):
    model.take(page(lines_of(9)))
    model.merge(changes(lines_of(9), cut=True))
    assert model.wanted == [None, None]
    model.take(page(lines_of(12)))
    assert [line.number for line in model.lines(range(9))] == [12]


def test_each_outcome_has_words_and_an_icon(model, theme):
    model.take(page(history_lines(NOW)))
    words = {}
    for row in range(9):
        index = model.index(row, Column.OUTCOME)
        words[index.data()] = index.data(SECOND)
        assert not theme.pixmap(index.data(STATUS).icon, index.data(STATUS).tint, 1.0).isNull()
    assert words["Live"] == "After 12 s"
    assert words["Refused by the store"] == "Its item, HP-3310, is archived."
    assert len(words) == 9
    spoken = model.index(3, Column.OUTCOME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Refused by the store, Its item, HP-3310, is archived."


def test_what_left_the_list_early_says_so(model):
    model.take(page([make_line(1, State.PROCESSING, NOW, ended_at=NOW + 3)]))
    status = model.index(0, Column.OUTCOME).data(STATUS)
    assert (status.words, status.detail) == (
        "Sent",
        "Taken off the list before the store was done",
    )


# ---- the window
def test_it_opens_once_from_the_main_window(window, desk, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    first = window.history.dialog
    window.history.open()
    assert window.history.dialog is first
    assert not first.isModal()
    assert desk.named("request_history") == [(HistoryQuery(), None)]
    first.close()
    assert window.history.dialog is None
    texts = [action.text() for action in window.toolbar.more.menu().actions()]
    assert "History…" in texts


def test_before_anything_was_sent_it_says_so(dialog, desk):
    desk.history.emit(page([]))
    assert dialog.pages.currentIndex() == 1
    assert dialog.nothing.text() == "Nothing has been sent yet"
    assert not dialog.bar.export.isEnabled()


def test_typing_searches_once_it_pauses(filled, desk, qtbot):
    qtbot.keyClicks(filled.bar.search, "lamp")
    qtbot.waitUntil(lambda: len(desk.named("request_history")) == 2)
    assert desk.named("request_history")[1] == (HistoryQuery("lamp"), None)
    desk.history.emit(page([], HistoryQuery("lamp")))
    assert filled.nothing.text() == "No photo fits"


def test_a_chip_filters_with_the_words(filled, desk):
    filled.bar.search.setText("mug")
    filled.outcomes.chips[Outcome.TROUBLE].click()
    query = HistoryQuery("mug", Outcome.TROUBLE)
    assert desk.named("request_history")[-1] == (query, None)
    counts = told(live=3, trouble=1)
    desk.history.emit(HistoryPage(query, tuple(lines_of(3, outcome=State.FAILED)), counts))
    assert filled.total.text() == "1 photo"
    assert filled.outcomes.chips[Outcome.LIVE].count == 3
    assert filled.outcomes.chips[Outcome.TROUBLE].accessibleName() == "Problems, 1"


def test_photos_that_move_are_asked_for_together(filled, desk, qtbot):
    for _ in range(50):
        desk.changed.emit([])
        desk.removed.emit([])
    qtbot.waitUntil(lambda: bool(desk.named("request_history_changes")))
    assert desk.named("request_history_changes") == [(HistoryQuery(), 10)]


def test_another_store_is_another_history(filled, desk):
    desk.reset.emit([])
    assert desk.named("request_history")[-1] == (HistoryQuery(), None)
    assert len(desk.named("request_history")) == 2


def test_show_in_store_opens_the_page(filled, opened, qtbot):
    assert not filled.bar.show_page.isEnabled()
    filled.table.selectRow(1)
    filled.bar.show_page.click()
    assert [url.toString() for url in opened] == ["https://shop.example/299"]
    filled.table.setFocus()
    qtbot.keyClick(filled.table, Qt.Key.Key_Return)
    assert len(opened) == 2


def test_without_a_page_there_is_nothing_to_open(filled, opened, qtbot):
    filled.table.selectRow(0)
    assert not filled.bar.show_page.isEnabled()
    filled.table.activated.emit(filled.table.currentIndex())
    assert opened == []


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://shop.example/1", True),
        ("http://127.0.0.1:8000/a", True),
        ("", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("//shop.example/1", False),
        ("http://[broken", False),
    ],
)
def test_only_pages_of_the_web_are_opened(address, opens):
    assert is_web(address) is opens


def test_show_file_opens_its_folder(filled, opened):
    filled.table.selectRow(0)
    filled.bar.show_file.click()
    assert Path(opened[0].toLocalFile()) == Path("/photos").absolute()


def test_what_cannot_be_opened_is_told(qtbot, desk, theme, settings):
    dialog = HistoryDialog(desk, theme, settings, open_url=lambda _url: False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    desk.history.emit(page(history_lines(NOW)))
    dialog.table.selectRow(1)
    dialog.bar.show_file.click()
    assert dialog.message.text() == "The folder can’t be opened."
    dialog.bar.show_page.click()
    assert dialog.message.text() == "No browser could be opened."


def test_copied_rows_are_text_with_tabs(filled, qtbot):
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    filled.table.selectRow(1)
    filled.table.selectionModel().select(filled.model.index(3, 0), select)
    filled.table.setFocus()
    qtbot.keyClick(filled.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert [row[2:] for row in rows] == [
        ["bowls-speckled-set3.jpg", "Speckled bowls, set of 3", "HP-1180", "Live", "After 12 s",
         "8399"],
        ["chair-oak-black.jpg", "Dining chair, oak", "HP-3310", "Refused by the store",
         "Its item, HP-3310, is archived.", ""],
    ]  # fmt: skip


def test_export_asks_where_and_says_how_it_went(window, batch, desk, qtbot, tmp_path):
    window.history.open()
    dialog = window.history.dialog
    desk.history.emit(page(history_lines(NOW)))
    dialog.bar.export.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    chooser.fileSelected.emit(str(tmp_path / "mine.csv"))
    chooser.close()
    assert desk.named("export_history") == [(tmp_path / "mine.csv", HistoryQuery())]
    assert not dialog.bar.export.isEnabled()
    desk.history_exported.emit(Notice("9 lines were saved in mine.csv."))
    assert dialog.message.text() == "9 lines were saved in mine.csv."
    assert dialog.bar.export.isEnabled()
    dialog.close()
    # Closed meanwhile, the main window says it.
    desk.history_exported.emit(Notice("The history can’t be saved there", "Choose another."))
    assert window.notice.isVisible()


def test_the_table_is_read_with_the_keyboard(filled, qtbot):
    filled.bar.search.setFocus()
    filled.table.setFocus()
    qtbot.keyClick(filled.table, Qt.Key.Key_Down)
    before = filled.table.current()
    qtbot.keyClick(filled.table, Qt.Key.Key_Down)
    assert filled.table.current().number == before.number - 1
    qtbot.keyClick(filled.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert filled.focusWidget() is filled.bar.search
    qtbot.keyClicks(filled.bar.search, "x")
    qtbot.keyClick(filled.bar.search, Qt.Key.Key_Escape)
    assert filled.isVisible()
    assert filled.bar.search.text() == ""
    qtbot.keyClick(filled, Qt.Key.Key_Escape)
    assert not filled.isVisible()


def test_what_is_read_stays_under_the_eyes(filled, desk):
    bar = filled.table.verticalScrollBar()
    bar.setValue(500)
    top = filled.table.indexAt(filled.table.viewport().rect().topLeft()).data(LINE).number
    desk.history_changed.emit(changes(lines_of(301, 302)))
    assert filled.table.indexAt(filled.table.viewport().rect().topLeft()).data(LINE).number == top
    bar.setValue(0)
    desk.history_changed.emit(changes(lines_of(303), since=11, revision=12))
    assert filled.table.indexAt(filled.table.viewport().rect().topLeft()).data(LINE).number == 303


def test_a_line_that_gets_its_page_can_be_shown_at_once(filled, desk):
    filled.table.selectRow(0)
    assert not filled.bar.show_page.isEnabled()
    desk.history_changed.emit(changes([make_line(300, State.LIVE, NOW)]))
    assert filled.bar.show_page.isEnabled()


@pytest.mark.parametrize("width", [640, 800, 1000, 1600])
def test_every_column_stays_in_sight(filled, qtbot, width):
    filled.resize(width, 500)
    header, table = filled.table.horizontalHeader(), filled.table
    sizes = [header.sectionSize(column) for column in Column]
    assert sum(sizes) == table.viewport().width()
    assert min(sizes) >= 64
    # Words go, and the row is laid out again in the next turn.
    qtbot.waitUntil(lambda: filled.bar.search.geometry().right() < filled.bar.width())
    assert filled.bar.show_page.text() == "Show in store"
    assert not filled.bar.show_page.compact


def test_sizes_are_remembered(filled, desk, theme, settings, qtbot):
    filled.resize(760, 420)
    filled.table.horizontalHeader().resizeSection(Column.FILE, 150)
    filled.close()
    again = HistoryDialog(desk, theme, settings)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 420)
    assert again.table.widths().split()[1] == "150"


@pytest.mark.parametrize("text", ["", "1 2", "a b c d", "9 9 9 9"])
def test_odd_memories_are_left(filled, text):
    filled.table.restore_widths(text)
    assert all(int(width) >= 64 for width in filled.table.widths().split())


class Counting(HistoryRowDelegate):
    """Counts the cells that are drawn."""

    painted = 0

    def paint(self, painter, option, index):
        self.painted += 1
        super().paint(painter, option, index)


def test_many_lines_cost_only_what_is_seen(dialog, desk, theme):
    delegate = Counting(theme, dialog.table)
    dialog.table.setItemDelegate(delegate)
    desk.history.emit(page(lines_of(*range(20_000, 0, -1))))
    dialog.grab()
    assert dialog.model.rowCount() == 20_000
    assert 0 < delegate.painted < 400
