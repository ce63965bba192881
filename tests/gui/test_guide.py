"""The guide tells the truth: its links, pictures, shortcuts and the words that it quotes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

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
PAGES = read_pages(guide())
BY_NAME = {page.name: page for page in PAGES}

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


@pytest.fixture(scope="module")
def texts() -> list[re.Pattern[str]]:
    return program_texts()


def test_every_page_is_named_by_the_first_one():
    files = {path.name for path in guide().glob("*.md")}
    assert set(BY_NAME) == files
    assert PAGES[0].name == START


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_one_title_and_no_markup_of_another_kind(page):
    assert page.markdown.startswith(f"# {page.title}\n")
    assert page.sections[0].anchor == ""
    anchors = [section.anchor for section in page.sections[1:]]
    assert len(anchors) == len(set(anchors))
    # Italics are for the app's own words; nothing else is emphasised, and there is no HTML.
    assert "**" not in page.markdown
    assert not re.search(r"</?\w+>|<!--", page.markdown)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in page.links:
        name, _, anchor = link.partition("#")
        target = BY_NAME[name or page.name]
        assert anchor in {section.anchor for section in target.sections}, link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_are_there_for_both_themes_and_say_what_they_show(page):
    for alt, name in re.findall(r"!\[(.*?)\]\((.+?)\)", page.markdown):
        assert alt
        for file in (guide() / name, (guide() / name).with_stem(f"{Path(name).stem}-dark")):
            assert QImageReader(str(file)).size().width() >= 800, file
            assert file.stat().st_size < 250_000


def test_no_picture_is_left_over():
    used = {Path(name).stem for page in PAGES for name in page.pictures}
    files = {path.stem.removesuffix("-dark") for path in (guide() / "pictures").iterdir()}
    assert files == used


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_quoted_stands_in_the_window(page, texts):
    quoted = {text.replace("…", "") if text.endswith(" …") else text
              for text in QUOTED.findall(page.markdown)}  # fmt: skip
    missing = [q for q in quoted if not any(text.fullmatch(q) for text in texts)
               and not any(text.fullmatch(f"{q}1 h") for text in texts)]  # fmt: skip
    assert missing == []


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
    for page in PAGES:
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
    assert '"share/store-uploader/guide/pictures" = ["docs/guide/pictures/*.png"]' in text


def test_pages_of_the_project_lead_to_it():
    for name in ("README.md",):
        text = (ROOT / name).read_text("utf-8")
        assert "docs/guide/README.md" in text
    assert read_page(guide() / START).title
