"""Files and pictures that are dragged onto the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from uploader.ui.offers import Offer, read_offer
from uploader.ui.theme import Theme
from uploader.ui.widgets.drop_overlay import DropOverlay


class DropTarget(QObject):
    """Lets a window take drops. Signals: `dropped(QMimeData)`, only for what is welcome."""

    dropped = Signal(QMimeData)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.overlay = DropOverlay(theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what a drop would do, and take it."""
        if isinstance(event, QDropEvent):
            return self._on_drag(event)
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.hide()
        return super().eventFilter(watched, event)

    def _on_drag(self, event: QDropEvent) -> bool:
        mime = event.mimeData()
        if isinstance(event, QDragEnterEvent):
            offer: Offer = read_offer(mime)
            if not offer.welcome:
                return False
            self.overlay.show_offer(offer)
        elif not isinstance(event, QDragMoveEvent):
            self.overlay.hide()
            self.dropped.emit(mime)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True
