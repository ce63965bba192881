"""The list's model: filter, order, counts, and how little it says for each change."""

import random
from dataclasses import replace

import pytest
from gui_fakes import make_photo
from PySide6.QtCore import QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from uploader.background.values import Connection, Link, Progress
from uploader.domain.states import State
from uploader.ui.models.groups import Group
from uploader.ui.models.photos import STATUS, Order, PhotosModel
from uploader.ui.models.runs import runs


@pytest.fixture
def model(qapp):
    made = PhotosModel(clock=lambda: 1000.0)
    made.set_around(connection=Connection(Link.ONLINE))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def names(model):
    return [model.photo_at(row).name for row in range(model.rowCount())]


def ids(model):
    return [model.photo_at(row).id for row in range(model.rowCount())]


def test_runs_join_neighbours():
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == []


def test_added_photos_come_in_one_insert(model):
    model.set_photos([make_photo(1)])
    spy = QSignalSpy(model.rowsInserted)
    model.change([make_photo(n) for n in range(2, 5001)])
    assert spy.count() == 1
    assert model.rowCount() == 5000
    assert model.ledger.counts[Group.ALL] == 5000


def test_changes_are_told_in_ranges(model):
    model.set_photos([make_photo(n) for n in range(100)])
    spy = QSignalSpy(model.dataChanged)
    model.change([make_photo(n, State.WAITING) for n in range(10, 30)])
    assert spy.count() == 1
    assert (spy.at(0)[0].row(), spy.at(0)[1].row()) == (10, 29)


def test_counts_follow_every_step(model):
    model.set_photos([make_photo(1), make_photo(2, item=None), make_photo(3, State.ADDED)])
    counts = model.ledger.counts
    assert (counts[Group.ALL], counts[Group.READY], counts[Group.ATTENTION]) == (3, 1, 1)
    for state, group in (
        (State.WAITING, Group.UPLOADING),
        (State.UPLOADING, Group.UPLOADING),
        (State.UNCERTAIN, Group.UPLOADING),
        (State.PROCESSING, Group.PROCESSING),
        (State.STALLED, Group.ATTENTION),
        (State.LIVE, Group.LIVE),
    ):
        model.change([make_photo(1, state)])
        model.change([make_photo(1, state)])
        others = {g: n for g, n in counts.items() if g not in (Group.ALL, group)}
        assert counts[group] == (2 if group is Group.ATTENTION else 1)
        assert sum(others.values()) == (0 if group is Group.ATTENTION else 1)
    model.remove([1, 2, 99])
    assert (counts[Group.ALL], counts[Group.LIVE], counts[Group.ATTENTION]) == (1, 0, 0)


def test_a_chip_shows_its_photos_and_follows_them(model):
    model.set_photos([make_photo(n) for n in range(1, 6)])
    model.arrange(group=Group.UPLOADING)
    assert ids(model) == []
    model.change([make_photo(4, State.WAITING), make_photo(2, State.UPLOADING)])
    assert ids(model) == [2, 4]
    model.change([make_photo(2, State.PROCESSING), make_photo(5, State.WAITING)])
    assert ids(model) == [4, 5]
    assert model.row_of(2) == -1


def test_search_looks_in_names_titles_and_skus(model):
    lamp = make_photo(1, name="Lamp.JPG")
    model.set_photos([lamp, make_photo(2, name="b.jpg"), make_photo(3, name="c.jpg")])
    model.arrange(query="lamp")
    assert names(model) == ["Lamp.JPG"]
    model.arrange(query="hp-0003")
    assert names(model) == ["c.jpg"]
    model.arrange(query="ITEM 2")
    assert names(model) == ["b.jpg"]
    model.change([replace(lamp, item=replace(lamp.item, title="item 2 too"))])
    assert names(model) == ["Lamp.JPG", "b.jpg"]


def test_order_by_name_and_status_keeps_up(model):
    model.set_photos([make_photo(1, name="b"), make_photo(2, name="C"), make_photo(3, name="a")])
    model.arrange(order=Order.NAME)
    assert names(model) == ["a", "b", "C"]
    model.change([make_photo(4, name="aa")])
    assert names(model) == ["a", "aa", "b", "C"]
    model.arrange(order=Order.STATUS)
    model.change([make_photo(3, State.FAILED, name="a"), make_photo(1, State.LIVE, name="b")])
    assert names(model) == ["a", "C", "aa", "b"]


def test_many_scattered_changes_reset_once(model):
    model.set_photos([make_photo(n) for n in range(1000)])
    model.arrange(group=Group.READY)
    spy = QSignalSpy(model.modelReset)
    model.change([make_photo(n, State.WAITING) for n in range(0, 1000, 2)])
    assert spy.count() == 1
    assert ids(model) == list(range(1, 1000, 2))


def test_places_in_line_count_the_waiting(model):
    model.set_photos([make_photo(n, State.WAITING) for n in range(1, 5)])
    assert model.index(2).data(STATUS).detail == "Number 3 in line"
    model.change([make_photo(1, State.UPLOADING)])
    assert model.index(2).data(STATUS).detail == "Number 2 in line"
    model.remove([2])
    assert model.index(1).data(STATUS).detail == "Number 1 in line"


def test_progress_of_a_photo_reaches_its_row(model):
    model.set_photos([make_photo(1, State.UPLOADING)])
    spy = QSignalSpy(model.dataChanged)
    model.progress({1: Progress(5_300_000, 8_400_000, 1_000_000), 77: Progress(1, 2, 0)})
    assert spy.count() == 1
    status = model.index(0).data(STATUS)
    assert status.detail == "5.3 of 8.4 MB, 3 s left"
    model.change([make_photo(1, State.PROCESSING)])
    assert model.ledger.progress == {}


def test_a_screen_reader_hears_the_whole_row(model):
    model.set_photos([make_photo(1, State.PROCESSING, name="x.jpg")])
    heard = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "x.jpg, Item 1, Processing, Sent. The store is making its crops."


def test_qt_counts_the_rows_itself() -> None:
    """A view asks twice for each row at each change: in Python that held the window up."""
    assert "rowCount" not in vars(PhotosModel)
    assert PhotosModel.rowCount is QStringListModel.rowCount


def test_views_hear_of_old_rows_before_and_of_new_ones_after(model) -> None:
    model.set_photos([make_photo(n) for n in range(1, 6)])
    heard = []

    def note(name):
        return lambda *_: heard.append(
            (name, [model.photo_at(r).id for r in range(len(model.ids))])
        )

    for name in ("rowsAboutToBeInserted", "rowsInserted", "rowsAboutToBeRemoved", "rowsRemoved",
                 "modelAboutToBeReset", "modelReset"):  # fmt: skip
        getattr(model, name).connect(note(name))
    model.change([make_photo(6), make_photo(7)])
    model.remove([2, 3])
    model.set_photos([make_photo(9)])
    assert heard == [
        ("rowsAboutToBeInserted", [1, 2, 3, 4, 5]),
        ("rowsInserted", [1, 2, 3, 4, 5, 6, 7]),
        ("rowsAboutToBeRemoved", [1, 2, 3, 4, 5, 6, 7]),
        ("rowsRemoved", [1, 4, 5, 6, 7]),
        ("modelAboutToBeReset", [1, 4, 5, 6, 7]),
        ("modelReset", [9]),
    ]


def test_rows_follow_whatever_happens(model) -> None:
    dice = random.Random(3)
    model.set_photos([make_photo(n) for n in range(1, 30)])
    held = QPersistentModelIndex(model.index(model.row_of(15)))
    states = (State.READY, State.LIVE, State.WAITING, State.REFUSED)
    for _ in range(60):
        what = dice.randrange(5)
        number = dice.choice([n for n in range(1, 60) if n != 15])
        if what == 0:
            model.change([make_photo(number, dice.choice(states), name=f"{number * 7 % 60}.jpg")])
        elif what == 1:
            model.remove([number, number + 1] if number + 1 != 15 else [number])
        elif what == 2:
            model.arrange(order=dice.choice(list(Order)))
            held = QPersistentModelIndex(model.index(model.row_of(15)))
        elif model.ledger.photos:
            some = dice.sample(list(model.ledger.photos), min(4, len(model.ledger.photos)))
            model.change([make_photo(n, dice.choice(states)) for n in some if n != 15])
        assert model.rowCount() == len(model.ids) == len(model.rows_by_id)
        assert set(model.ids) == set(model.ledger.photos)
        if held.isValid():
            assert model.photo_at(held.row()).id == 15
