"""Settings: colours and language."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from uploader.ui.dialogs.settings.page import Page
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.choice_box import ChoiceBox

SCHEME = "scheme"
LANGUAGE = "language"


class AppearancePage(Page):
    """Light or dark, and the language, which a start takes up."""

    def __init__(self, theme: Theme, settings: QSettings) -> None:
        super().__init__(theme, translate("Settings", "Appearance"))
        self._settings = settings
        system = translate("Settings", "As the system")
        colours = translate("Settings", "Colours")
        schemes = (
            ("", system),
            ("light", translate("Settings", "Light")),
            ("dark", translate("Settings", "Dark")),
        )
        self.scheme = ChoiceBox(theme, schemes, colours)
        self.scheme.choose(str(settings.value(SCHEME, "")))
        self.scheme.activated.connect(self._choose_scheme)
        self.add_field(colours, self.scheme)
        language = translate("Settings", "Language")
        # Each in its own words: whoever can't read the others finds theirs.
        languages = (("", system), ("en", "English"), ("de", "Deutsch"))
        self.language = ChoiceBox(theme, languages, language)
        self.language.choose(str(settings.value(LANGUAGE, "")))
        self.language.activated.connect(self._choose_language)
        self.add_field(
            language,
            self.language,
            translate("Settings", "From the next start on."),
        )
        self.end()

    def _choose_scheme(self) -> None:
        scheme = str(self.scheme.value)
        self.theme.set_scheme(scheme)
        self._settings.setValue(SCHEME, scheme)

    def _choose_language(self) -> None:
        self._settings.setValue(LANGUAGE, self.language.value)
