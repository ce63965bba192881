"""The chips that filter the history by outcome."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from uploader.domain.history import Outcome
from uploader.ui.history_words import label_of
from uploader.ui.theme import Theme
from uploader.ui.widgets.chips import GAP, HEIGHT, Chip


class OutcomesBar(QFrame):
    """Signals: `chosen(Outcome)`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chips")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(GAP)
        self._buttons = QButtonGroup(self)
        self.chips = {
            outcome: Chip(theme, label_of(outcome), warns=outcome is Outcome.TROUBLE)
            for outcome in Outcome
        }
        for outcome, chip in self.chips.items():
            row.addWidget(chip)
            self._buttons.addButton(chip)
            chip.clicked.connect(lambda _=False, outcome=outcome: self.chosen.emit(outcome))
        self.chips[Outcome.ALL].setChecked(True)
        row.addStretch(1)

    def show_counts(self, counts: Mapping[Outcome, int]) -> None:
        """Change the numbers; a chip with 0 stays."""
        for outcome, chip in self.chips.items():
            if chip.count != counts[outcome]:
                chip.show_count(counts[outcome])
