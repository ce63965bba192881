"""The rules as a list: each can be switched and moved."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from uploader.domain.rules import DEFAULT_RULES, Rule, Rules, moved, switched
from uploader.ui.matching.words import sentence_of, title_of

Index = QModelIndex | QPersistentModelIndex
RULE = Qt.ItemDataRole.UserRole
_CHECK = Qt.ItemDataRole.CheckStateRole


class RulesModel(QAbstractListModel):
    """Roles: `RULE` the `Rule`; check state, display and accessible text.

    Signals: `edited()` after the person switched or moved one.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rules: Rules = DEFAULT_RULES

    @property
    def rules(self) -> Rules:
        """The rules as they stand."""
        return self._rules

    def show_rules(self, rules: Rules) -> None:
        """Show these; nobody is told."""
        self.beginResetModel()
        self._rules = rules
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of rules."""
        return 0 if parent.isValid() else len(self._rules)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen and switched."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give what `role` asks of a rule."""
        if not index.isValid():
            return None
        rule: Rule = self._rules[index.row()]
        title, sentence = title_of(rule.kind), sentence_of(rule.kind)
        told: dict[int, object] = {
            RULE: rule,
            _CHECK: Qt.CheckState.Checked if rule.on else Qt.CheckState.Unchecked,
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: sentence,
            Qt.ItemDataRole.AccessibleTextRole: f"{title}. {sentence}",
        }
        return told.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Switch a rule on or off."""
        if not index.isValid() or role != _CHECK:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self._rules = switched(self._rules, self._rules[index.row()].kind, on)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def switch(self, row: int) -> None:
        """Turn a rule from on to off, or back."""
        on = self._rules[row].on
        to = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self.setData(self.index(row), to, _CHECK)

    def move_by(self, row: int, by: int) -> bool:
        """Move a rule up (-1) or down (1); False at the ends."""
        to = row + by
        if not (0 <= row < len(self._rules) and 0 <= to < len(self._rules)):
            return False
        none = QModelIndex()
        self.beginMoveRows(none, row, row, none, to + (by > 0))
        self._rules = moved(self._rules, row, by)
        self.endMoveRows()
        self.edited.emit()
        return True
