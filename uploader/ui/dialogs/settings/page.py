"""What all pages of the settings are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from uploader.ui.theme import Theme
from uploader.ui.widgets.check import Check
from uploader.ui.widgets.labels import label

INDENT = 24

Choose = Callable[[str, Callable[[Path], None]], None]
"""Asks for a file or a folder: title, and who is told."""


class Page(QScrollArea):
    """A heading and settings below it, from top to bottom; scrolls where they don't fit."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self.title = title
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("settings-page")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(0)
        self.column.addWidget(label(title, "heading"))
        self.column.addSpacing(20)
        self.setWidget(body)

    def add_check(self, words: str, hint: str) -> Check:
        """Add a box to check, with a quiet sentence below it."""
        check = Check(self.theme, words)
        self.column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_hint(hint, indent=INDENT)
        check.setAccessibleDescription(hint)
        self.column.addSpacing(20)
        return check

    def add_field(self, words: str, field: QWidget, hint: str = "", *, wide: bool = False) -> None:
        """Add a title, the field that it names, and a quiet sentence below."""
        title = label(words, "label")
        title.setBuddy(field)
        self.column.addWidget(title)
        self.column.addSpacing(5)
        if wide:
            self.column.addWidget(field)
        else:
            self.column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        if hint:
            self.add_hint(hint)
            field.setAccessibleDescription(hint)
        self.column.addSpacing(20)

    def add_hint(self, words: str, *, indent: int = 0) -> QLabel:
        """Add a quiet sentence."""
        hint = label(words, "secondary")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(indent, 4, 0, 0)
        row.addWidget(hint, 1)
        self.column.addLayout(row)
        return hint

    def end(self) -> None:
        """Leave the rest of the page empty."""
        self.column.addStretch(1)
