"""Rows are drawn once, and never more of them in one paint than there is time for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPixmap

from uploader.ui.delegates import row_cache
from uploader.ui.delegates.row_cache import MOST, RowCache, drawn

SIZE = QSize(40, 10)


class Rows:
    def __init__(self) -> None:
        self.cache = RowCache()
        self.made: list[int] = []

    def get(self, photo_id: int, look: str = "plain") -> QPixmap | None:
        def make() -> QPixmap:
            self.made.append(photo_id)
            return drawn(SIZE, 1.0, QColor("white"), lambda _: None)

        return self.cache.get(photo_id, (look,), make)


@pytest.fixture
def rows(qapp) -> Rows:
    return Rows()


def test_an_unchanged_row_is_drawn_once(rows):
    for _ in range(3):
        assert rows.get(1) is not None
    assert rows.made == [1]


def test_a_row_that_looks_different_is_drawn_anew(rows):
    rows.get(1)
    rows.get(1, "selected")
    assert rows.made == [1, 1]


def test_only_the_latest_rows_are_kept(rows):
    for photo_id in range(MOST + 1):
        rows.get(photo_id)
    rows.get(MOST)
    rows.get(0)
    assert rows.made == [*range(MOST + 1), 0]


def test_a_paint_without_time_left_is_gone_on_with_later(rows, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(row_cache.time, "monotonic", lambda: clock[0])
    rows.cache.begin()
    rows.get(1)
    clock[0] = 1.0
    assert rows.get(2) is None
    assert rows.get(1) is not None, "what is there is copied all the same"
    assert rows.get(1, "changed") is not None, "the old look stands until there is time"
    assert rows.cache.postponed
    assert rows.made == [1]
    rows.cache.begin()
    assert not rows.cache.postponed
    assert rows.get(2) is not None
    assert rows.made == [1, 2]
