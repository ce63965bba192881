"""How large windows open: the design’s size, and with a larger font as much as the screen has."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from uploader.ui.theme import Theme

EDGE = 48
"""Pixels of a screen that a window leaves free for its frame and the system's bars."""


def give_size(window: QWidget, theme: Theme, size: tuple[int, int], least: tuple[int, int]) -> None:
    """Give a window its size and the least one, both in pixels at the design's font."""
    room = (window.screen().availableSize() - QSize(EDGE, EDGE)).expandedTo(QSize(*size))
    window.setMinimumSize((QSize(*least) * theme.scale).boundedTo(room))
    window.resize((QSize(*size) * theme.scale).boundedTo(room))
