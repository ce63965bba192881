"""Gives a page of the guide the window's look: three sizes of letters, two weights, its colours.

Qt reads Markdown without a style sheet, so the look is put on afterwards, block by block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QBrush,
    QFont,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)

from uploader.ui.theme import Role, Theme

COLUMN = 600
"""The width of text and pictures, in logical pixels: about 80 letters."""
MARGIN = 32

_CODE = re.compile(r"`([^`\n]+)`")
_KEYS = re.compile(
    r"(?:(?:Ctrl|Shift|Alt)\+)+\S+|F\d+|Del|Esc|Space|Return|Home|End|Tab|PgUp|PgDown"
)
_ABOVE = {1: 0, 2: 20, 3: 12}


def native_keys(markdown: str) -> str:
    """Write key combinations as this system and language do."""

    def native(found: re.Match[str]) -> str:
        if not _KEYS.fullmatch(found[1]):
            return found[0]
        keys = QKeySequence(found[1]).toString(QKeySequence.SequenceFormat.NativeText)
        # With a little of the key's ground at either side.
        return f"`\u2009{keys.replace('`', '')}\u2009`" if keys else found[0]

    return _CODE.sub(native, markdown)


def dress(document: QTextDocument, theme: Theme, sizes: dict[str, QSize]) -> None:
    """Put the look on a document that was read from Markdown. `sizes` are the pictures'."""
    document.setIndentWidth(20 * theme.scale)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in list(blocks(document)):
        _dress_block(block, theme)
        for fragment in list(_fragments(block)):
            _dress_fragment(fragment, block, theme, sizes, document)
    _dress_tables(document.rootFrame(), theme)
    cursor.endEditBlock()


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Go through all blocks, those in tables too."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


def _dress_block(block: QTextBlock, theme: Theme) -> None:
    cursor, shape = QTextCursor(block), block.blockFormat()
    in_table = cursor.currentTable() is not None
    level = shape.headingLevel()
    shape.setTopMargin(_ABOVE.get(level, 0) if level else 0)
    shape.setBottomMargin(0 if in_table else 4 if block.textList() or level > 1 else 10)
    kind = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
    shape.setLineHeight(28 * theme.scale if level == 1 else theme.line + 2, kind)
    cursor.setBlockFormat(shape)


def _dress_fragment(
    fragment: QTextFragment,
    block: QTextBlock,
    theme: Theme,
    sizes: dict[str, QSize],
    document: QTextDocument,
) -> None:
    shape = fragment.charFormat()
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    end = fragment.position() + fragment.length()
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    level = block.blockFormat().headingLevel()
    if level:
        # Markdown's headings ask for a size of their own, whatever the font says.
        shape.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        shape.setFont(theme.heading if level == 1 else theme.strong)
        cursor.setCharFormat(shape)
    elif shape.isImageFormat():
        image = shape.toImageFormat()
        size = fitted(sizes.get(image.name(), QSize()))
        image.setWidth(size.width())
        image.setHeight(size.height())
        cursor.setCharFormat(image)
    elif shape.fontFixedPitch():
        key = QTextCharFormat()
        key.setFont(theme.small)
        key.setFontFixedPitch(False)
        key.setBackground(theme.colour(Role.MAT))
        cursor.mergeCharFormat(key)
    elif shape.isAnchor():
        link = QTextCharFormat()
        link.setForeground(theme.colour(Role.ACCENT))
        link.setFontUnderline(False)
        cursor.mergeCharFormat(link)
    elif shape.fontItalic():
        # The app's own words: as they look there, not slanted.
        word = QTextCharFormat()
        word.setFontItalic(False)
        word.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(word)


def fitted(size: QSize) -> QSize:
    """Give a picture's size in logical pixels: pictures are made at twice the size."""
    if size.isEmpty():
        return QSize(COLUMN, 0)
    width = min(COLUMN, size.width() // 2)
    return QSize(width, round(size.height() * width / size.width()))


def _dress_tables(frame: QTextFrame, theme: Theme) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            _dress_table(child, theme)
        _dress_tables(child, theme)


def _dress_table(table: QTextTable, theme: Theme) -> None:
    shape = table.format()
    shape.setBorder(0)
    shape.setCellSpacing(0)
    shape.setCellPadding(0)
    shape.setBottomMargin(12)
    table.setFormat(shape)
    line = QBrush(theme.colour(Role.LINE))
    for row in range(table.rows()):
        for column in range(table.columns()):
            place = table.cellAt(row, column)
            cell = place.format().toTableCellFormat()
            cell.setPadding(5)
            cell.setLeftPadding(0)
            cell.setRightPadding(0 if column == table.columns() - 1 else 20)
            cell.setBottomBorder(1)
            cell.setBottomBorderBrush(line)
            cell.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            place.setFormat(cell)
