"""The history's model: lines page by page, newest first, brought up to date in place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from uploader.domain.history import (
    HistoryChanges,
    HistoryLine,
    HistoryPage,
    HistoryQuery,
    Outcome,
)
from uploader.ui.history_words import moment, status_of_line
from uploader.ui.text import translate

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
STATUS = Qt.ItemDataRole.UserRole + 1
SECOND = Qt.ItemDataRole.UserRole + 2
"""What stands below a cell's first line."""


class Column(IntEnum):
    """The table's columns."""

    WHEN = 0
    FILE = 1
    ITEM = 2
    OUTCOME = 3
    NUMBER = 4

    @property
    def label(self) -> str:
        """What the header says."""
        return {
            Column.WHEN: translate("History", "When"),
            Column.FILE: translate("History", "File"),
            Column.ITEM: translate("History", "Item"),
            Column.OUTCOME: translate("History", "Outcome"),
            Column.NUMBER: translate("History", "Store number"),
        }[self]


class HistoryModel(QAbstractTableModel):
    """Roles: `LINE` the `HistoryLine`; `STATUS`; display, `SECOND`, tooltip, accessible text.

    Signals: `page_wanted(int | None)` lines older than this number, or the newest;
    `counted(dict[Outcome, int])`; `grown(int)` so many lines came in above the others.
    Attributes: `query`, what is shown or on its way.
    """

    page_wanted = Signal(object)
    counted = Signal(object)
    grown = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = HistoryQuery()
        self.revision: int | None = None
        self.counts: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
        self._rows: list[HistoryLine] = []
        self._more = False
        self._asked = False

    # ---- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of lines that are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as Qt has it
        """Name the columns."""
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section in list(Column):
            return Column(section).label
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        line = self._rows[index.row()]
        if role == LINE:
            return line
        if role == STATUS:
            return status_of_line(line) if index.column() == Column.OUTCOME else None
        first, second = _texts(line, Column(index.column()))
        spoken = ", ".join(part for part in (first, second) if part)
        texts = {
            Qt.ItemDataRole.DisplayRole: first,
            SECOND: second,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
        }
        return texts.get(role)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether older lines can be asked for."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for older lines; they come with `take`."""
        if self.canFetchMore(parent):
            self._asked = True
            self.page_wanted.emit(self._rows[-1].number)

    # ---- what comes
    def ask(self, query: HistoryQuery) -> None:
        """Begin anew with a query; what is shown stays until the answer is there."""
        self.query, self.revision, self._asked = query, None, True
        self.page_wanted.emit(None)

    def take(self, page: HistoryPage) -> None:
        """Show a page; an answer to what is no longer asked is left out."""
        if page.query != self.query:
            return
        if page.before is None:
            self.beginResetModel()
            self._rows, self.revision = list(page.lines), page.revision
            self.endResetModel()
        elif self._rows and page.before == self._rows[-1].number:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.lines) - 1)
            self._rows += page.lines
            self.endInsertRows()
        else:
            return
        self._asked, self._more = False, page.more
        self._count(page)

    def merge(self, changes: HistoryChanges) -> None:
        """Bring lines up to date; after too many changes, begin anew."""
        if changes.query != self.query or changes.since != self.revision:
            return
        if changes.cut:
            self.ask(self.query)
            return
        self.revision = changes.revision
        above = sum(self._put(line) for line in _in_order(changes.lines))
        if above:
            self.grown.emit(above)
        self._count(changes)

    def lines(self, rows: Iterable[int]) -> list[HistoryLine]:
        """Give the lines in these rows."""
        return [self._rows[row] for row in rows if row < len(self._rows)]

    # ---- parts
    def _put(self, line: HistoryLine) -> bool:
        """Change, insert or remove one line; tell whether it came in above all others."""
        row = bisect_left(self._rows, -line.number, key=lambda known: -known.number)
        known = row < len(self._rows) and self._rows[row].number == line.number
        if known and self.query.matches(line):
            self._rows[row] = line
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        elif known:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        elif self.query.matches(line) and (row < len(self._rows) or not self._more):
            # One older than all that are loaded comes with its own page.
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, line)
            self.endInsertRows()
            return row == 0
        return False

    def _count(self, told: HistoryPage | HistoryChanges) -> None:
        self.counts = dict(told.counts)
        self.counted.emit(self.counts)


def _in_order(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """Oldest first, so that each new line comes in at the top."""
    return sorted(lines, key=lambda line: line.number)


def _texts(line: HistoryLine, column: Column) -> tuple[str, str]:
    """Give a cell's two lines."""
    if column is Column.WHEN:
        return moment(line.sent_at)
    if column is Column.FILE:
        return line.name.replace("\n", " "), str(line.path.parent)
    if column is Column.ITEM:
        return (line.item.title, line.item.sku) if line.item else ("", "")
    if column is Column.OUTCOME:
        status = status_of_line(line)
        return status.words, status.detail
    return line.remote_id, ""
