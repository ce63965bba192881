"""A list model whose rows Qt counts by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QStringListModel


class RowsModel(QStringListModel):
    """Ids in an order, one a row; `ids` is what is shown.

    A view asks for the number of rows whenever it looks for an index: with 10,000 rows, 20,000
    times for each change. Asked in Python that is 40 ms, and for every answer the interpreter has
    to be waited for while workers are busy. So Qt keeps a list of as many empty texts and answers
    from it. `ids` changes between Qt's two signals, as with any model: whoever hears the first
    sees the old rows, whoever hears the second the new ones.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: list[int] = []
        self._next: Callable[[], None] | None = None
        # Before any view's, as they hear in the order in which they were connected.
        for done in (self.rowsInserted, self.rowsRemoved, self.modelReset):
            done.connect(self._take_over)

    def replace_all(self, ids: list[int], also: Callable[[], None] = lambda: None) -> None:
        """Show other rows; `also` changes what else follows from them, at the same moment."""

        def take() -> None:
            also()
            self.ids_changed(ids)

        self._next = take
        self.setStringList([""] * len(ids))

    def put_in(self, first: int, ids: list[int]) -> None:
        """Put rows in before row `first`."""
        new = self.ids[:first] + ids + self.ids[first:]
        self._next = lambda: self.ids_changed(new)
        self.insertRows(first, len(ids))

    def take_out(self, first: int, last: int) -> None:
        """Take rows out, `last` included."""
        new = self.ids[:first] + self.ids[last + 1 :]
        self._next = lambda: self.ids_changed(new)
        self.removeRows(first, last - first + 1)

    def ids_changed(self, ids: list[int]) -> None:
        """Take over what is shown from now on."""
        self.ids = ids

    def _take_over(self) -> None:
        then, self._next = self._next, None
        if then is not None:
            then()
