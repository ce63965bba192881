"""Opens the sign-in dialog, one at a time, and remembers what was typed but the password."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.theme import Theme


class SignInOpener(QObject):
    """Keeps address and e-mail in the settings once they were right.

    Signals: `network_wanted()`, as the dialog's.
    """

    network_wanted = Signal()

    def __init__(self, window: QWidget, desk: Desk, theme: Theme, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme, self._settings = window, desk, theme, settings
        self._dialog: SignInDialog | None = None

    def open_known(self, address: str, email: str) -> None:
        """Open the dialog, filled with this or, where it is empty, with what was right last."""
        self.open(address or self._known("address"), email or self._known("email"))

    def open(self, address: str, email: str) -> None:
        """Open the dialog, filled with what is given."""
        if self._dialog is not None:
            return
        self._dialog = dialog = SignInDialog(self._desk, self._theme, self._window)
        dialog.finished.connect(self._closed)
        dialog.network_wanted.connect(self.network_wanted)
        dialog.prefill(address, email)
        dialog.open()

    def _known(self, key: str) -> str:
        return str(self._settings.value(key, ""))

    def _closed(self, accepted: int) -> None:
        dialog, self._dialog = self._dialog, None
        if accepted and dialog is not None:
            self._settings.setValue("address", dialog.address.text().strip())
            self._settings.setValue("email", dialog.email.text().strip())
