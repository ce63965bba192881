"""Shows one page of the guide; links, pictures and anchors in it work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from uploader.ui.guide.dress import COLUMN, MARGIN, blocks, dress, fitted, native_keys
from uploader.ui.guide.pages import Page, slug
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme

_FLAGS = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
_NO_HTML = QTextDocument.MarkdownFeature.MarkdownNoHTML


class GuideView(QTextBrowser):
    """Signals: `followed(str)` a link was pressed; `picture_wanted(str, int)`, name and width.

    The width is in the screen's pixels.
    """

    followed = Signal(str)
    picture_wanted = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("guide")
        self._theme, self._words = theme, ""
        self._page: Page | None = None
        self._sizes: dict[str, QSize] = {}
        self.setOpenLinks(False)
        self.setAccessibleName(translate("Help", "Page of the guide"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        theme.changed.connect(self._show_again)

    def show_page(self, page: Page, sizes: dict[str, QSize], anchor: str = "") -> None:
        """Show a page from its beginning, or from a heading."""
        self._page, self._sizes = page, sizes
        self._show()
        self.scroll_to(anchor)

    def scroll_to(self, anchor: str) -> None:
        """Bring a heading to the top."""
        cursor = self.textCursor()
        cursor.setPosition(0)
        for block in blocks(self.document()):
            if anchor and block.blockFormat().headingLevel() and slug(block.text()) == anchor:
                cursor.setPosition(block.position())
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                break
        else:
            self.verticalScrollBar().setValue(0)
        self.setTextCursor(cursor)

    def mark(self, words: str) -> None:
        """Mark what was searched for."""
        self._words = words
        self._mark()

    def put_picture(self, name: str, image: QImage) -> None:
        """Take a picture that was wanted."""
        self.document().addResource(_IMAGE, QUrl(name), image)
        self.document().markContentsDirty(0, self.document().characterCount())
        self.viewport().update()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - as Qt has it
        """Never read a file here: give an empty picture until the true one comes."""
        if kind != _IMAGE.value:
            return None
        size = fitted(self._sizes.get(QUrl(name).toString(), QSize()))
        empty = QImage(max(1, size.width()), max(1, size.height()), QImage.Format.Format_RGB32)
        empty.fill(self._theme.colour(Role.MAT))
        return empty

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short where the window is wide."""
        super().resizeEvent(event)
        self._set_margins()

    def _show_again(self) -> None:
        if self._page is not None:
            place = self.verticalScrollBar().value()
            self._show()
            self.verticalScrollBar().setValue(place)

    def _show(self) -> None:
        if self._page is None:
            return
        document = self.document()
        document.clear()
        document.setDefaultFont(self._theme.base)
        document.setMarkdown(native_keys(self._page.markdown), _FLAGS | _NO_HTML)
        dress(document, self._theme, self._sizes)
        self._set_margins()
        self._mark()
        ratio = self.devicePixelRatioF()
        for name in self._page.pictures:
            width = fitted(self._sizes.get(name, QSize())).width()
            self.picture_wanted.emit(name, round(width * ratio))

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        shape.setTopMargin(24)
        shape.setBottomMargin(MARGIN)
        shape.setLeftMargin(MARGIN)
        shape.setRightMargin(max(MARGIN, self.viewport().width() - COLUMN - MARGIN))
        frame.setFrameFormat(shape)

    def _mark(self) -> None:
        marked = list[QTextEdit.ExtraSelection]()
        look = QTextCharFormat()
        look.setBackground(self._theme.colour(Role.WASH))
        look.setForeground(self._theme.colour(Role.ACCENT))
        for word in self._words.split():
            cursor = QTextCursor(self.document())
            while not (cursor := self.document().find(word, cursor)).isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, look
                marked.append(selection)
        self.setExtraSelections(marked)


_IMAGE = QTextDocument.ResourceType.ImageResource
