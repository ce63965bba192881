"""The list of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from uploader.ui.text import translate
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import label


def _rows() -> tuple[tuple[str, str], ...]:
    return (
        ("Ctrl+O", translate("Shortcuts", "Add photos")),
        ("Ctrl+Shift+O", translate("Shortcuts", "Add a folder")),
        ("Ctrl+V", translate("Shortcuts", "Add what was copied")),
        ("Ctrl+Return", translate("Shortcuts", "Upload what is ready")),
        ("Ctrl+R", translate("Shortcuts", "Retry what failed")),
        ("Ctrl+F", translate("Shortcuts", "Search")),
        ("Ctrl+A", translate("Shortcuts", "Select all photos")),
        ("F2", translate("Shortcuts", "Choose the item")),
        ("Ctrl+M", translate("Shortcuts", "Find items one by one")),
        ("Return", translate("Shortcuts", "Do what the row offers")),
        ("Space", translate("Shortcuts", "Show the photo large")),
        ("Del", translate("Shortcuts", "Take off the list")),
        ("Ctrl+Left", translate("Shortcuts", "Rotate left")),
        ("Ctrl+Right", translate("Shortcuts", "Rotate right")),
        ("Ctrl+Shift+P", translate("Shortcuts", "Pad to a square, or no more")),
        ("Ctrl+T", translate("Shortcuts", "Write alt texts")),
        ("Ctrl+I", translate("Shortcuts", "Show or hide the details")),
        ("Ctrl+H", translate("Shortcuts", "What was sent: the history")),
        ("Ctrl+1", translate("Shortcuts", "Go to the first store; Ctrl+2 to the second")),
        ("Ctrl+,", translate("Shortcuts", "Settings")),
        ("Esc", translate("Shortcuts", "Close what is open")),
        ("Ctrl+/", translate("Shortcuts", "This list")),
        ("F1", translate("Shortcuts", "The guide")),
    )


class ShortcutsDialog(QDialog):
    """Opens without blocking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Shortcuts", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for row, (keys, text) in enumerate(_rows()):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(label(shown, "key"), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(text), row, 1)
        column.addLayout(grid)
        close = push_button(translate("Shortcuts", "Close"))
        close.clicked.connect(self.accept)
        column.addSpacing(16)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
