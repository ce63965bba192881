"""The line that tells the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from uploader.ui.text import translate
from uploader.ui.widgets.labels import ElidedLabel, label


def keys_line() -> QFrame:
    """Make the line with all keys and what they do."""
    line = QFrame()
    line.setObjectName("bottom")
    line.setMinimumHeight(40)
    row = QHBoxLayout(line)
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(0)
    for keys, words in _keys():
        if row.count():
            row.addSpacing(16)
        for key in keys:
            shown = label(key, "key")
            shown.setIndent(0)
            row.addWidget(shown, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(5)
        said = ElidedLabel("secondary")
        said.setText(words)
        # As wide as its words, and less where another language's are longer than the window.
        said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(said)
    row.addStretch(1)
    return line


def _keys() -> tuple[tuple[tuple[str, ...], str], ...]:
    return (
        (("1–9",), translate("Triage", "choose")),
        ((translate("Triage", "Enter"),), translate("Triage", "the first")),
        (("N",), translate("Triage", "new item")),
        (("A",), translate("Triage", "for more photos")),
        (("S",), translate("Triage", "skip")),
        (("/",), translate("Triage", "search")),
        (("⌫",), translate("Triage", "back")),
        ((translate("Triage", "Esc"),), translate("Triage", "close")),
    )
