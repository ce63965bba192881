"""Shows what a developer needs to know, before the person copies it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.sizing import give_size
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.check import Check
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.window_facts import chosen_settings, window_facts

SIZE = (640, 560)
LEAST = (480, 360)


class DiagnosticsDialog(QDialog):
    """Stands beside the main window and doesn't block it. Nothing is sent anywhere."""

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        window: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent or window)
        self._desk, self._theme, self._settings, self._window = desk, theme, settings, window
        self.setWindowTitle(translate("Diagnostics", "Copy diagnostics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_size(self, theme, SIZE, LEAST)
        self.names = Check(theme, translate("Diagnostics", "With the names of photos"))
        self.text = QPlainTextEdit()
        self.said = ElidedLabel("secondary")
        self.copy = push_button(translate("Diagnostics", "Copy"), "accent")
        self.close_button = push_button(translate("Diagnostics", "Close"))
        self._build()
        self._connect()
        self._ask()

    def _build(self) -> None:
        text = self.text
        text.setReadOnly(True)
        # A Tab goes on to the buttons instead of nowhere.
        text.setTabChangesFocus(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setAccessibleName(translate("Diagnostics", "What will be copied"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._theme.small.pixelSize())
        text.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(0)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addSpacing(8)
        why = label(
            translate(
                "Diagnostics",
                "Versions, settings, counts and the end of the log, for whoever helps you. "
                "Passwords, keys and addresses are left out. Nothing is sent: look through it, "
                "copy it, and paste it into your message.",
            ),
            "secondary-base",
        )
        why.setWordWrap(True)
        column.addWidget(why)
        column.addSpacing(16)
        column.addWidget(text, 1)
        column.addSpacing(12)
        column.addWidget(self.names, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.copy)
        column.addLayout(row)

    def _connect(self) -> None:
        self._desk.diagnosed.connect(self._on_diagnosed)
        self.names.toggled.connect(self._ask)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        add_shortcuts(self, {"Ctrl+Shift+C": self.copy.click})
        self.copy.setDefault(True)

    def _ask(self) -> None:
        self.copy.setEnabled(False)
        self.said.setText(translate("Diagnostics", "Looking…"))
        self._desk.request_diagnostics(
            names=self.names.isChecked(),
            window=window_facts(self._window, self._theme),
            chosen=chosen_settings(self._settings),
        )

    def _on_diagnosed(self, text: str, names: bool) -> None:
        # An answer to the question before counts no more.
        if names == self.names.isChecked():
            self.text.setPlainText(text)
            self.said.clear()
            self.copy.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.said.setText(translate("Diagnostics", "Copied. Paste it into your message."))
