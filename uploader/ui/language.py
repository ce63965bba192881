"""In which language the program speaks, and how it writes numbers and dates."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from uploader.ui.resources import resource

SOURCE = "en"
LANGUAGES = (SOURCE, "de")
"""What there is, by ISO 639; the first is what the source texts are written in."""

_OVERRIDE = "STORE_UPLOADER_LANGUAGE"


def language_for(choice: str, system: QLocale | None = None) -> str:
    """Choose a language: the person's, or the first of the system's that there is.

    `choice` is a language, or empty to follow the system.
    """
    choice = os.environ.get(_OVERRIDE, choice)
    wanted = [choice] if choice in LANGUAGES else (system or QLocale.system()).uiLanguages()
    known = (tag.replace("_", "-").partition("-")[0] for tag in wanted)
    return next((language for language in known if language in LANGUAGES), SOURCE)


def locale_for(language: str, system: QLocale | None = None) -> QLocale:
    """Give the locale for numbers and dates: the system's, unless it is another language's.

    A German text with an English decimal point inside would be neither.
    """
    system = system or QLocale.system()
    asked = QLocale(language)
    own = system.language() == asked.language()
    plain = language == SOURCE and system.language() == QLocale.Language.C
    return system if own or plain else asked


def speak(app: QCoreApplication, choice: str = "") -> str:
    """Let `app` speak the chosen language from now on, and give that language.

    Called once, before anything is built: windows take their words when they are made.
    """
    language = language_for(choice)
    locale = locale_for(language)
    if locale != QLocale.system():
        QLocale.setDefault(locale)
    if language != SOURCE:
        _install(app, str(resource("translations", f"store-uploader_{language}.qm")))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(app, f"{qt}/qtbase_{language}.qm")
    return language


def _install(app: QCoreApplication, file: str) -> None:
    """Load one file of translations; one that is missing leaves its words in English."""
    translator = QTranslator(app)
    if translator.load(file):
        app.installTranslator(translator)
