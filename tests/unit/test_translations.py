"""The translations are complete and up to date. What to do where not: `make translations`."""

from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["translations"]


def messages(tool, language):
    """Give context, source, kind and translations of every text in a .ts file."""
    for context in ET.parse(tool.ts_of(language)).getroot().iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            source = message.findtext("source")
            yield context.findtext("name"), source, said.get("type"), forms


def test_the_templates_are_those_of_the_source(tool):
    assert tool.SENTENCES.read_text("utf-8") == tool.module_of(tool.sentences())


@pytest.mark.parametrize("language", ["de"])
class TestLanguage:
    def test_every_text_stands_in_it_and_no_other(self, tool, language):
        there = {(context, source) for context, source, *_ in messages(tool, language)}
        wanted = {(text.context, text.source) for text in tool.all_texts()}
        assert there == wanted

    def test_every_text_is_translated(self, tool, language):
        left = [
            (context, source)
            for context, source, kind, forms in messages(tool, language)
            if kind == "unfinished" or not all(forms)
        ]
        assert left == []

    def test_every_translation_puts_the_same_values_in(self, tool, language):
        for context, source, _kind, forms in messages(tool, language):
            for said in forms:
                wanted, found = set(PLACE.findall(source)), set(PLACE.findall(said))
                # "Ein Foto" for one says the number in a word.
                missing = wanted - found - ({"{n}"} if len(forms) > 1 else set())
                assert not missing, (context, source)
                assert found <= wanted, (context, source)

    def test_what_is_loaded_is_made_of_it(self, tool, language, tmp_path):
        made = tmp_path / "made.qm"
        tool.release(language, made)
        assert made.read_bytes() == (tool.PLACE / f"store-uploader_{language}.qm").read_bytes()


def test_sentences_are_found_in_the_code_and_nothing_else(tool):
    found = tool.sentences()
    assert "{host} can’t be reached. Check the network." in found
    assert "The list of photos is damaged" in found
    assert not [text for text in found if re.search(r"SELECT|PRAGMA|%s|[A-Z]{3,} [A-Z]{3,}", text)]
