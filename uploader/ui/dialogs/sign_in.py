"""Signing in to a store: address, e-mail, password, and what goes wrong with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from uploader.background.desk import Desk
from uploader.domain.stores import Credentials
from uploader.ui.dialogs.addresses import bare, is_secure
from uploader.ui.phrasebook import say
from uploader.ui.sizing import give_size
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.check import Check
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.message_box import MessageBox

WIDTH, HEIGHT = 520, 560
GREET_MS = 600


class SignInDialog(QDialog):
    """Opens without blocking; closes itself once its own sign-in succeeded.

    Signals: `network_wanted()`, the way to the store is to be set.
    """

    network_wanted = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self.setWindowTitle(translate("SignIn", "Sign in"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        give_size(self, theme, (WIDTH, HEIGHT), (WIDTH, HEIGHT))
        self.address, self.email, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._greeted = IconLabel(theme, "", Role.TEXT_2)
        self.greeting = ElidedLabel("secondary")
        self.stay = Check(theme, translate("SignIn", "Stay signed in"))
        self.keychain_note = ElidedLabel("secondary")
        self.message = MessageBox(theme)
        self.network = push_button(translate("SignIn", "Certificates and proxy…"), "link")
        self.cancel = push_button(translate("SignIn", "Cancel"))
        self.submit = push_button(translate("SignIn", "Sign in"), "accent")
        self._build()
        # In a language with longer words the buttons need more.
        self.setMinimumWidth(max(WIDTH, self.minimumSizeHint().width()))
        self._connect()
        self._show_keychain()

    # ---- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(0)
        column.addWidget(label(translate("SignIn", "Sign in to your store"), "heading"))
        column.addSpacing(19)
        self._add_field(column, translate("SignIn", "Store address"), self.address)
        column.addLayout(_line(6, 0, self._greeted, self.greeting))
        column.addSpacing(15)
        self._add_field(column, translate("SignIn", "E-mail"), self.email)
        column.addSpacing(15)
        self._add_field(column, translate("SignIn", "Password"), self.password)
        column.addSpacing(20)
        column.addWidget(self.stay)
        key = IconLabel(self._theme, "key", Role.TEXT_2)
        column.addLayout(_line(4, 24, key, self.keychain_note))
        column.addSpacing(32)
        column.addWidget(self.message)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.network)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.submit)
        column.addLayout(buttons)

    def _add_field(self, column: QVBoxLayout, name: str, field: QLineEdit) -> None:
        title = label(name, "label")
        title.setBuddy(field)
        field.setAccessibleName(name)
        column.addWidget(title)
        column.addSpacing(5)
        column.addWidget(field)

    def _connect(self) -> None:
        desk = self._desk
        self._pause = QTimer(self, interval=GREET_MS, singleShot=True)
        self._pause.timeout.connect(self._greet)
        self._asked = ""
        self.address.textEdited.connect(self._address_typed)
        self.address.editingFinished.connect(self._greet)
        for field in (self.email, self.password):
            field.textEdited.connect(self._clear_message)
        self._eye = QAction(self)
        self._eye.setText(translate("SignIn", "Show the password"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_password)
        self.password.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._tint_eye()
        self._theme.changed.connect(self._tint_eye)
        self.network.clicked.connect(self.network_wanted)
        self.cancel.clicked.connect(self.reject)
        self.submit.clicked.connect(self._sign_in)
        self.submit.setDefault(True)
        desk.greeted.connect(self._on_greeted)
        desk.greeting_failed.connect(self._on_greeting_failed)
        desk.sign_in_succeeded.connect(self.accept)
        desk.sign_in_failed.connect(self._on_failed)

    def reject(self) -> None:
        """Close, and give up what is under way: nobody is signed in who has left."""
        self._desk.cancel_sign_in()
        super().reject()

    # ---- what it shows
    def prefill(self, address: str, email: str) -> None:
        """Fill in what is known; the keyboard goes to the first empty field."""
        self.address.setText(address)
        self.email.setText(email)
        fields = (self.address, self.email, self.password)
        next(f for f in fields if not f.text() or f is self.password).setFocus()
        self._greet()

    def show_message(self, title: str, detail: str) -> None:
        """Show what went wrong, or with empty texts nothing."""
        self.message.show_message(say(title), say(detail))

    def _clear_message(self) -> None:
        self.show_message("", "")

    def _show_keychain(self) -> None:
        has = self._desk.keychain is not False
        self.stay.setEnabled(has)
        self.stay.setChecked(has)
        self.keychain_note.setText(
            translate("SignIn", "Keeps a sign-in key in the system keychain, never your password.")
            if has
            else translate("SignIn", "No keychain here: signed in until you quit.")
        )

    def _tint_eye(self) -> None:
        pixmap = self._theme.pixmap("eye", Role.TEXT_2, self.devicePixelRatioF())
        self._eye.setIcon(QIcon(pixmap))

    def _show_password(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)

    # ---- the address
    def _address_typed(self) -> None:
        self._asked = ""
        self._clear_message()
        self._say_greeting("", Role.TEXT_2, "")
        self._pause.start()

    def _greet(self) -> None:
        self._pause.stop()
        address = self.address.text().strip()
        if address and address != self._asked:
            self._asked = address
            self._say_greeting("", Role.TEXT_2, translate("SignIn", "Looking for the store…"))
            self._desk.greet(address)

    def _on_greeted(self, address: str, name: str) -> None:
        if not self._is_asked(address):
            return
        if is_secure(self.address.text(), address):
            text = translate("SignIn", "{store}, secure connection", store=name)
        else:
            text = translate("SignIn", "{store}, not encrypted: only this computer", store=name)
        self._say_greeting("live", Role.LIVE, text)

    def _on_greeting_failed(self, address: str, title: str, detail: str) -> None:
        if self._is_asked(address):
            text = ". ".join(say(part) for part in (title, detail) if part)
            self._say_greeting("attention", Role.WARNING, text)

    def _is_asked(self, address: str) -> bool:
        """Tell whether an answer is about what stands in the field now."""
        return bare(address) == bare(self.address.text())

    def _say_greeting(self, icon: str, role: Role, text: str) -> None:
        self._greeted.show_icon(icon, role)
        self.greeting.setText(text)

    # ---- signing in
    def _sign_in(self) -> None:
        for field, title in (
            (self.address, translate("SignIn", "The store’s address is missing")),
            (self.email, translate("SignIn", "Your e-mail is missing")),
            (self.password, translate("SignIn", "Your password is missing")),
        ):
            if not field.text().strip():
                self.show_message(title, translate("SignIn", "Fill it in to sign in."))
                field.setFocus()
                return
        self._clear_message()
        self._set_busy(True)
        credentials = Credentials(self.email.text().strip(), self.password.text())
        self._desk.sign_in(self.address.text().strip(), credentials, self.stay.isChecked())

    def _on_failed(self, field: str, title: str, detail: str) -> None:
        self._set_busy(False)
        self.show_message(title, detail)
        fields = {"address": self.address, "email": self.email, "password": self.password}
        wrong = fields.get(field, self.submit)
        wrong.setFocus()
        if isinstance(wrong, QLineEdit):
            wrong.selectAll()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.address, self.email, self.password, self.submit):
            widget.setEnabled(not busy)
        self.stay.setEnabled(not busy and self._desk.keychain is not False)
        self.submit.setText(
            translate("SignIn", "Signing in…") if busy else translate("SignIn", "Sign in")
        )


def _line(above: int, indent: int, icon: IconLabel, text: QLabel) -> QHBoxLayout:
    """Put an icon before a quiet line."""
    row = QHBoxLayout()
    row.setContentsMargins(indent, above, 0, 0)
    row.setSpacing(6)
    row.addWidget(icon)
    row.addWidget(text, 1)
    return row
