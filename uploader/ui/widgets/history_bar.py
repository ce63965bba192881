"""The history's toolbar: what can be done with a line, export, search."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import ToolButton
from uploader.ui.widgets.search import SearchField
from uploader.ui.widgets.toolbar import HEIGHT, SEARCH_WIDTH

SPACING = 4


class HistoryBar(QFrame):
    """The buttons and the field are the dialog's to connect."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setFixedHeight(HEIGHT)
        self.show_page = ToolButton(theme, "open", translate("History", "Show in store"))
        signed_in = translate(
            "History", "In your browser, where you need to be signed in to the store"
        )
        self.show_page.say(self.show_page.text(), signed_in)
        self.show_file = ToolButton(theme, "folder", translate("History", "Show file"))
        self.copy = ToolButton(theme, "copy", translate("History", "Copy"))
        self.copy.say(self.copy.text(), _native("Ctrl+C"))
        self.export = ToolButton(theme, "save", translate("History", "Export as CSV…"))
        self.export.say(self.export.text(), _native("Ctrl+S"))
        self.search = SearchField(theme)
        self.search.setAccessibleName(translate("History", "Search the history"))
        self.search.setFixedWidth(SEARCH_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 16, 1)
        row.setSpacing(SPACING)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.search)

    @property
    def _buttons(self) -> tuple[ToolButton, ...]:
        return self.show_page, self.show_file, self.copy, self.export

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let words go where the window is narrow; the first button keeps its own."""
        super().resizeEvent(event)
        going = (self.copy, self.show_file, self.export)
        for hidden in range(len(going) + 1):
            compact = going[:hidden]
            needed = sum(b.full_width(b in compact) + SPACING for b in self._buttons)
            if needed + SEARCH_WIDTH + 31 <= self.width():
                break
        for button in going:
            button.set_compact(button in compact)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
