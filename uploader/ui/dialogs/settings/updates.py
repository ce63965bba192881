"""Settings: whether the program asks for newer versions, and where."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from uploader.background.desk import Desk
from uploader.background.values import UpdateStanding
from uploader.domain.preferences import Preferences
from uploader.engine.updates.address import usable
from uploader.ui import numbers
from uploader.ui.dialogs.settings.page import Page
from uploader.ui.text import translate
from uploader.ui.theme import Theme


class UpdatesPage(Page):
    """Without a key in this build both can be seen, and neither changed."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme, translate("Settings", "Updates"))
        self._desk = desk
        self.look = self.add_check(
            translate("Settings", "Say when a newer version is out"),
            translate(
                "Settings",
                "About once a day a small file is fetched that names the newest version. Nothing "
                "is said of you, your store, your photos or your version; as with any page, the "
                "server sees your internet address. Nothing is ever installed by itself.",
            ),
        )
        title = translate("Settings", "Address of that file")
        self.address = QLineEdit()
        self.address.setAccessibleName(title)
        self.add_field(
            title,
            self.address,
            translate("Settings", "Change it only if whoever runs your computers says so."),
            wide=True,
        )
        # Its room is there from the beginning, so that nothing moves.
        self.column.addSpacing(-16)
        self.trouble = self.add_hint(" ")
        self.last = self.add_hint(" ")
        self.end()
        self._show_standing(desk.update_standing)
        desk.preferences_changed.connect(self._show)
        desk.updates_stand.connect(self._show_standing)
        self.look.clicked.connect(lambda on: self._set(look=bool(on)))
        self.address.editingFinished.connect(self._typed)

    def _show_standing(self, standing: UpdateStanding) -> None:
        self.look.setEnabled(standing.can_ask)
        self.address.setEnabled(standing.can_ask)
        self.address.setPlaceholderText(standing.address)
        if not standing.can_ask:
            self._say(
                translate(
                    "Settings",
                    "This build has no key to check an answer with, so it asks nobody.",
                )
            )
        if standing.answered:
            last = numbers.day(standing.answered)
            self.last.setText(translate("Settings", "Last answered on {day}.", day=last))
        self._show(self._desk.preferences)

    def _show(self, preferences: Preferences) -> None:
        self.look.setChecked(preferences.updates.look and self.look.isEnabled())
        if not self.address.hasFocus():
            self.address.setText(preferences.updates.address)

    def _typed(self) -> None:
        typed = self.address.text().strip()
        try:
            address = usable(typed) if typed else ""
        except ValueError:
            self._say(translate("Settings", "This can’t be asked. It begins with https://."))
        else:
            self._say("")
            self._set(address=address)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence or " ")
        self.address.setAccessibleDescription(sentence)

    def _set(self, **changes: object) -> None:
        self._desk.change_preferences(
            lambda now: replace(now, updates=replace(now.updates, **changes))  # type: ignore[arg-type]
        )
