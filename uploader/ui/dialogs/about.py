"""Which version this is, and whose work is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uploader import __version__
from uploader.ui.resources import licences
from uploader.ui.text import translate
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import label

PARTS = (
    ("Qt, PySide6", "LGPL 3"),
    ("Python", "PSF"),
    ("Pillow", "MIT-CMU"),
    ("pillow-heif", "BSD 3"),
    ("libheif, libde265", "LGPL 3"),
    ("requests", "Apache 2.0"),
    ("keyring, platformdirs", "MIT"),
    ("cryptography", "Apache 2.0, BSD 3"),
)
"""What the window is made of besides our own, and the licence of each."""


class AboutDialog(QDialog):
    """Opens without blocking. Packages bring the licences' texts along, and it leads to them."""

    def __init__(
        self,
        parent: QWidget | None = None,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._open_url = open_url
        self.setWindowTitle(translate("About", "About Store Uploader"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(0)
        column.addLayout(_head())
        column.addSpacing(20)
        column.addWidget(label(translate("About", "Made with"), "label"))
        column.addSpacing(8)
        column.addLayout(_parts())
        column.addSpacing(24)
        column.addLayout(self._buttons(licences()))
        self.setFixedSize(self.sizeHint())

    def _buttons(self, texts: Path | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        if texts is not None:
            url = QUrl.fromLocalFile(str(texts))
            show = push_button(translate("About", "Licences"))
            show.clicked.connect(lambda: self._open_url(url))
            row.addWidget(show)
        close = push_button(translate("About", "Close"))
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row


def _head() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label("Store Uploader", "heading"))
    column.addWidget(label(translate("About", "Version {version}", version=__version__)))
    licence = translate("About", "Free software under the MIT licence")
    column.addWidget(label(licence, "secondary-base"))
    return column


def _parts() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(4)
    for row, (name, licence) in enumerate(PARTS):
        grid.addWidget(label(name), row, 0)
        grid.addWidget(label(licence, "secondary-base"), row, 1)
    return grid
