"""The line that says that nothing is sent because nobody is signed in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from uploader.background.values import Connection, Link
from uploader.ui.phrasebook import say
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import ElidedLabel, label

HEIGHT = 40


class SignedOutBar(QFrame):
    """Shown while signed out, with why where it is known. Signals: `sign_in_wanted()`."""

    sign_in_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setFixedHeight(HEIGHT)
        self.title, self.detail = label("", "label"), ElidedLabel()
        self.button = push_button(translate("SignedOut", "Sign in…"), "small")
        self.button.clicked.connect(self.sign_in_wanted)
        # A click leaves the keyboard where it is: this line goes away with the sign-in.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, "key", Role.TEXT))
        row.addWidget(self.title)
        row.addWidget(self.detail, 1)
        row.addWidget(self.button)
        self.hide()

    def show_connection(self, connection: Connection) -> None:
        """Appear while signed out."""
        self.title.setText(say(connection.title) or translate("SignedOut", "Signed out"))
        self.detail.setText(
            say(connection.detail) or translate("SignedOut", "Photos wait here until you sign in.")
        )
        self.setAccessibleName(f"{self.title.text()}. {self.detail.text()}")
        self.setVisible(connection.link is Link.SIGNED_OUT)
