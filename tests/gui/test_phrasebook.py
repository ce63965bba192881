"""Sentences of the outbox, said in another language: known again by their templates."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from uploader.background.intake import left_out
from uploader.domain.findings import Format, Limits
from uploader.engine import words
from uploader.engine.scan import Scan
from uploader.imaging import refusals
from uploader.imaging.geometry import Size
from uploader.ui.phrasebook import CONTEXT, recognised, say
from uploader.ui.sentences import SENTENCES

PLACE = re.compile(r"\{(\w+)\}")


class Bracketing(QTranslator):
    """Translates each sentence into itself between brackets, so that what is said shows."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"⟦{source}⟧" if context == CONTEXT else source

    def isEmpty(self):
        return False


@pytest.fixture
def bracketing(qapp):
    translator = Bracketing()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


@pytest.mark.parametrize("template", SENTENCES)
def test_every_template_is_known_again_when_it_is_filled(template):
    """By itself or by a more telling one; its values come back as they were put in."""
    values = {name: f"{n}v" for n, name in enumerate(PLACE.findall(template))}
    found = recognised(template.format(**values))
    assert found is not None
    assert found[0] == template
    assert dict(found[1]) == values


def test_nothing_changes_without_a_translation(qapp):
    assert QCoreApplication.translate(CONTEXT, "Added") == "Added"
    for text in ("Added", "The shop is closed on Sundays.", "", "No answer after 5.1 of 8.9 MB"):
        assert say(text) == text


def test_a_stores_own_words_stay_as_they_are(bracketing):
    assert say("Its item, HP-3310, is archived.") == "Its item, HP-3310, is archived."
    assert say("Refused by the store: Out of season") == "⟦Refused by the store: Out of season⟧"


def test_values_that_are_sentences_are_said_too(bracketing):
    text = words.NEXT_TRY.format(title=words.NOT_SENT_PROBLEM[0], seconds=1200)
    assert say(text) == "⟦⟦No answer⟧. Next try in 1200 s⟧"
    assert say(words.REFUSED.format(sentence=refusals.EMPTY.sentence)) == (
        "⟦Can’t be used: ⟦The file is empty.⟧⟧"
    )


def test_an_items_name_is_nobodys_to_translate(bracketing):
    assert say(words.ITEM_CHOSEN.format(item="Live")) == "⟦Item chosen: Live⟧"


def test_sentences_in_a_row_are_said_one_by_one(bracketing):
    said = say(left_out(Scan([], 3), 1).text)
    assert said == "⟦3 files aren’t photos and stay out.⟧ ⟦One photo is in the list already.⟧"
    assert say("No answer. Check the address.") == "⟦No answer⟧. ⟦Check the address.⟧"


def test_what_a_file_is_refused_for_is_known_with_its_values(bracketing):
    QLocale.setDefault(QLocale("de"))
    limits = Limits(20_000_000, 1_500_000, frozenset({Format.JPEG, Format.PNG, Format.WEBP}))
    for finding, said in (
        (refusals.too_many_bytes(limits), "⟦Larger than 20 MB.⟧"),
        (
            refusals.too_many_pixels(Size(1600, 1200), 1, limits),
            "⟦Too large: 1.600 × 1.200 pixels are more than 1,5 million.⟧",
        ),
        (
            refusals.type_not_taken("TIFF", limits.formats),
            "⟦TIFF pictures can’t be used here. Use ⟦JPEG, PNG and WebP⟧.⟧",
        ),
        (refusals.damaged(Format.HEIC), "⟦The file is damaged: it can’t be read as HEIC.⟧"),
    ):
        assert say(finding.sentence) == said


def test_values_that_look_like_places_stay_values(bracketing):
    assert say(words.ITEM_CHOSEN.format(item="{item} {0}")) == "⟦Item chosen: {item} {0}⟧"
