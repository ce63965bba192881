"""One photo over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.ui.delegates.thumbs import draw_photo, fitted, to_image
from uploader.ui.theme import Role, Theme

MARGIN = 32


class BigPreview(QWidget):
    """Space, Esc or a click closes it.

    Signals: `closing()` before it goes; whoever takes the keyboard then has it.
    """

    closing = Signal()

    SPOKEN_ROLE = QAccessible.Role.Graphic

    def __init__(self, previews: Previews, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._previews, self._theme, self._window = previews, theme, parent
        self._photo: Photo | None = None
        self._pixmap: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        previews.large_ready.connect(self._ready)
        self.hide()

    def show_photo(self, photo: Photo) -> None:
        """Cover the window with a photo."""
        self._photo, self._pixmap = photo, None
        self.setAccessibleName(photo.name)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._ready(photo.id)
        if self._pixmap is None:
            self._previews.want_large(photo)

    def _ready(self, photo_id: int) -> None:
        if self._photo is None or self._photo.id != photo_id or not self.isVisible():
            return
        bitmap = self._previews.large(self._photo)
        if bitmap is not None:
            self._pixmap = QPixmap.fromImage(to_image(bitmap))
            self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.close_again()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Keep the keyboard: all else in the window is covered."""
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close."""
        self.close_again()

    def close_again(self) -> None:
        """Go, and forget the picture."""
        self._pixmap = self._photo = None
        # Before it hides: else Qt gives the keyboard to the window's first button.
        self.closing.emit()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo as large as the window and its pixels allow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour(Role.MAT))
        if self._pixmap is not None:
            size = self._pixmap.deviceIndependentSize().toSize()
            box = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            where: QRect = fitted(size, box)
            draw_photo(painter, self._theme, self._pixmap, where)
