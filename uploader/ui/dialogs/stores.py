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


class _StoreDialog(QDialog):
    """Opens without blocking: a heading, what it is about, two buttons."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(0)
        heading = label(title, "heading")
        heading.setWordWrap(True)
        self.column.addWidget(heading)
        self.column.addSpacing(16)

    def end_with(self, words: str) -> QPushButton:
        """Add the buttons; give the one that does it."""
        cancel = push_button(translate("Stores", "Cancel"))
        cancel.clicked.connect(self.reject)
        does = push_button(words, "accent")
        does.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(does)
        self.column.addSpacing(28)
        self.column.addLayout(buttons)
        return does


class RenameDialog(_StoreDialog):
    """Asks what the person calls a store."""

    def __init__(self, desk: Desk, store: StoreEntry, parent: QWidget | None = None) -> None:
        title = translate("Stores", "Rename {store}", store=store.title)
        super().__init__(title, parent)
        name = translate("Stores", "What you call it")
        self.name = QLineEdit(store.title)
        self.name.setAccessibleName(name)
        self.name.setMaxLength(80)
        title_of_it = label(name, "label")
        title_of_it.setBuddy(self.name)
        self.column.addWidget(title_of_it)
        self.column.addSpacing(5)
        self.column.addWidget(self.name)
        hint = translate("Stores", "Empty: as the store calls itself. Photos stay where they are.")
        self.column.addSpacing(4)
        self.column.addWidget(label(hint, "secondary"))
        self.end_with(translate("Stores", "Rename")).setDefault(True)
        self.name.selectAll()
        self.name.setFocus()
        self.accepted.connect(lambda: desk.rename_store(store.name, self.name.text()))


class ForgetDialog(_StoreDialog):
    """Says what forgetting a store means, and asks."""

    def __init__(self, desk: Desk, store: StoreEntry, parent: QWidget | None = None) -> None:
        super().__init__(translate("Stores", "Forget {store}?", store=store.title), parent)
        key = translate("Stores", "Its sign-in key is revoked and removed from this computer.")
        for sentence in (key, *_photos(store)):
            line = label(sentence)
            line.setWordWrap(True)
            self.column.addWidget(line)
            self.column.addSpacing(8)
        self.forget = self.end_with(translate("Stores", "Forget"))
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
