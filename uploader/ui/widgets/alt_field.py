"""The field for a photo's alt text; grows to three lines and saves by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit

from uploader.ui.text import translate

PAUSE_MS = 800
MOST_LINES = 3


class AltField(QPlainTextEdit):
    """Signals: `edited(int, str)` a photo's id and its text, after a pause or on leaving."""

    edited = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        hint = translate("AltField", "Describe the photo for people who can’t see it")
        self.setPlaceholderText(hint)
        self.setAccessibleName(translate("AltField", "Alt text"))
        self.setTabChangesFocus(True)
        self._photo_id, self._saved = 0, ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.save)
        self.textChanged.connect(self._typed)
        self._grow()

    def show_text(self, photo_id: int, text: str, why_fixed: str = "") -> None:
        """Show a photo's text; what is being typed for the same photo stays.

        `why_fixed` says why it can't be changed: then it shows what is kept, and only that.
        """
        self._fix(why_fixed)
        if photo_id != self._photo_id:
            self.save()
        elif not why_fixed and (self._pause.isActive() or text == self._saved):
            return
        self._pause.stop()
        self._photo_id, self._saved = photo_id, text
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self._grow()

    def _fix(self, why: str) -> None:
        self.setReadOnly(bool(why))
        self.setToolTip(why)
        self.setAccessibleDescription(why)

    def save(self) -> None:
        """Tell what was typed, if anything was."""
        self._pause.stop()
        text = " ".join(self.toPlainText().split())
        if self._photo_id and text != self._saved:
            self._saved = text
            self.edited.emit(self._photo_id, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on leaving."""
        super().focusOutEvent(event)
        self.save()

    def _typed(self) -> None:
        self._pause.start()
        self._grow()

    def _grow(self) -> None:
        lines = min(MOST_LINES, max(1, round(self.document().size().height())))
        self.setFixedHeight(lines * QFontMetrics(self.font()).lineSpacing() + 18)
