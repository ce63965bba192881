"""List and inspector side by side, or in a narrow window the inspector over the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from uploader.ui.widgets.inspector import WIDTH, Inspector

BESIDE_FROM = 1000


class WorkArea(QWidget):
    """`wanted` is whether the person wants the inspector in a wide window.

    Signals: `shown(bool)` when the inspector appears or goes.
    """

    shown = Signal(bool)

    def __init__(self, main: QWidget, inspector: Inspector) -> None:
        super().__init__()
        self.inspector, self.wanted = inspector, True
        self._open_over = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(main)
        self._splitter.addWidget(inspector)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._sized = False

    @property
    def narrow(self) -> bool:
        """Whether both don't fit side by side."""
        return self.width() < BESIDE_FROM

    def show_inspector(self, shown: bool) -> None:
        """Show or hide the inspector, beside or over the list."""
        if self.narrow:
            self._open_over = shown
        else:
            self.wanted = shown
        self._arrange()

    def close_over(self) -> bool:
        """Close an inspector that lies over the list; tell whether one did."""
        if self.narrow and self._open_over:
            self.show_inspector(False)
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change over where the width asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self._splitter.indexOf(self.inspector) >= 0
        if self.narrow:
            if beside:
                self.inspector.setParent(self)
                self._sized = False
            self.inspector.setVisible(self._open_over)
            width = min(WIDTH, self.width())
            self.inspector.setGeometry(self.width() - width, 0, width, self.height())
            self.inspector.raise_()
        else:
            self._open_over = False
            if not beside:
                self._splitter.addWidget(self.inspector)
            self.inspector.setVisible(self.wanted)
            if not self._sized and self.wanted:
                self._splitter.setSizes([self.width() - WIDTH, WIDTH - 1])
                self._sized = True
        self.shown.emit(self.inspector.isVisibleTo(self))
