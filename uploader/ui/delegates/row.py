"""Paints the list's rows, and opens the item's editor in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Capabilities
from uploader.ui.delegates.lines import Lines
from uploader.ui.delegates.row_cache import RowCache, drawn
from uploader.ui.delegates.row_layout import BOX, FIRST_TOP, RowLayout
from uploader.ui.delegates.status_painter import Press, StatusPainter
from uploader.ui.delegates.thumbs import Thumbs, draw_photo
from uploader.ui.models.photos import PHOTO, STATUS
from uploader.ui.row_text import file_line, item_lines
from uploader.ui.status import Status
from uploader.ui.theme import Role, Theme

Index = QModelIndex | QPersistentModelIndex
Thumb = tuple[QPixmap, QRect] | None
_LOOKS = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_MouseOver
    | QStyle.StateFlag.State_HasFocus
    | QStyle.StateFlag.State_KeyboardFocusChange
)
Editor = Callable[[QWidget, Photo], QWidget]


class RowDelegate(QStyledItemDelegate):
    """One photo a row, 72 pixels high or what three lines of text need.

    `painted(photo_id, moving, status)` is told after every row, so that the view knows which
    rows to repaint and when. `press` says what the pointer does to which photo's button.
    """

    def __init__(
        self,
        theme: Theme,
        previews: Previews,
        make_editor: Editor,
        painted: Callable[[int, bool, Status], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.thumbs = Thumbs(previews, BOX)
        self._make_editor = make_editor
        self._painted = painted
        self.styles = tuple(style.name for style in Capabilities().styles)
        self.press: tuple[int, Press] = (0, Press())
        self._edited = 0
        self._laid_out = ((0, 0.0, 0), RowLayout(0))
        self._status = StatusPainter(theme)
        self.rows = RowCache()
        self._name, self._small = Lines(theme.base), Lines(theme.small)
        self._strong = Lines(theme.strong)

    # ---- geometry
    def layout_for(self, width: int) -> RowLayout:
        """Lay a row of `width` pixels out; the last one again where nothing has changed."""
        wanted = (width, self._theme.scale, min(2, len(self.styles)))
        if self._laid_out[0] != wanted:
            self._laid_out = (wanted, RowLayout(*wanted))
        return self._laid_out[1]

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every row the same height, so that thousands cost nothing."""
        width = option.rect.width()
        return QSize(width, self.layout_for(width).height)

    def action_rect(self, row: QRect, status: Status) -> QRect:
        """Give the place of a row's button in the view; empty without one."""
        found = self._status.action_rect(self.layout_for(row.width()), status)
        return found.translated(row.topLeft()) if found.isValid() else found

    def item_rect(self, row: QRect) -> QRect:
        """Give the place of a row's item in the view."""
        layout = self.layout_for(row.width())
        top = layout.third_top if layout.item_below else 0
        return QRect(layout.item.x, top, layout.item.width, layout.height - top).translated(
            row.topLeft()
        )

    # ---- painting
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row: a copy of how it looked, and what moves drawn over it."""
        photo: Photo = index.data(PHOTO)
        status: Status = index.data(STATUS)
        row: QRect = option.rect
        layout = self.layout_for(row.width())
        press = self.press[1] if self.press[0] == photo.id else Press()
        moves = status.spins or status.share is not None
        ratio, styles = painter.device().devicePixelRatioF(), self.styles[:2]
        if self.rows.late and not all(self.thumbs.has(photo, style, ratio) for style in styles):
            # Scaling is most of drawing a row that comes into sight.
            if (before := self.rows.postpone(photo.id)) is not None:
                painter.drawPixmap(row.topLeft(), before)
            return
        found = [self.thumbs.get(photo, style, ratio) for style in styles]
        looks = option.state & _LOOKS
        signature = (
            photo, None if moves else (status, press), layout.width, layout.height, looks,
            ratio, self._theme.look, photo.id == self._edited,
            tuple(each and each[0].cacheKey() for each in found),
        )  # fmt: skip

        def draw(inside: QPainter) -> None:
            self._ground(inside, layout, looks)
            self._previews(inside, layout, photo, found)
            self._file(inside, layout, photo)
            if photo.id != self._edited:
                self._item(inside, layout, photo)
            if not moves:
                self._status.paint(inside, layout, status, photo.id, press)

        size = QSize(layout.width, layout.height)
        ground = self._theme.colour(Role.BASE)
        pixmap = self.rows.get(
            photo.id, signature, lambda: drawn(size, ratio, ground, draw)
        )  # fmt: skip
        if pixmap is None:
            return
        painter.drawPixmap(row.topLeft(), pixmap)
        moving = False
        if moves:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(row.topLeft())
            moving = self._status.paint(painter, layout, status, photo.id, press)
            painter.restore()
        self._painted(photo.id, moving, status)

    def _ground(self, painter: QPainter, layout: RowLayout, state: QStyle.StateFlag) -> None:
        colour, whole = self._theme.colour, QRect(0, 0, layout.width, layout.height)
        flag = QStyle.StateFlag
        if state & flag.State_Selected:
            painter.fillRect(whole, colour(Role.WASH))
        elif state & flag.State_MouseOver:
            painter.fillRect(whole, colour(Role.HOVER))
        painter.fillRect(0, layout.height - 1, layout.width, 1, colour(Role.LINE))
        if state & flag.State_Selected:
            painter.fillRect(0, 0, 3, layout.height - 1, colour(Role.ACCENT))
        if state & flag.State_HasFocus and state & flag.State_KeyboardFocusChange:
            painter.setPen(colour(Role.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole.adjusted(0, 0, -1, -2))

    def _previews(
        self, painter: QPainter, layout: RowLayout, photo: Photo, thumbs: Sequence[Thumb]
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        for number, found in enumerate(thumbs):
            box = QRect(layout.box_x(number), (layout.height - BOX) // 2, BOX, BOX)
            if found is not None:
                draw_photo(painter, self._theme, found[0], found[1].translated(box.topLeft()))
                continue
            painter.fillRect(box, self._theme.colour(Role.MAT))
            if photo.state is State.REFUSED:
                icon = self._theme.pixmap("broken", Role.TEXT_2, ratio)
                painter.drawPixmap(box.x() + 20, box.y() + 20, icon)

    def _file(self, painter: QPainter, layout: RowLayout, photo: Photo) -> None:
        column, colour = layout.file, self._theme.colour
        name = photo.name.replace("\n", " ")
        middle = self._name.elided(name, column.width, Qt.TextElideMode.ElideMiddle)
        self._name.draw(painter, column.at(FIRST_TOP, layout.line), middle, colour(Role.TEXT))
        line = self._small.elided(file_line(photo), column.width)
        top = layout.second_top
        self._small.draw(painter, column.at(top, layout.small_line), line, colour(Role.TEXT_2))

    def _item(self, painter: QPainter, layout: RowLayout, photo: Photo) -> None:
        title, below = item_lines(photo)
        asks = photo.item is None and bool(photo.candidates)
        column, colour = layout.item, self._theme.colour
        if layout.item_below:
            line = self._small.elided(f"{title} · {below}" if below else title, column.width)
            top = layout.third_top
            self._small.draw(painter, column.at(top, layout.small_line), line, colour(Role.TEXT_2))
            return
        font = self._strong if asks else self._name
        ink = Role.TEXT if photo.item or asks else Role.TEXT_2
        lines = font.broken(title, column.width - (24 if asks else 0), 2 if below else 3)
        for number, line in enumerate(lines):
            top = FIRST_TOP + number * layout.line
            font.draw(painter, column.at(top, layout.line), line, colour(ink))
        if asks:
            x = column.x + font.width(lines[0]) + 5
            ratio = painter.device().devicePixelRatioF()
            arrow = self._theme.pixmap("down", Role.TEXT_2, ratio)
            painter.drawPixmap(x, FIRST_TOP + (layout.line - 16) // 2, arrow)
        top = layout.second_top if len(lines) == 1 else layout.third_top + 1
        line = self._small.elided(below, column.width)
        self._small.draw(painter, column.at(top, layout.small_line), line, colour(Role.TEXT_2))

    # ---- tooltips
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
        row: QRect = option.rect
        x = event.pos().x() - row.x()
        text = self._cut_text(self.layout_for(row.width()), x, index)
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def _cut_text(self, layout: RowLayout, x: int, index: Index) -> str:
        """Give the whole text of the column at `x`, empty where nothing is cut."""
        photo: Photo = index.data(PHOTO)
        status: Status = index.data(STATUS)
        if x >= layout.status.x:
            shown = " ".join(self._status.detail_lines(layout, status))
            return status.detail if shown.endswith("…") and shown != status.detail else ""
        title, below = item_lines(photo)
        if x >= layout.item.x and not layout.item_below:
            cut = max(self._small.width(below), self._name.width(title)) > layout.item.width
            return f"{title}\n{below}" if cut else ""
        if x >= layout.file.x:
            return photo.name if self._name.width(photo.name) > layout.file.width else ""
        return ""

    # ---- editing
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the field in which the person types an item."""
        photo: Photo = index.data(PHOTO)
        self._edited = photo.id
        return self._make_editor(parent, photo)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Show the item again."""
        self._edited = 0
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave the keys to the field: Enter and Esc mean something else there."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(editor, event)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Put the field over the item's title."""
        row: QRect = option.rect
        where = self.item_rect(row)
        editor.setGeometry(where.x() - 7, row.y() + 7, where.width() + 11, 32)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Do nothing: the field fills itself."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Do nothing: the choice goes to the desk, never into the model."""
