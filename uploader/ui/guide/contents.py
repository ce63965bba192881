"""The list beside the page: the guide's pages, or what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from uploader.ui.delegates.lines import Lines
from uploader.ui.guide.pages import Hit, Page
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
PADDING = 7
LEFT = 16
EDGE = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list, and where it leads."""

    page: str
    anchor: str
    words: str
    note: str = ""


class ContentsModel(QAbstractListModel):
    """Roles: `ENTRY` the `Entry`; display, tooltip and accessible text."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def list_pages(self, pages: Sequence[Page]) -> None:
        """List all pages."""
        self._set([Entry(page.name, "", page.title) for page in pages])

    def list_hits(self, hits: Sequence[Hit]) -> None:
        """List what a search found."""
        self._set([Entry(h.section.page, h.section.anchor, _words(h), h.around) for h in hits])

    def _set(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of lines."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a line."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.words}. {entry.note}" if entry.note else entry.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.note or None
        return None


def _words(hit: Hit) -> str:
    return hit.section.heading if hit.section.anchor else hit.title


class ContentsDelegate(QStyledItemDelegate):
    """One line for a page; below a search's hit a quieter one."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._base, self._small = Lines(theme.base), Lines(theme.small)
        self._strong = Lines(theme.strong)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fit one line or two."""
        note = self._theme.small_line if index.data(ENTRY).note else 0
        return QSize(80, self._theme.line + note + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw an entry."""
        entry, cell = index.data(ENTRY), option.rect
        colour = self._theme.colour
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(cell, colour(Role.WASH))
            painter.fillRect(cell.x(), cell.y(), EDGE, cell.height(), colour(Role.ACCENT))
            if self._view.hasFocus():
                painter.setPen(colour(Role.ACCENT))
                painter.drawRect(cell.adjusted(0, 0, -1, -1))
        painter.setPen(colour(Role.TEXT))
        where = cell.adjusted(LEFT, PADDING, -8, -PADDING)
        where.setHeight(self._theme.line)
        self._line(painter, where, self._strong if chosen else self._base, entry.words)
        where = QRect(where.x(), where.bottom() + 1, where.width(), self._theme.small_line)
        painter.setPen(colour(Role.TEXT_2))
        self._line(painter, where, self._small, entry.note)
        painter.restore()

    def _line(self, painter: QPainter, where: QRect, font: Lines, text: str) -> None:
        painter.setFont(font.font)
        shown = font.elided(text, where.width(), Qt.TextElideMode.ElideRight)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, shown)


class Contents(QListView):
    """Signals: `chosen(Entry)` the person wants to read it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("contents")
        self.setAccessibleName(translate("Help", "Contents of the guide"))
        self.setModel(ContentsModel())
        self.setItemDelegate(ContentsDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(ENTRY)))
        theme.changed.connect(self.viewport().update)

    @property
    def entries(self) -> ContentsModel:
        """The model."""
        model = self.model()
        assert isinstance(model, ContentsModel)
        return model

    def show_at(self, page: str, anchor: str = "") -> None:
        """Select the line of a page (or of its section) without opening it again."""
        lines = self.entries.entries
        places = [row for row, e in enumerate(lines) if (e.page, e.anchor) == (page, anchor)]
        places = places or [row for row, e in enumerate(lines) if e.page == page]
        if places:
            self.setCurrentIndex(self.entries.index(places[0]))
        else:
            self.clearSelection()

    def open_first(self) -> None:
        """Open the first line there is."""
        if self.entries.rowCount():
            self.setCurrentIndex(self.entries.index(0))
            self.chosen.emit(self.currentIndex().data(ENTRY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Return; moving opens too, as pages cost nothing."""
        before = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            before = -1
        else:
            super().keyPressEvent(event)
        if self.currentIndex().isValid() and self.currentIndex().row() != before:
            self.chosen.emit(self.currentIndex().data(ENTRY))
