"""The guide tells the truth: its links, pictures, shortcuts and the words that it quotes."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QAction, QImageReader, QKeySequence

from uploader.ui.dialogs.diagnostics import DiagnosticsDialog
from uploader.ui.dialogs.guide import GuideDialog
from uploader.ui.dialogs.history import HistoryDialog
from uploader.ui.dialogs.shortcuts import _rows
from uploader.ui.guide.pages import START, read_page, read_pages
from uploader.ui.guide.shelf import Shelf
from uploader.ui.resources import guide

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", *(folder.name for folder in guide().iterdir() if (folder / START).is_file()))
FOLDERS = {language: guide() / language for language in LANGUAGES} | {"en": guide()}
BOOKS = {language: read_pages(folder) for language, folder in FOLDERS.items()}
PAGES = BOOKS["en"]
BY_NAME = {page.name: page for page in PAGES}
EVERY = [
    pytest.param(language, page, id=f"{language}-{page.name}")
    for language, pages in BOOKS.items()
    for page in pages
]

QUOTED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
CODE = re.compile(r"`([^`\n]+)`")
KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+\S+|F\d+")
PLAIN = {"Esc", "Space", "Return", "Del", "Tab", "Shift", "Shift+Tab", "Shift+Return"}
"""Keys that widgets and the toolkit handle themselves, so that no action has them."""
NAME = re.compile(r"\\\{\w+\\\}")


def written(text: str) -> re.Pattern[str]:
    """Match a text of the program as somebody may quote it: any value, or … for it."""
    return re.compile(NAME.sub(".+", re.escape(text)))


def program_texts() -> list[re.Pattern[str]]:
    """Give every text that the window can show: literals of what translates."""
    found = set[str]()
    for path in (ROOT / "uploader").glob("**/*.py"):
        if "server" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return [written(text) for text in found if 2 < len(text) < 90 and text[0].isupper()]


def translated_texts(language: str) -> list[re.Pattern[str]]:
    """Give every text that the window can show in another language."""
    file = ROOT / "resources" / "translations" / f"store-uploader_{language}.ts"
    found = ElementTree.parse(file).iter()
    said = [part.text or "" for part in found if part.tag in {"translation", "numerusform"}]
    return [written(text) for text in said if 2 < len(text.strip()) < 120]


@pytest.fixture(scope="module")
def texts() -> dict[str, list[re.Pattern[str]]]:
    found = {language: translated_texts(language) for language in LANGUAGES if language != "en"}
    return found | {"en": program_texts()}


def test_there_is_one_for_every_language_of_the_program():
    from uploader.ui.language import LANGUAGES as SPOKEN

    assert set(LANGUAGES) == set(SPOKEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_named_by_the_first_one(language):
    pages = BOOKS[language]
    assert {page.name for page in pages} == {path.name for path in FOLDERS[language].glob("*.md")}
    assert pages[0].name == START


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_the_same_sections_and_pictures_in_each_language(language):
    assert [page.name for page in BOOKS[language]] == [page.name for page in PAGES]
    for page, english in zip(BOOKS[language], PAGES, strict=True):
        assert len(page.sections) == len(english.sections), page.name
        assert page.pictures == english.pictures
        assert len(page.links) == len(english.links), page.name
        assert keys_in(page.markdown) == keys_in(english.markdown)


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_a_page_has_one_title_and_no_markup_of_another_kind(language, page):
    assert page.markdown.startswith(f"# {page.title}\n")
    assert page.sections[0].anchor == ""
    anchors = [section.anchor for section in page.sections[1:]]
    assert len(anchors) == len(set(anchors))
    # Italics are for the app's own words; nothing else is emphasised, and there is no HTML.
    assert "**" not in page.markdown
    assert not re.search(r"</?\w+>|<!--", page.markdown)


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_links_lead_somewhere(language, page):
    names = {one.name: one for one in BOOKS[language]}
    for link in page.links:
        name, _, anchor = link.partition("#")
        target = names[name or page.name]
        assert anchor in {section.anchor for section in target.sections}, link


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_pictures_are_there_for_both_themes_and_say_what_they_show(language, page):
    for alt, name in re.findall(r"!\[(.*?)\]\((.+?)\)", page.markdown):
        assert alt
        file = FOLDERS[language] / name
        for one in (file, file.with_stem(f"{file.stem}-dark")):
            assert QImageReader(str(one)).size().width() >= 800, one
            assert one.stat().st_size < 250_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_picture_is_left_over(language):
    used = {Path(name).stem for page in BOOKS[language] for name in page.pictures}
    files = {p.stem.removesuffix("-dark") for p in (FOLDERS[language] / "pictures").iterdir()}
    assert files == used


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_what_is_quoted_stands_in_the_window(language, page, texts):
    # A … after a space stands for a value.
    quoted = {re.sub(r"(?<= )…$", "7 h", text) for text in QUOTED.findall(page.markdown)}
    known = texts[language]
    assert [q for q in quoted if not any(text.fullmatch(q) for text in known)] == []


def keys_in(markdown: str) -> set[str]:
    return {code for code in CODE.findall(markdown) if KEYS.fullmatch(code)}


def keys_of(*windows) -> set[str]:
    actions = [a for w in windows for a in (*w.findChildren(QAction), *w.actions())]
    keys = {a.shortcut().toString(QKeySequence.SequenceFormat.PortableText) for a in actions}
    return {key for key in keys if key and KEYS.fullmatch(key)} - PLAIN


@pytest.fixture
def windows(window, desk, theme, settings, qtbot):
    shelf = Shelf(None, guide())
    made = [
        HistoryDialog(desk, theme, settings),
        DiagnosticsDialog(desk, theme, settings, window),
        GuideDialog(shelf, theme, settings),
    ]
    for dialog in made:
        qtbot.addWidget(dialog)
    yield [window, *made]
    shelf.close()


def test_every_shortcut_that_is_named_exists(windows):
    listed = {keys for keys, _ in _rows()}
    known = keys_of(*windows) | listed | PLAIN | {"Ctrl+A"}
    for page in (page for pages in BOOKS.values() for page in pages):
        assert keys_in(page.markdown) - known == set(), page.name


def test_every_shortcut_that_exists_is_on_the_page_of_shortcuts(windows):
    listed = {keys for keys, _ in _rows()}
    named = set(CODE.findall(BY_NAME["keyboard.md"].markdown))
    # Two keys for one thing: one of them is told.
    assert (keys_of(*windows) | listed) - named - {"Ctrl+Enter"} == set()


def test_the_first_page_shows_the_most_used_ones_in_the_words_of_the_list():
    words = dict(_rows())
    rows = re.findall(r"^\| `(\S+)` \| (.+) \|$", BY_NAME[START].markdown, re.MULTILINE)
    assert len(rows) >= 8
    told = {keys: text for keys, text in rows if keys != "F1"}
    assert told == {keys: words[keys] for keys in told}


def test_the_guide_is_packaged():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"share/store-uploader/guide" = ["docs/guide/*.md"]' in text
    for folder in ("pictures", "de/pictures"):
        assert f'"share/store-uploader/guide/{folder}" = ["docs/guide/{folder}/*.png"]' in text
    assert '"share/store-uploader/guide/de" = ["docs/guide/de/*.md"]' in text


def test_pages_of_the_project_lead_to_it():
    for name in ("README.md",):
        text = (ROOT / name).read_text("utf-8")
        assert "docs/guide/README.md" in text
    assert read_page(guide() / START).title
