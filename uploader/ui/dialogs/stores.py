"""Renaming a store, and forgetting it: what becomes of its photos is said first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.values import StoreEntry
from uploader.ui.text import counted, translate
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import label

WIDTH = 440


class RenameDialog(QDialog):
    """Asks what the person calls a store. Opens without blocking."""

    def __init__(self, desk: Desk, store: StoreEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _prepare(self, translate("Stores", "Rename {store}", store=store.title))
        name = translate("Stores", "What you call it")
        self.name = QLineEdit(store.title)
        self.name.setAccessibleName(name)
        self.name.setMaxLength(80)
        title_of_it = label(name, "label")
        title_of_it.setBuddy(self.name)
        column.addWidget(title_of_it)
        column.addSpacing(5)
        column.addWidget(self.name)
        hint = translate("Stores", "Empty: as the store calls itself. Photos stay where they are.")
        column.addSpacing(4)
        below = label(hint, "secondary")
        below.setWordWrap(True)
        column.addWidget(below)
        _end(self, column, translate("Stores", "Rename")).setDefault(True)
        self.name.selectAll()
        self.name.setFocus()
        self.accepted.connect(lambda: desk.rename_store(store.name, self.name.text()))


class ForgetDialog(QDialog):
    """Says what forgetting a store means, and asks. Opens without blocking."""

    def __init__(self, desk: Desk, store: StoreEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _prepare(self, translate("Stores", "Forget {store}?", store=store.title))
        key = translate("Stores", "Its sign-in key is revoked and removed from this computer.")
        for sentence in (key, *_photos(store)):
            line = label(sentence)
            line.setWordWrap(True)
            column.addWidget(line)
            column.addSpacing(8)
        self.forget = _end(self, column, translate("Stores", "Forget"))
        self.accepted.connect(lambda: desk.forget_store(store.name))


def _photos(store: StoreEntry) -> list[str]:
    """Say what becomes of the photos that aren't done."""
    left = store.waiting + store.unsent
    if not left:
        return []
    return [
        counted(
            "Stores",
            "{n} photo isn’t in the store yet. It isn’t sent, and stays on record: "
            "sign in to this store again, and it is there.",
            "{n} photos aren’t in the store yet. They aren’t sent, and stay on record: "
            "sign in to this store again, and they are there.",
            left,
        )
    ]


def _prepare(dialog: QDialog, title: str) -> QVBoxLayout:
    """Give a small dialog its heading; what it is about comes below."""
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setFixedWidth(WIDTH)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(32, 28, 32, 28)
    column.setSpacing(0)
    heading = label(title, "heading")
    heading.setWordWrap(True)
    column.addWidget(heading)
    column.addSpacing(16)
    return column


def _end(dialog: QDialog, column: QVBoxLayout, words: str) -> QPushButton:
    """Add the buttons; give the one that does it."""
    cancel = push_button(translate("Stores", "Cancel"))
    cancel.clicked.connect(dialog.reject)
    does = push_button(words, "accent")
    does.clicked.connect(dialog.accept)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addStretch(1)
    buttons.addWidget(cancel)
    buttons.addWidget(does)
    column.addSpacing(28)
    column.addLayout(buttons)
    return does
