"""The list of rules: a click on a box or Space switches, Alt with an arrow moves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from uploader.ui.matching.rule_delegate import TEXT_X, RuleDelegate
from uploader.ui.matching.rules_model import RulesModel
from uploader.ui.text import translate
from uploader.ui.theme import Theme


class RulesView(QListView):
    """All rules are seen at once; there are few."""

    def __init__(self, model: RulesModel, theme: Theme) -> None:
        super().__init__()
        self.rules = model
        self.setObjectName("choices")
        self.setAccessibleName(translate("Matching", "Rules, in the order they are asked"))
        self.setModel(model)
        self.setItemDelegate(RuleDelegate(theme, self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.sizeHintForRow(0) * model.rowCount() + 8)
        theme.changed.connect(self.viewport().update)

    def move_by(self, by: int) -> None:
        """Move the current rule up (-1) or down (1)."""
        row = self.currentIndex().row()
        if self.rules.move_by(row, by):
            self.setCurrentIndex(self.rules.index(row + by))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch and move by keys."""
        row, key = self.currentIndex().row(), event.key()
        if row >= 0 and key == Qt.Key.Key_Space:
            self.rules.switch(row)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _MOVES:
            self.move_by(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch where the box is; elsewhere a click only chooses."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        super().mouseReleaseEvent(event)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and at.x() < TEXT_X - 4:
            self.rules.switch(index.row())


_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
