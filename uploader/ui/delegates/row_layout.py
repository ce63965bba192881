"""Where things stand in a row. Pure numbers, in logical pixels from the row's left top."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QRect

BOX = 56
"""Side of the boxes that hold both previews."""
MARGIN = 16
FIRST_TOP = 14
ITEM_BELOW = 720
"""Narrower lists show the item under the file's name."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's left edge and width."""

    x: int
    width: int

    def at(self, top: int, height: int) -> QRect:
        """Give a line of the column."""
        return QRect(self.x, top, self.width, height)


@dataclass(frozen=True)
class RowLayout:
    """A row of `width` pixels, with text `scale` times the design's 13 pixels.

    Worked out once: each row that is painted asks for most of it.
    """

    width: int
    scale: float = 1.0
    boxes: int = 2
    """How many previews stand at the left."""

    @cached_property
    def line(self) -> int:
        """Height of a first line."""
        return round(18 * self.scale)

    @cached_property
    def small_line(self) -> int:
        """Height of the lines below."""
        return round(16 * self.scale)

    @cached_property
    def height(self) -> int:
        """Height of the row, its bottom line included."""
        return max(72, self.line + 2 * self.small_line + 18)

    @cached_property
    def second_top(self) -> int:
        """Top of the second line."""
        return FIRST_TOP + self.line + 3

    @cached_property
    def third_top(self) -> int:
        """Top of the third line."""
        return self.second_top + self.small_line

    @cached_property
    def item_below(self) -> bool:
        """Whether the item stands under the file's name."""
        return self.width < ITEM_BELOW * self.scale

    @property
    def _narrow(self) -> bool:
        return self.width < 800 * self.scale

    def box_x(self, number: int) -> int:
        """Left edge of a preview's box, counted from 0."""
        return MARGIN + number * (BOX + 8)

    @cached_property
    def _text_x(self) -> int:
        return self.box_x(self.boxes) + 8 if self.boxes else MARGIN

    @cached_property
    def file(self) -> Column:
        """The file's name, pixels and size."""
        rest = self.width - self._text_x - MARGIN
        if self.item_below:
            return Column(self._text_x, int((rest - MARGIN) * 0.42))
        if self._narrow:
            # Two thirds of what 800 has; the status keeps its sentences readable.
            return Column(self._text_x, round(168 * self.scale))
        return Column(self._text_x, int((rest - 2 * MARGIN) * 0.30))

    @cached_property
    def item(self) -> Column:
        """The item's title and SKU."""
        if self.item_below:
            return self.file
        x = self.file.x + self.file.width + MARGIN
        rest = self.width - self._text_x - 3 * MARGIN
        return Column(x, round(136 * self.scale) if self._narrow else int(rest * 0.28))

    @cached_property
    def status(self) -> Column:
        """Icon, words, detail, bar and action."""
        x = self.item.x + self.item.width + MARGIN
        return Column(x, self.width - MARGIN - x)
