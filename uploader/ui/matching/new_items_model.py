"""New items for many photos: which titles, and which photos each gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from uploader.domain.names import MOST_IN_TITLE, title_from, words
from uploader.domain.photos import Photo
from uploader.domain.stores import Item
from uploader.ui.text import counted, translate

Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, list[Photo]]


def by_title(photos: Sequence[Photo]) -> list[Row]:
    """Group photos by the titles that their names make; counters make no difference."""
    rows: dict[str, Row] = {}
    for photo in photos:
        title = title_from(photo.path)
        rows.setdefault(words(title), (title, []))[1].append(photo)
    return list(rows.values())


class NewItemsModel(QAbstractTableModel):
    """Columns: the title, which can be edited, and the photos."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def choices(self) -> dict[int, Item | None]:
        """Give each photo its new item, by id."""
        return {photo.id: Item("", title) for title, photos in self.rows for photo in photos}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of titles."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Title and photos."""
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 0 else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as Qt has it
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (translate("NewItems", "New item"), translate("NewItems", "Photos"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give a title, or the photos' names."""
        if not index.isValid():
            return None
        title, photos = self.rows[index.row()]
        if index.column() == 0:
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
            return title if role in (*shown, Qt.ItemDataRole.ToolTipRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            if len(photos) == 1:
                return photos[0].name
            return counted("NewItems", "1 photo", "{n} photos", len(photos))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(photo.name for photo in photos[:20])
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a title; an empty one changes nothing."""
        title = str(value).strip()[:MOST_IN_TITLE]
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not title:
            return False
        self.rows[index.row()] = (title, self.rows[index.row()][1])
        self.dataChanged.emit(index, index)
        return True
