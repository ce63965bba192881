"""A language that nobody speaks: it finds what isn't translated, and what is cut when it is.

Every source text comes out accented, two fifths longer and between ‹ and ›. So letters outside
of such marks are a text that went past the translation, or data.

As a command it walks through every window and prints what it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from every_window import Stage
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from uploader.domain.findings import Format
from uploader.ui.widgets.labels import ElidedLabel

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzACDEGHIJKLNOPRSTUWYZ",
    "åbçðéƒĝĥîĵķļɱñöþqŕšţûvŵxýžÅÇÐÉĜĤÎĴĶĻÑÖÞŔŠŢÛŴÝŽ",
)
_PLACE = re.compile(r"(\{\w+\}|<[^>]+>)")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MARKED = re.compile(r"‹[^‹›]*›")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
ROWS = 40

NAMES = (
    *("Store Uploader", "Harbour & Pine", "square", "thumb", "Inter", "CSV", "SKU", "GPS"),
    *(kind.label for kind in Format),
    *(
        "sRGB",
        "Display P3",
        "Canon EOS R6",
        "Pixel 8",
        "CMYK",
        "English",
        "Deutsch",
        "https",
        "B",
        "kB",
        "MB",
        "GB",
    ),
)
"""Names of things, which are the same in every language."""

_DATA = re.compile(
    r"[\w./-]*\.(?:jpe?g|png|heic|avif|tiff?|sqlite3|ini|csv|shop|example)\b[\w./-]*|\S+@\S+"
    r"|[A-Z]{2,}-\d+|photo-\d+|Item \d+|\d\d:\d\d(?::\d\d)?|F\d+|/photos|\{\w+\}"
    r"|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b"
)


def pseudo(source: str) -> str:
    """Put a source text into the language; places for values stay."""
    if not _LETTERS.search(_PLACE.sub("", source)):
        return source
    parts = [p if _PLACE.fullmatch(p) else p.translate(_ACCENTED) for p in _PLACE.split(source)]
    more, words = "", iter(_WORDS * 9)
    while len(more) < 0.4 * len(source):
        more += f" {next(words)}"
    return f"‹{''.join(parts)}{more}›"


class Pseudo(QTranslator):
    """Speaks it."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return pseudo(source)

    def isEmpty(self):
        return False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a walk found: in which window, at which widget, what is wrong, and the text."""

    scene: str
    where: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.scene}: {self.where}: {self.what}: {self.text}"


def widgets_of(root: QWidget) -> list[QWidget]:
    """Give a window and everything in it that can be seen."""
    found = [root, *root.findChildren(QWidget)]
    window = root.window()
    seen = [w for w in found if w is root or w.isVisibleTo(window)]
    return [w for w in seen if isinstance(root, QMenu) or not w.isWindow() or w is root]


def name_of(widget: QWidget) -> str:
    """Name a widget for whoever has to find it."""
    return (
        f"{type(widget).__name__}#{widget.objectName()}"
        if widget.objectName()
        else (type(widget).__name__)
    )


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Give every text of one widget, with what it is."""
    yield "title", widget.windowTitle()
    yield "tooltip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield "text", widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QGroupBox):
        yield "title", widget.title()
    if isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(n)) for n in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(n)) for n in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from _actions(widget)
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _cells(widget.model())
    if isinstance(widget, QHeaderView) and widget.model() is not None and widget.isVisible():
        model, way = widget.model(), widget.orientation()
        if way is Qt.Orientation.Horizontal:
            for n in range(widget.count()):
                yield "column", str(model.headerData(n, way) or "")


def _actions(menu: QMenu) -> Iterator[tuple[str, str]]:
    for action in menu.actions():
        yield "menu", action.text()
        sub = QAction.menu(action)
        if isinstance(sub, QMenu):
            yield from _actions(sub)


def _cells(model: QAbstractItemModel | None) -> Iterator[tuple[str, str]]:
    if model is None:
        return
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(ROWS, model.rowCount())):
        for column in range(columns):
            index = model.index(row, column)
            for role in roles:
                value = index.data(role)
                if isinstance(value, str):
                    yield f"row {row}", value


def untranslated(text: str, data: re.Pattern[str]) -> str:
    """Give what of a text is neither translated nor data; empty if nothing is."""
    if "<" in text and ">" in text:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    text = _DATA.sub("", data.sub("", text))
    before = ""
    while before != text:
        before, text = text, _MARKED.sub("", text)
    return " ".join(_LETTERS.findall(text))


def data_of(stage: Stage) -> re.Pattern[str]:
    """Know the texts that came from files and from the store."""
    found = {*NAMES, *stage.data}
    for photo in stage.photos:
        items = [item for item in (photo.item, *photo.candidates) if item]
        found |= {photo.name, photo.alt, photo.path.stem}
        found |= {text for item in items for text in (item.title, item.sku)}
    return any_of(found)


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Match any of these as whole words, the longest first."""
    longest = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)")


def find_untranslated(scene: str, stage: Stage, root: QWidget) -> Iterator[Trouble]:
    """Find the texts of a window that went past the translation."""
    data = data_of(stage)
    for widget in widgets_of(root):
        for what, text in texts_of(widget):
            if left := untranslated(text, data):
                found = f"{left!r} of {text!r}"
                yield Trouble(scene, name_of(widget), f"untranslated {what}", found)


def find_cut(scene: str, _stage: Stage, root: QWidget) -> Iterator[Trouble]:
    """Find the widgets of a window that are too small for their text."""
    for widget in widgets_of(root):
        if widget.width() and widget.height() and (text := cut(widget)):
            yield Trouble(scene, name_of(widget), "cut", text)


def cut(widget: QWidget) -> str:
    """Give a widget's text where it is wider or higher than its place and has no tooltip."""
    if widget.toolTip() or isinstance(widget, ElidedLabel):
        return ""  # the label sets its tooltip where it elides
    if isinstance(widget, QLabel):
        high = widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height() + 1
        wide = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        return widget.text() if high or wide else ""
    if isinstance(widget, QAbstractButton):
        return widget.text() if widget.sizeHint().width() > widget.width() + 1 else ""
    if isinstance(widget, QLineEdit) and not widget.text():
        margins, hint = widget.textMargins(), widget.placeholderText()
        room = widget.contentsRect().width() - margins.left() - margins.right() - 8
        return hint if widget.fontMetrics().horizontalAdvance(hint) > room else ""
    return ""


def speak_pseudo(app: QApplication) -> Pseudo:
    translator = Pseudo(app)
    QCoreApplication.installTranslator(translator)
    return translator
