"""Keyboard shortcuts, as actions of the widget that has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def add_shortcuts(
    widget: QWidget, acts: Mapping[str, Callable[[], object]], *, inside: bool = False
) -> None:
    """Give a widget shortcuts; `inside` only while it has the keyboard itself."""
    for keys, act in acts.items():
        action = QAction(widget)
        action.setShortcut(QKeySequence(keys))
        if inside:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False, act=act: act())
        widget.addAction(action)
