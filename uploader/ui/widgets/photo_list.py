"""The list of photos: a virtual view with previews for what is visible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.ui.abilities import can_choose_item
from uploader.ui.delegates.row import Editor, RowDelegate
from uploader.ui.delegates.status_painter import Press
from uploader.ui.models.photos import PHOTO, STATUS, PhotosModel
from uploader.ui.status import Action, Status
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.overlay_bar import OverlayBar
from uploader.ui.widgets.selection_keeper import SelectionKeeper, selected_rows
from uploader.ui.widgets.ticker import Ticker
from uploader.ui.widgets.wishes import Wishes

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhotoList(QListView):
    """Rows of photos, 72 pixels each.

    Signals: `acted(int, Action)` a row's button; `picked()` the selection
    changed; `menu_wanted(QPoint)` a context menu at a global point; `opened(int)` a double
    click on the previews.
    """

    acted = Signal(int, object)
    picked = Signal()
    menu_wanted = Signal(QPoint)
    opened = Signal(int)

    def __init__(
        self,
        model: PhotosModel,
        previews: Previews,
        theme: Theme,
        make_editor: Editor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.setAccessibleName(translate("PhotoList", "Photos"))
        self.photos = model
        self.ticker = Ticker(self._repaint, self)
        self.delegate = RowDelegate(theme, previews, make_editor, self.ticker.painted, self)
        self._configure()
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        OverlayBar(self)
        self._wishes = Wishes(self, model, previews)
        previews.ready.connect(self._preview_ready)
        SelectionKeeper(self, model).restored.connect(self.picked)
        theme.changed.connect(self.viewport().update)

    def _configure(self) -> None:
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)

    def wish_again(self) -> None:
        """Ask for the previews in sight anew: somebody else's wishes stood before them."""
        self._wishes.soon()

    # ---- reading
    def selected(self) -> list[Photo]:
        """Give the selected photos in the list's order."""
        return [self.photos.photo_at(row) for row in selected_rows(self)]

    def current(self) -> Photo | None:
        """Give the photo that the inspector shows."""
        index = self.currentIndex()
        return self.photos.photo_at(index.row()) if index.isValid() else None

    def setCurrentIndex(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Choose this row alone, whatever keys are held: Qt's own would add to the selection."""
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, how)

    def step(self, by: int) -> None:
        """Go to the next or previous photo."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.photos.rowCount():
            self.setCurrentIndex(self.photos.index(row))

    def edit_item(self, photo_id: int, alone: bool = False) -> None:
        """Open the item's field in a photo's row, where its item can still be chosen.

        `alone` selects no other row.
        """
        row = self.photos.row_of(photo_id)
        if row >= 0 and can_choose_item(self.photos.photo_at(row)):
            index = self.photos.index(row)
            self.scrollTo(index)
            if alone or not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.edit(index)

    def close_editor(self, editor: QWidget) -> None:
        """Close an open field and come back to the list."""
        self.closeEditor(editor, self.delegate.EndEditHint.NoHint)
        self.setFocus()

    # ---- previews and movement
    def use_styles(self, names: Sequence[str]) -> None:
        """Show the styles that this store makes."""
        if self.delegate.styles != tuple(names):
            self.delegate.styles = tuple(names)
            self.delegate.thumbs.clear()
            self.viewport().update()

    def _preview_ready(self, photo_id: int) -> None:
        self.delegate.thumbs.forget(photo_id)
        self._repaint(photo_id)

    def _repaint(self, photo_id: int) -> bool:
        """Repaint a row where it is in sight; tell whether it is."""
        row = self.photos.row_of(photo_id)
        if row < 0 or not self.isVisible():
            return False
        where = self.visualRect(self.photos.index(row))
        if not where.intersects(self.viewport().rect()):
            return False
        self.viewport().update(where)
        return True

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who shows the selection."""
        super().selectionChanged(selected, deselected)
        self.picked.emit()

    # ---- pointer and keys
    def _action_at(self, point: QPoint) -> tuple[QModelIndex, Status | None, QRect]:
        index = self.indexAt(point)
        if not index.isValid():
            return index, None, QRect()
        status: Status = index.data(STATUS)
        return index, status, self.delegate.action_rect(self.visualRect(index), status)

    def _set_press(self, photo_id: int, press: Press) -> None:
        if self.delegate.press != (photo_id, press):
            before, self.delegate.press = self.delegate.press[0], (photo_id, press)
            self._repaint(before)
            self._repaint(photo_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many rows as there is time for, the rest in the next turn."""
        self.delegate.rows.begin()
        super().paintEvent(event)
        if self.delegate.rows.postponed:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the button under the pointer."""
        index, _status, button = self._action_at(event.position().toPoint())
        over = button.contains(event.position().toPoint())
        held = over and bool(event.buttons() & Qt.MouseButton.LeftButton)
        self._set_press(index.data(PHOTO).id if over else 0, Press(over, held))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold a row's button down, or select."""
        point = event.position().toPoint()
        index, _status, button = self._action_at(point)
        if event.button() == Qt.MouseButton.LeftButton and button.contains(point):
            self.setCurrentIndex(index)
            self._set_press(index.data(PHOTO).id, Press(True, True))
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act where the button was held down, open the item where it asks."""
        point = event.position().toPoint()
        index, status, button = self._action_at(point)
        held_id, held = self.delegate.press
        self._set_press(0, Press())
        if held.pressed:
            if button.contains(point) and status and index.data(PHOTO).id == held_id:
                self.acted.emit(held_id, status.action)
            return
        super().mouseReleaseEvent(event)
        if status is not None and status.action is Action.CHOOSE:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            left = event.button() == Qt.MouseButton.LeftButton
            if plain and left and self._on_item(index, point):
                self.edit_item(index.data(PHOTO).id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the item, or show the photo large."""
        point = event.position().toPoint()
        index, _status, button = self._action_at(point)
        if not index.isValid() or button.contains(point):
            self.mousePressEvent(event)
        elif self._on_item(index, point):
            self.edit_item(index.data(PHOTO).id)
        else:
            self.opened.emit(index.data(PHOTO).id)

    def _on_item(self, index: QModelIndex, point: QPoint) -> bool:
        return self.delegate.item_rect(self.visualRect(index)).contains(point)

    def leaveEvent(self, event: QEvent) -> None:
        """Let the button go."""
        self._set_press(0, Press())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts on the row, F2 edits its item; the window has the other keys."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (*_OPEN_KEYS, Qt.Key.Key_F2):
            photo: Photo = index.data(PHOTO)
            action = index.data(STATUS).action
            if event.key() == Qt.Key.Key_F2 or action is None:
                self.edit_item(photo.id)
            else:
                self.acted.emit(photo.id, action)
            return
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu on the selected rows."""
        if self.selectionModel().hasSelection():
            self.menu_wanted.emit(event.globalPos())
