"""A scroll bar that lies over what it scrolls, so that nothing shifts when it comes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

WIDTH = 11


class OverlayBar(QScrollBar):
    """Stands in for an area's vertical scroll bar."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._own = area.verticalScrollBar()
        self._own.rangeChanged.connect(self._follow)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        self._area = area
        area.installEventFilter(self)
        self.hide()

    def _follow(self, low: int, high: int) -> None:
        self.setRange(low, high)
        self.setPageStep(self._own.pageStep())
        self.setSingleStep(self._own.singleStep())
        self.setVisible(high > low)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the area's right edge."""
        if event.type() == QEvent.Type.Resize and watched is self._area:
            self.setGeometry(self._area.width() - WIDTH, 0, WIDTH, self._area.height())
            self.raise_()
        return super().eventFilter(watched, event)
