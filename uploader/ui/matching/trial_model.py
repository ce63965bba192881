"""What rules would do, photo by photo: what needs the person first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from uploader.domain.trial import Outcome, Trial, Tried
from uploader.ui.matching.words import item_words, reason_words
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
_FIRST = (Outcome.AMBIGUOUS, Outcome.NOTHING, Outcome.MATCHED, Outcome.KEPT)


class TrialModel(QAbstractTableModel):
    """Columns: the photo's name, the item, and by what it was found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[Tried] = []

    def show_trial(self, trial: Trial) -> None:
        """Show another one."""
        self.beginResetModel()
        rank = {outcome: n for n, outcome in enumerate(_FIRST)}
        self._rows = sorted(trial.tried, key=lambda one: rank[one.outcome])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of photos."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Photo, item, reason."""
        return 0 if parent.isValid() else 3

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
        return (
            translate("Matching", "Photo"),
            translate("Matching", "Item"),
            translate("Matching", "Found by"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Give a cell's words and colour; what asks for the person is a warning."""
        if not index.isValid():
            return None
        tried = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = (lambda one: one.name, item_words, reason_words)
            return words[index.column()](tried)
        if role == Qt.ItemDataRole.ForegroundRole:
            asks = tried.outcome in (Outcome.AMBIGUOUS, Outcome.NOTHING)
            if index.column() == 1 and asks:
                return self._theme.colour(Role.WARNING)
            quiet = index.column() == 2 or tried.outcome is Outcome.KEPT
            return self._theme.colour(Role.TEXT_2 if quiet else Role.TEXT)
        return None
