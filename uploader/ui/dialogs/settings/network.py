"""Settings: the way to the store, through a proxy, and whom to trust on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from uploader.background.desk import Desk
from uploader.domain.preferences import (
    Preferences,
    ProxySecretError,
    ProxyUse,
    proxy_address,
)
from uploader.ui.dialogs.settings.page import Choose, Page
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.choice_box import ChoiceBox
from uploader.ui.widgets.labels import ElidedLabel


class NetworkPage(Page):
    """`choose` asks for a file."""

    def __init__(self, desk: Desk, theme: Theme, choose: Choose) -> None:
        super().__init__(theme, translate("Settings", "Network"))
        self._desk, self._choose = desk, choose
        proxy = translate("Settings", "Proxy")
        uses = (
            (ProxyUse.SYSTEM, translate("Settings", "As the system")),
            (ProxyUse.NONE, translate("Settings", "None")),
            (ProxyUse.OWN, translate("Settings", "This one")),
        )
        self.use = ChoiceBox(theme, uses, proxy)
        self.add_field(proxy, self.use)
        address = translate("Settings", "Address of the proxy")
        self.address = QLineEdit()
        self.address.setAccessibleName(address)
        self.address.setPlaceholderText("proxy.example:3128")
        self.add_field(address, self.address, wide=True)
        # Its room is there from the beginning, so that nothing moves.
        self.column.addSpacing(-16)
        self.trouble = self.add_hint(" ")
        self.column.addSpacing(16)
        certificates = translate("Settings", "Certificates of your own")
        self.add_field(
            certificates,
            self._make_certificates(),
            translate(
                "Settings", "A PEM file of the authority that vouches for a store of your own."
            ),
            wide=True,
        )
        self.end()
        self._show(desk.preferences)
        desk.preferences_changed.connect(self._show)
        self.use.activated.connect(self._use_chosen)
        self.address.editingFinished.connect(self._address_typed)

    def _make_certificates(self) -> QWidget:
        self.file = ElidedLabel("")
        self.pick = push_button(translate("Settings", "Choose a file…"))
        self.remove = push_button(translate("Settings", "Remove"))
        self.pick.clicked.connect(self._pick)
        self.remove.clicked.connect(lambda: self._set(certificates=""))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(self.remove)
        row.addWidget(self.pick)
        return holder

    def _show(self, preferences: Preferences) -> None:
        network = preferences.network
        self.use.choose(network.use)
        self.address.setEnabled(network.use is ProxyUse.OWN)
        if not self.address.hasFocus():
            self.address.setText(network.proxy)
        self.file.setText(network.certificates or translate("Settings", "No file"))
        self.remove.setVisible(bool(network.certificates))

    @property
    def _chosen(self) -> ProxyUse:
        return ProxyUse(str(self.use.value))

    def _use_chosen(self) -> None:
        use = self._chosen
        self.address.setEnabled(use is ProxyUse.OWN)
        if use is ProxyUse.OWN and not self.address.text().strip():
            # Nothing changes before there is an address.
            self.address.setFocus()
            return
        if use is ProxyUse.OWN:
            self._address_typed()
        else:
            self._say("")
            self._set(use=use)

    def _address_typed(self) -> None:
        typed = self.address.text()
        if self._chosen is not ProxyUse.OWN or not typed.strip():
            return
        try:
            address = proxy_address(typed)
        except ProxySecretError:
            self._say(
                translate("Settings", "Leave out name and password: they aren’t kept in settings.")
            )
        except ValueError:
            self._say(translate("Settings", "This is no address. Write it as proxy.example:3128."))
        else:
            self._say("")
            self._set(use=ProxyUse.OWN, proxy=address)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence or " ")
        self.address.setAccessibleDescription(sentence)

    def _pick(self) -> None:
        def chosen(file: Path) -> None:
            self._set(certificates=str(file))

        self._choose(translate("Settings", "Certificates of your own"), chosen)

    def _set(self, **changes: object) -> None:
        self._desk.change_preferences(
            lambda now: replace(now, network=replace(now.network, **changes))  # type: ignore[arg-type]
        )
