"""What a start says that found another one running, and was not heard."""

from __future__ import annotations

import sys
from typing import TextIO

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from uploader.ui.language import speak
from uploader.ui.text import translate
from uploader.ui.theme import Theme, application

SAID_MS = 8_000
"""How long the window with the sentence stands; nobody may be there to close it."""


def say_unheard(files: bool, language: str = "") -> None:
    """Say it in the terminal, or without one in a window; `files` were to be handed over.

    `language` is the person's choice, for the window.
    """
    stream: TextIO | None = sys.stderr
    if stream is not None:
        stream.write("{}. {}\n".format(*_words(files)))
    if stream is None or not stream.isatty():
        _show(files, language)


def _words(files: bool) -> tuple[str, str]:
    title = translate("Single", "Store Uploader is running already")
    if files:
        detail = translate(
            "Single", "It doesn’t answer. Go to its window, and add the photos there."
        )
    else:
        detail = translate("Single", "It doesn’t answer. Go to its window, or close it first.")
    return title, detail


def _show(files: bool, language: str) -> None:
    app = application()
    speak(app, language)
    Theme(app)
    title, detail = _words(files)
    box = QMessageBox(QMessageBox.Icon.Information, "Store Uploader", title)
    box.setInformativeText(detail)
    QTimer.singleShot(SAID_MS, box, box.accept)
    box.exec()
