"""Through every window in a language that nobody speaks; see `pseudo`."""

from __future__ import annotations

import pytest
from every_window import DIALOGS, SCENES, all_dialogs, each
from pseudo import any_of, find_cut, find_untranslated, pseudo, speak_pseudo, untranslated
from PySide6.QtCore import QCoreApplication

NOTHING = any_of(["nothing"])


@pytest.fixture
def foreign(qapp):
    translator = speak_pseudo(qapp)
    yield
    QCoreApplication.removeTranslator(translator)
    translator.deleteLater()


def test_every_dialog_is_looked_at():
    missing = {kind.__name__ for kind in all_dialogs() - set(DIALOGS)}
    assert not missing, "give these a scene in DIALOGS of every_window.py"


def test_the_language_is_longer_and_keeps_values_in_their_places():
    assert pseudo("{n} photos wait") == "‹{n} þĥöţöš ŵåîţ one two›"
    assert len(pseudo("Upload")) > 1.4 * len("Upload")
    assert untranslated("‹Åðð ‹þĥöţöš one› two› and", NOTHING) == "and"
    assert untranslated("lamp.jpg, 6000 × 4000 · 8.9 MB, ‹Ŕéåðý one›", any_of(["MB"])) == ""


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_text_is_translated_and_none_is_cut_without_a_tooltip(scene, foreign, theme, qapp):
    for name, stage, root in each(theme, (scene,)):
        qapp.processEvents()
        assert not [str(found) for found in find_untranslated(name, stage, root)]
        assert not [str(found) for found in find_cut(name, stage, root)]
