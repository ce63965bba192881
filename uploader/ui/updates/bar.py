"""The line that says that a newer version is out; it waits until the person says what with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from uploader.domain.updates import Manifest
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import ElidedLabel, label

HEIGHT = 40


class UpdateBar(QFrame):
    """One line, or two where there is no room beside the buttons.

    Signals: `page_wanted()`, `skipped()` and `later()`.
    """

    page_wanted = Signal()
    skipped = Signal()
    later = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.title, self.detail = label("", "label"), ElidedLabel("secondary-base")
        self.page = push_button(translate("Updates", "Open the download page"), "small")
        self.skip = push_button(translate("Updates", "Skip this version"), "small")
        self.wait = push_button(translate("Updates", "Later"), "small")
        self.page.clicked.connect(self.page_wanted)
        self.skip.clicked.connect(self.skipped)
        self.wait.clicked.connect(self.later)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.page, self.skip, self.wait):
            # A click leaves the keyboard where it is: this line goes away with it.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.addWidget(IconLabel(theme, "save", Role.TEXT), 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.detail, 0, 2)
        self._two_lines = True
        self._arrange()
        self.hide()

    def show_manifest(self, manifest: Manifest) -> None:
        """Say which version is out, and what is new in it."""
        self.title.setText(
            translate("Updates", "Store Uploader {version} is out.", version=manifest.version)
        )
        self.detail.setText(" ".join(manifest.notes))
        self.setAccessibleName(f"{self.title.text()} {self.detail.text()}".strip())
        self._arrange()
        self.show()

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of two lines alone: in one they take what there is."""
        margins = self._grid.contentsMargins()
        least = max(self._beside(), self._buttons.minimumSizeHint().width())
        width = margins.left() + least + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _beside(self) -> int:
        """Give the width of icon and title."""
        return 16 + 8 + self.title.sizeHint().width()

    def _arrange(self) -> None:
        margins, buttons = self._grid.contentsMargins(), self._buttons.sizeHint().width()
        needed = margins.left() + self._beside() + 16 + buttons + margins.right()
        two = self.width() < needed
        if two != self._two_lines or self._grid.indexOf(self._buttons) < 0:
            self._two_lines = two
            self._grid.removeWidget(self._buttons)
            where = (1, 1, 1, 2, Qt.AlignmentFlag.AlignLeft) if two else (0, 3, 1, 1)
            self._grid.addWidget(self._buttons, *where)
            self._grid.setRowMinimumHeight(0, HEIGHT - 1)
            self._grid.setRowMinimumHeight(1, 32 if two else 0)
            self.updateGeometry()
