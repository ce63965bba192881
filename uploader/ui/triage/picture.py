"""The photo that is asked about, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.ui.delegates.thumbs import draw_photo, fitted, to_image
from uploader.ui.theme import Role, Theme

MARGIN = 16


class Picture(QWidget):
    """Shows one photo on the mat; a placeholder while it is being made."""

    def __init__(self, previews: Previews, theme: Theme) -> None:
        super().__init__()
        self._previews, self._theme = previews, theme
        self._photo: Photo | None = None
        self._pixmap: QPixmap | None = None
        self.setMinimumSize(240, 200)
        previews.large_ready.connect(self._ready)
        theme.changed.connect(self.update)

    def show_photo(self, photo: Photo | None) -> None:
        """Show this one."""
        self._photo, self._pixmap = photo, None
        self.setAccessibleName(photo.name if photo is not None else "")
        if photo is not None:
            self._ready(photo.id)
            if self._pixmap is None:
                self._previews.want_large(photo)
        self.update()

    def _ready(self, photo_id: int) -> None:
        if self._photo is None or self._photo.id != photo_id:
            return
        bitmap = self._previews.large(self._photo)
        if bitmap is not None:
            self._pixmap = QPixmap.fromImage(to_image(bitmap))
            self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo, its ratio kept and never enlarged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour(Role.MAT))
        if self._pixmap is not None:
            box = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            size = self._pixmap.deviceIndependentSize().toSize()
            draw_photo(painter, self._theme, self._pixmap, fitted(size, box))
            return
        icon = self._theme.pixmap("image", Role.TEXT_2, self.devicePixelRatioF())
        where = QRect(0, 0, 16, 16)
        where.moveCenter(self.rect().center())
        painter.drawPixmap(where.topLeft(), icon)
