"""What the item popup offers: items that fit, a new one, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from uploader.domain.stores import Item
from uploader.ui.text import counted, translate

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: an item of the catalogue, one to be made (empty id), or None for no item."""

    item: Item | None
    first_command: bool = False
    """Whether a line separates it from what stands above."""

    @property
    def is_command(self) -> bool:
        """Whether it is one of the lines below the items."""
        return self.item is None or not self.item.id

    @property
    def words(self) -> str:
        """What stands in the line."""
        if self.item is None:
            return translate("Choices", "Leave without an item")
        if not self.item.id:
            return translate("Choices", "Make a new item “{title}”…", title=self.item.title)
        return self.item.title

    @property
    def note(self) -> str:
        """What stands at the right: whether it has pictures, or can't take any."""
        if self.is_command or self.item is None:
            return ""
        if not self.item.active:
            return translate("Choices", "Archived")
        if self.item.images == 0:
            return translate("Choices", "No image yet")
        return counted(
            "Choices", "Has an image already", "Has {n} images already", self.item.images
        )


class ChoicesModel(QAbstractListModel):
    """Roles: `CHOICE` the `Choice`; display and accessible text."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Choice] = []

    def offer(self, items: Sequence[Item], new_title: str) -> None:
        """Offer items, a new one of `new_title` (unless empty), and none."""
        self.beginResetModel()
        self._choices = [Choice(item) for item in items]
        if new_title:
            self._choices.append(Choice(Item("", new_title), first_command=True))
        self._choices.append(Choice(None, first_command=not new_title))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of lines."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a line."""
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sku = choice.item.sku if choice.item else ""
            return ", ".join(part for part in (choice.words, sku, choice.note) if part)
        return None
