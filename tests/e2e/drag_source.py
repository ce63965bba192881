"""A program of somebody else's: a window from which files can be dragged, as from a file manager.

``python drag_source.py X Y PATH…``; the window stands at X, Y and is called *Files to drag*.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Begins a drag as soon as the pointer moves with a button held down."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[3:]])
        drag = QDrag(self)
        drag.setMimeData(mime)
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        # So that the test knows what the other side made of it.
        sys.stdout.write(f"{done.name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app = QApplication([])
    source = Source("Drag me")
    source.setWindowTitle("Files to drag")
    source.setGeometry(int(sys.argv[1]), int(sys.argv[2]), 160, 120)
    source.show()
    sys.exit(app.exec())
