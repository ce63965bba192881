"""Paints a photo of the batch's check: its crop, its name and item, what there is about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.ui.delegates.lines import Lines
from uploader.ui.delegates.thumbs import Thumbs, draw_photo
from uploader.ui.models.remarks import NOTE, PHOTO, SENTENCE
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
BOX = 48
MARGIN = 24
GAP = 12
PADDING = 8
EDGE = 3


class RemarkRowDelegate(QStyledItemDelegate):
    """Attributes: `style_name`, the style that is shown; `thumbs`, the scaled previews."""

    def __init__(self, theme: Theme, previews: Previews, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self.thumbs, self.style_name = Thumbs(previews, BOX), "square"
        self._base, self._strong = Lines(theme.base), Lines(theme.small_strong)
        self._small = Lines(theme.small)
        self.height = max(BOX, theme.line + theme.small_line) + 2 * PADDING

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high."""
        return QSize(80, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: QRect = option.rect
        photo: Photo = index.data(PHOTO)
        painter.save()
        self._ground(painter, row, option.state, index)
        self._picture(painter, row, photo)
        name, below, note = self._places(row, index)
        decided = bool(index.data(NOTE))
        quiet = self._theme.colour(Role.TEXT_2)
        ink = quiet if decided else self._theme.colour(Role.TEXT)
        middle = Qt.TextElideMode.ElideMiddle
        title = self._base.elided(index.data(), name.width(), middle)
        self._base.draw(painter, name, title, ink)
        self._item(painter, name, self._base.width(title), photo)
        text = self._small.elided(index.data(SENTENCE), below.width())
        self._small.draw(painter, below, text, quiet)
        self._strong.draw(painter, note, index.data(NOTE), quiet)
        painter.restore()

    # ---- parts
    def _ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag, index: Index) -> None:
        colour = self._theme.colour
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, colour(Role.WASH))
            painter.fillRect(row.x(), row.y(), EDGE, row.height(), colour(Role.ACCENT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, colour(Role.HOVER))
        painter.fillRect(row.x(), row.bottom(), row.width(), 1, colour(Role.LINE))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.setPen(colour(Role.ACCENT))
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def _picture(self, painter: QPainter, row: QRect, photo: Photo) -> None:
        corner = QRect(row.x() + MARGIN, row.y() + (row.height() - BOX) // 2, BOX, BOX)
        ratio = painter.device().devicePixelRatioF()
        made = self.thumbs.get(photo, self.style_name, ratio)
        if made is not None:
            pixmap, where = made
            draw_photo(painter, self._theme, pixmap, where.translated(corner.topLeft()))
            return
        painter.fillRect(corner, self._theme.colour(Role.MAT))
        icon = self._theme.pixmap("image", Role.TEXT_2, ratio)
        painter.drawPixmap(corner.x() + (BOX - 16) // 2, corner.y() + (BOX - 16) // 2, icon)

    def _places(self, row: QRect, index: Index) -> tuple[QRect, QRect, QRect]:
        """Give the places of the name, of the sentence and of the note."""
        note = index.data(NOTE)
        width = self._strong.width(note) + GAP if note else 0
        left = row.x() + MARGIN + BOX + GAP
        room = row.right() - MARGIN - left - width
        lines = self._theme.line + self._theme.small_line
        top = row.y() + (row.height() - lines) // 2
        name = QRect(left, top, room, self._theme.line)
        below = QRect(left, top + self._theme.line, room, self._theme.small_line)
        return name, below, QRect(left + room + GAP, row.y(), width - GAP, row.height())

    def _item(self, painter: QPainter, name: QRect, used: int, photo: Photo) -> None:
        """Write the item behind the file's name, as far as there is room."""
        room = name.width() - used - GAP
        if photo.item is None or room < 48:
            return
        text = self._small.elided(photo.item.title, room)
        where = QRect(name.x() + used + GAP, name.y(), room, name.height())
        self._small.draw(painter, where, text, self._theme.colour(Role.TEXT_2))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show in full what is cut where the pointer rests."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        name, below, _ = self._places(option.rect, index)
        photo: Photo = index.data(PHOTO)
        item = photo.item.title if photo.item else ""
        needs = self._base.width(index.data()) + (GAP + self._small.width(item) if item else 0)
        cut = needs > name.width() or self._small.width(index.data(SENTENCE)) > below.width()
        parts = (index.data(), item, index.data(SENTENCE))
        text = "\n".join(part for part in parts if part) if cut else ""
        QToolTip.showText(event.globalPos(), text, view)
        return True
