"""Labels whose look the style sheet takes from their object name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_HEIGHTS = {"heading": 28, "label": 18, "secondary-base": 18, "secondary": 16}
"""Line heights of the design; a larger font takes more."""


def label(text: str = "", look: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label of plain text."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(look)
    if look in _HEIGHTS:
        made.setMinimumHeight(_HEIGHTS[look])
    return made


class ElidedLabel(QLabel):
    """One line that is cut where it doesn't fit, with the whole of it in the tooltip.

    One that helps only as a whole (`whole`) goes where it doesn't fit.
    """

    def __init__(
        self,
        look: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(look)
        self._mode, self._whole = mode, whole
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Give way to everything else."""
        return QSize(16, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        cut = shown != self.text()
        self.setToolTip(self.text() if cut else "")
        if cut and self._whole:
            return
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
