"""What a start says that found another one running, and was not heard."""

from __future__ import annotations

import sys
from typing import TextIO

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from uploader.ui.text import translate
from uploader.ui.theme import Theme

SAID_MS = 8_000
"""How long the window with the sentence stands; nobody may be there to close it."""


def say_unheard(files: bool) -> None:
    """Say it in the terminal, or without one in a window; `files` were to be handed over."""
    title = translate("Single", "Store Uploader is running already")
    if files:
        detail = translate(
            "Single", "It doesn’t answer. Go to its window, and add the photos there."
        )
    else:
        detail = translate("Single", "It doesn’t answer. Go to its window, or close it first.")
    stream: TextIO | None = sys.stderr
    if stream is not None:
        stream.write(f"{title}. {detail}\n")
    if stream is None or not stream.isatty():
        _show(title, detail)


def _show(title: str, detail: str) -> None:
    application = QApplication(sys.argv[:1])
    Theme(application)
    box = QMessageBox(QMessageBox.Icon.Information, "Store Uploader", title)
    box.setInformativeText(detail)
    QTimer.singleShot(SAID_MS, box, box.accept)
    box.exec()
