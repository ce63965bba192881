"""The window in another language: which one, its words, and how it writes numbers and times."""

from __future__ import annotations

import time

import pytest
from gui_fakes import design_batch
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QFontMetrics

from uploader.ui import numbers
from uploader.ui.delegates.row_layout import RowLayout
from uploader.ui.language import language_for, locale_for, speak
from uploader.ui.models.photos import STATUS
from uploader.ui.text import counted


@pytest.fixture
def german(qapp):
    """Let the program speak German for one test."""
    before = set(qapp.findChildren(QTranslator))
    assert speak(qapp, "de") == "de"
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())


@pytest.mark.parametrize(
    ("choice", "system", "spoken"),
    [
        ("", "de_AT", "de"),
        ("", "en_GB", "en"),
        ("", "fr_FR", "en"),
        ("en", "de_DE", "en"),
        ("de", "en_US", "de"),
        ("xx", "de_DE", "de"),
    ],
)
def test_the_persons_choice_comes_before_the_systems(monkeypatch, choice, system, spoken):
    monkeypatch.delenv("STORE_UPLOADER_LANGUAGE", raising=False)
    assert language_for(choice, QLocale(system)) == spoken


def test_the_environment_comes_before_all(monkeypatch):
    monkeypatch.setenv("STORE_UPLOADER_LANGUAGE", "de")
    assert language_for("en", QLocale("fr_FR")) == "de"


def test_numbers_are_written_in_the_spoken_languages_way_and_else_as_the_system_has_it():
    assert locale_for("de", QLocale("de_AT")) == QLocale("de_AT")
    assert locale_for("de", QLocale("en_US")).decimalPoint() == ","
    assert locale_for("en", QLocale("fr_FR")).decimalPoint() == "."
    assert locale_for("de", QLocale.c()).decimalPoint() == ","


def test_german_numbers_sizes_and_plurals(german):
    assert numbers.size(8_400_000) == "8,4 MB"
    assert numbers.part_of(5_300_000, 8_400_000) == "5,3 von 8,4 MB"
    assert numbers.rate(1_200_000) == "1,2 MB/s"
    assert counted("History", "{n} photo", "{n} photos", 1) == "1 Foto"
    assert counted("History", "{n} photo", "{n} photos", 1234) == "1.234 Fotos"


def test_a_time_is_written_as_the_locale_has_it():
    noon = time.mktime((2026, 11, 29, 20, 42, 10, 0, 0, -1))
    try:
        for name, full, short in (
            ("en_GB", "20:42:10", "20:42"),
            ("de_DE", "20:42:10", "20:42"),
            ("en_US", "8:42:10\u202fPM", "8:42\u202fPM"),
        ):
            QLocale.setDefault(QLocale(name))
            assert numbers.clock(noon) == full
            assert numbers.clock(noon, with_seconds=False) == short
    finally:
        QLocale.setDefault(QLocale.system())


def test_the_window_speaks_german(german, window, desk):
    desk.reset.emit(design_batch(time.time()))
    assert window.toolbar.add_photos.text() == "Fotos hinzufügen"
    assert window.toolbar.upload.text() == "24 hochladen"
    spoken = [window.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(9)]
    assert "Im Shop, Beide Zuschnitte gleichen der Vorschau" in spoken[0]
    assert "Vom Shop abgelehnt, Its item, HP-3310, is archived." in spoken[1]  # the store's words
    assert "Keine Antwort. Noch nicht im Shop, wird erneut gesendet." in spoken[5]
    assert spoken[7].endswith("Die Datei ist beschädigt: Sie endet mittendrin. Nichts gesendet.")


def test_no_word_of_a_status_is_cut_in_german(german, window, batch):
    """At the design's size; details may be cut and have a tooltip, the words may not."""
    window.resize(1200, 760)
    window.work.show_inspector(True)
    words = QFontMetrics(window.theme.strong)
    layout = RowLayout(window.list.viewport().width(), window.theme.scale)
    for row in range(window.model.rowCount()):
        status = window.model.index(row).data(STATUS)
        assert words.horizontalAdvance(status.words) <= layout.status.width - 24, status.words
