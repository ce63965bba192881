"""The chips that choose a concern in the batch's check."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from uploader.domain.preflight import BatchCheck, Concern
from uploader.ui.batch_words import label_of
from uploader.ui.theme import Theme
from uploader.ui.widgets.chips import GAP, HEIGHT, Chip


class ConcernsBar(QFrame):
    """Signals: `chosen(Concern)`. Attribute: `concern`, the chosen one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chips")
        self.setFixedHeight(HEIGHT)
        self.concern = Concern.CUT
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(GAP)
        self._buttons = QButtonGroup(self)
        self.chips = {concern: Chip(theme, label_of(concern)) for concern in Concern}
        for concern, chip in self.chips.items():
            row.addWidget(chip)
            self._buttons.addButton(chip)
            chip.clicked.connect(lambda _=False, concern=concern: self._choose(concern))
        self.chips[self.concern].setChecked(True)
        row.addStretch(1)

    def show_check(self, check: BatchCheck) -> None:
        """Change the numbers; a chip with 0 stays."""
        for concern, chip in self.chips.items():
            count = len(check.of(concern))
            if chip.count != count:
                chip.show_count(count)

    def choose_first(self, check: BatchCheck) -> None:
        """Choose the first concern about which there is something to say."""
        first = next((c for c in Concern if check.of(c)), self.concern)
        self.chips[first].setChecked(True)
        self._choose(first)

    def _choose(self, concern: Concern) -> None:
        self.concern = concern
        self.chosen.emit(concern)
