"""Alt texts of many photos at once, from a template."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.domain.alt_text import LONGEST, written
from uploader.domain.photos import Photo
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.check import Check
from uploader.ui.widgets.labels import ElidedLabel, label

WIDTH = 560
SHOWN = 4
"""Photos whose text is shown while the template is typed."""
FIRST = "{title}"


def _names() -> tuple[tuple[str, str], ...]:
    return (
        ("{title}", translate("AltTexts", "the item’s title")),
        ("{sku}", translate("AltTexts", "its SKU")),
        ("{name}", translate("AltTexts", "the file’s name, as words")),
        ("{number}", translate("AltTexts", "which picture of the item it is")),
    )


class AltTextsDialog(QDialog):
    """Opens without blocking. The texts are set in the background, for all `photos`."""

    def __init__(
        self, desk: Desk, theme: Theme, photos: Sequence[Photo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._photos = desk, list(photos)
        self._with_text = sum(bool(photo.alt) for photo in self._photos)
        self.setWindowTitle(translate("AltTexts", "Alt text"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.template = QLineEdit(FIRST)
        self.template.setMaxLength(LONGEST)
        self.keep = Check(theme, translate("AltTexts", "Keep texts that are there"))
        self.keep.setChecked(True)
        self.keep.setVisible(self._with_text > 0)
        self.lines = [(ElidedLabel("secondary"), ElidedLabel()) for _ in range(SHOWN)]
        self.cancel = push_button(translate("AltTexts", "Cancel"))
        self.submit = push_button("", "accent")
        self._build()
        self._connect()
        self._show()
        self.template.selectAll()

    # ---- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(0)
        column.addWidget(label(translate("AltTexts", "Alt text for many photos"), "heading"))
        column.addSpacing(16)
        title = label(translate("AltTexts", "Template"), "label")
        title.setBuddy(self.template)
        self.template.setAccessibleName(translate("AltTexts", "Template"))
        column.addWidget(title)
        column.addSpacing(5)
        column.addWidget(self.template)
        column.addSpacing(8)
        column.addLayout(self._explained())
        column.addSpacing(12)
        column.addWidget(self.keep)
        column.addSpacing(16)
        column.addWidget(label(translate("AltTexts", "So they will read"), "secondary"))
        column.addSpacing(4)
        for file, text in self.lines:
            file.setFixedWidth(WIDTH // 3)
            column.addLayout(_line(file, text))
        column.addSpacing(24)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.submit)
        column.addLayout(buttons)

    def _explained(self) -> QGridLayout:
        """Say what the names mean; each goes into the template when it is pressed."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (name, meaning) in enumerate(_names()):
            button = push_button(name, "link")
            button.setAccessibleName(translate("AltTexts", "Insert {meaning}", meaning=meaning))
            button.clicked.connect(lambda _checked=False, name=name: self._insert(name))
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(meaning, "secondary"), row, 1)
        return grid

    def _connect(self) -> None:
        self.template.textChanged.connect(self._show)
        self.keep.toggled.connect(self._show)
        self.cancel.clicked.connect(self.reject)
        self.submit.clicked.connect(self._write)
        self.submit.setDefault(True)

    # ---- what it does
    def _insert(self, name: str) -> None:
        self.template.insert(name)
        self.template.setFocus()

    def _show(self) -> None:
        """Show the first photos' texts, and how many there will be."""
        keeps = self.keep.isChecked()
        shown = list(islice(written(self.template.text(), self._photos), SHOWN))
        for (file, text), line in zip(self.lines, [*shown, *[None] * SHOWN], strict=False):
            file.setVisible(line is not None)
            text.setVisible(line is not None)
            if line is not None:
                photo, said = line
                file.setText(photo.name)
                text.setText(photo.alt if keeps and photo.alt else said)
        count = len(self._photos) - (self._with_text if keeps else 0)
        self.submit.setText(counted("AltTexts", "Set 1 text", "Set {n} texts", count))
        self.submit.setEnabled(count > 0 and bool(self.template.text().strip()))

    def _write(self) -> None:
        ids = [photo.id for photo in self._photos]
        self._desk.write_alts(ids, self.template.text(), self.keep.isChecked())
        self.accept()


def _line(*parts: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(16)
    for part in parts:
        line.addWidget(part)
    return line
