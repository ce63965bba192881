"""Paints the lines of the item popup."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from uploader.domain.names import words
from uploader.domain.stores import Item
from uploader.ui.delegates.thumbs import draw_photo, fitted
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.choices import CHOICE, Choice
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
ITEM_HEIGHT = 68
COMMAND_HEIGHT = 36
SEPARATION = 9
TEXT_X = 72
MOST_NUMBERED = 9
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ChoiceDelegate(QStyledItemDelegate):
    """`typed` is the text in the field: what an item's title shares with it is bold.

    `numbered` writes before the first nine items the key that takes them.
    """

    def __init__(
        self, theme: Theme, pictures: ItemPictures, parent: QWidget, *, numbered: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme, self._pictures, self.typed = theme, pictures, ""
        self._numbered, self._left = numbered, 28 if numbered else 0

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Items are as high as their picture, commands as a menu's lines."""
        choice: Choice = index.data(CHOICE)
        lines = self._theme.line + self._theme.small_line
        height = COMMAND_HEIGHT if choice.is_command else max(ITEM_HEIGHT, lines + 34)
        return QSize(100, height + (SEPARATION if choice.first_command else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        choice: Choice = index.data(CHOICE)
        line: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if choice.first_command:
            y = line.y() + 4
            painter.fillRect(0, y, line.width(), 1, self._theme.colour(Role.LINE))
            line = line.adjusted(0, SEPARATION, 0, 0)
        self._ground(painter, line, option.state)
        if choice.is_command:
            self._command(painter, line, choice)
        else:
            if self._numbered and index.row() < MOST_NUMBERED:
                self._number(painter, line, index.row() + 1)
            self._item(painter, line.adjusted(self._left, 0, 0, 0), choice)
        painter.restore()

    def _ground(self, painter: QPainter, line: QRect, state: QStyle.StateFlag) -> None:
        frame = QRectF(line).adjusted(4.5, 2.5, -4.5, -1.5)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(self._theme.colour(Role.ACCENT))
            painter.setBrush(self._theme.colour(Role.WASH))
            painter.drawRoundedRect(frame, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.HOVER))
            painter.drawRoundedRect(frame, 6, 6)

    def _command(self, painter: QPainter, line: QRect, choice: Choice) -> None:
        ratio = painter.device().devicePixelRatioF()
        icon = self._theme.pixmap("plus" if choice.item else "skip", Role.TEXT_2, ratio)
        painter.drawPixmap(QPoint(line.x() + self._left + 28, line.center().y() - 7), icon)
        painter.setFont(self._theme.base)
        painter.setPen(self._theme.colour(Role.TEXT))
        text = painter.fontMetrics().elidedText(
            choice.words, Qt.TextElideMode.ElideMiddle, line.width() - TEXT_X - self._left - 16
        )
        painter.drawText(line.adjusted(TEXT_X + self._left, 0, 0, 0), _MIDDLE, text)

    def _number(self, painter: QPainter, line: QRect, number: int) -> None:
        """Draw a key with its number, as those in the foot."""
        key = QRectF(line.x() + 14.5, line.y() + 25.5, 19, 18)
        painter.setPen(self._theme.colour(Role.CONTROL))
        painter.setBrush(self._theme.colour(Role.BASE))
        painter.drawRoundedRect(key, 4, 4)
        painter.setFont(self._theme.small)
        painter.setPen(self._theme.colour(Role.TEXT_2))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(number))

    def _item(self, painter: QPainter, line: QRect, choice: Choice) -> None:
        item = choice.item
        assert item is not None
        self._picture(painter, QRect(line.x() + 12, line.y() + 10, 48, 48), item)
        note = self._note(painter, line, choice)
        x, room = line.x() + TEXT_X, line.width() - TEXT_X - note - 24
        first, second = self._theme.line, self._theme.small_line
        y = line.y() + (line.height() - first - second + 1) // 2
        self._title(painter, QRect(x, y, room, first), item.title)
        painter.setFont(self._theme.small)
        painter.setPen(self._theme.colour(Role.TEXT_2))
        painter.drawText(QRect(x, y + first, room, second), _MIDDLE, item.sku)

    def _picture(self, painter: QPainter, box: QRect, item: Item) -> None:
        """Draw the item's picture, or its place while, or where, there is none."""
        pixmap = self._pictures.get(item.thumb_url)
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            draw_photo(painter, self._theme, pixmap, fitted(pixmap.size(), box))
            return
        painter.fillRect(box, self._theme.colour(Role.MAT))
        icon = self._theme.pixmap("image", Role.TEXT_2, painter.device().devicePixelRatioF())
        painter.drawPixmap(box.x() + 16, box.y() + 16, icon)

    def _note(self, painter: QPainter, line: QRect, choice: Choice) -> int:
        """Draw what stands at the right; give its width."""
        quiet = not choice.item or choice.item.images == 0
        painter.setFont(self._theme.small)
        painter.setPen(self._theme.colour(Role.TEXT_2 if quiet else Role.TEXT))
        width = painter.fontMetrics().horizontalAdvance(choice.note)
        right = line.right() - 16
        where = QRect(right - width, line.y(), width + 1, line.height())
        painter.drawText(where, _MIDDLE, choice.note)
        if not quiet:
            icon = self._theme.pixmap("image", Role.TEXT, painter.device().devicePixelRatioF())
            painter.drawPixmap(where.x() - 22, line.center().y() - 7, icon)
        return width + (0 if quiet else 22)

    def _title(self, painter: QPainter, where: QRect, title: str) -> None:
        """Draw the title, what was typed in bold."""
        bold = shared_start(title, self.typed)
        x = where.x()
        for font, part in ((self._theme.strong, title[:bold]), (self._theme.base, title[bold:])):
            metrics = QFontMetrics(font)
            room = where.right() - x
            text = metrics.elidedText(part, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(self._theme.colour(Role.TEXT))
            painter.drawText(QRect(x, where.y(), room + 1, where.height()), _MIDDLE, text)
            x += metrics.horizontalAdvance(text)


def shared_start(title: str, typed: str) -> int:
    """Tell how many of the title's letters stand for what was typed.

    Compared as words, so that ``harbour-mug`` is the beginning of ``Harbour mug, blue``.
    """
    wanted = words(typed)
    if not wanted:
        return 0
    for end in range(1, len(title) + 1):
        if words(title[:end]) == wanted:
            return end
    return 0
