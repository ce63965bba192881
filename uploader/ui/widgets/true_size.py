"""Both previews at true size, with the photo's facts under or beside them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uploader.domain.styles import Style
from uploader.ui.delegates.lines import Lines
from uploader.ui.delegates.thumbs import draw_photo, fitted
from uploader.ui.numbers import pixels
from uploader.ui.theme import Role, Theme

LABEL = 20
COLUMN = 200
FACT_LINE = 18
FACT_LABEL = 52
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Shown = tuple[Style, QSize, QPixmap | None]
"""A style, its result's size in pixels, and its preview where it is there."""


class TrueSize(QWidget):
    """One pixel of a preview is one logical pixel; only what is wider than its column shrinks."""

    SPOKEN_ROLE = QAccessible.Role.StaticText

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._small, self._strong = Lines(theme.small), Lines(theme.small_strong)
        self._label, self._fact_line = round(LABEL * theme.scale), round(FACT_LINE * theme.scale)
        self._fact_label = round(FACT_LABEL * theme.scale)
        self._shown: list[Shown] = []
        self._facts: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._resize()

    def show_styles(self, shown: list[Shown]) -> None:
        """Show styles, the first at the left, the second at the right."""
        self._shown = shown[:2]
        sizes = (f"{style.name} {pixels(s.width(), s.height())}" for style, s, _ in self._shown)
        self.setToolTip("\n".join(sizes))
        self._resize()

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show what is known of the file: name and value, line by line."""
        self._facts = facts
        self.setAccessibleName(", ".join(f"{name}: {value}" for name, value in facts))
        self._resize()

    @property
    def _beside(self) -> bool:
        """Whether the facts fit under the left preview."""
        left = self._shown[0][1].height() if self._shown else 0
        roomy = self.width() >= 399 and self._theme.scale < 1.1
        return roomy and left <= 100

    @property
    def _left(self) -> int:
        """Give the width of the left column, beside the one with a square's."""
        return self.width() - COLUMN - (16 if self.width() >= 399 else 8) if self._shown else 0

    def _areas(self) -> list[QRect]:
        """Give each preview's place."""
        columns = [
            QRect(0, self._label, self._left, COLUMN),
            QRect(self.width() - COLUMN, self._label, COLUMN, COLUMN),
        ]
        areas = []
        for (_style, size, _pixmap), column in zip(self._shown, columns, strict=False):
            place = fitted(size, column)
            areas.append(QRect(column.topLeft(), place.size()))
        return areas

    def _resize(self) -> None:
        facts = len(self._facts) * self._fact_line
        tallest = self._label + COLUMN
        self.setFixedHeight(tallest if self._beside else tallest + 12 + facts)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts where there is room."""
        super().resizeEvent(event)
        self._resize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw labels, previews and facts."""
        painter = QPainter(self)
        for (style, size, pixmap), area in zip(self._shown, self._areas(), strict=True):
            text = pixels(size.width(), size.height())
            x = area.x()
            self._write(painter, QPoint(x, 0), style.name, self._strong, Role.TEXT)
            gap = self._strong.width(style.name) + 7
            # What a large font leaves no room for stands in the tooltip.
            if gap + self._small.width(text) <= (self.width() - x if x else self._left):
                self._write(painter, QPoint(x + gap, 0), text, self._small, Role.TEXT_2)
            if pixmap is None:
                painter.fillRect(area, self._theme.colour(Role.MAT))
            else:
                draw_photo(painter, self._theme, pixmap, area)
        self._draw_facts(painter)

    def _draw_facts(self, painter: QPainter) -> None:
        y = self.height() - len(self._facts) * self._fact_line
        room = 132 if self._beside else self.width() - self._fact_label
        for name, value in self._facts:
            self._write(painter, QPoint(0, y), name, self._small, Role.TEXT_2)
            shown = self._small.elided(value, room)
            self._write(painter, QPoint(self._fact_label, y), shown, self._small, Role.TEXT)
            y += self._fact_line

    def _write(self, painter: QPainter, at: QPoint, text: str, lines: Lines, role: Role) -> None:
        painter.setFont(lines.font)
        painter.setPen(self._theme.colour(role))
        painter.drawText(QRect(at, QSize(self.width() - at.x(), self._fact_line - 1)), _LEFT, text)
