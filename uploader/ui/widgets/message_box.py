"""What went wrong, in a frame whose space is reserved, so that nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import label


class MessageBox(QFrame):
    """A title in bold and a sentence below; invisible while both are empty."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setMinimumHeight(76)
        self.title, self.sentence = label("", "label"), label("")
        for part in (self.title, self.sentence):
            part.setWordWrap(True)
        self._icon = IconLabel(theme, "", Role.ERROR)
        icon, texts = QVBoxLayout(), QVBoxLayout()
        icon.setContentsMargins(0, 2, 0, 0)
        icon.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 8, 14, 11)
        row.setSpacing(9)
        row.addLayout(icon)
        row.addLayout(texts, 1)
        self.show_message("", "")

    def show_message(self, title: str, detail: str) -> None:
        """Show a message, or with empty texts none."""
        self.title.setText(title)
        self.sentence.setText(detail)
        self._icon.show_icon("rejected" if title else "", Role.ERROR)
        self.setAccessibleName(f"{title}. {detail}" if title else "")
        self.setProperty("empty", not title)
        # The style sheet looks at a property only when it is told to look again.
        self.style().unpolish(self)
        self.style().polish(self)
