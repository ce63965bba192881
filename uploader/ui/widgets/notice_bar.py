"""What belongs to no photo: a line that goes by itself, or one that stays until it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from uploader.background.values import Notice
from uploader.ui.phrasebook import say
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import ToolButton, push_button
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import label

HEIGHT = 40
NOTICE_MS = 12_000
_TOP = Qt.AlignmentFlag.AlignTop


class NoticeBar(QFrame):
    """Shows one notice at a time; those that stay come back when a passing one has gone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setMinimumHeight(HEIGHT)
        self.text = label()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        # Air around two lines; one is as high as the button.
        self.text.setContentsMargins(0, 3, 0, 3)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._icon = IconLabel(theme, "attention", Role.WARNING)
        self.folder = push_button(translate("Notice", "Show file"), "small")
        self.folder.clicked.connect(self._show_folder)
        self._close = ToolButton(theme, "close", translate("Notice", "Close"), compact=True)
        self._close.clicked.connect(self.dismiss)
        self._lay_out()
        self._timer = QTimer(self, interval=NOTICE_MS, singleShot=True)
        self._timer.timeout.connect(self._pass)
        self._staying: list[Notice] = []
        self._shown: Notice | None = None
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.folder)
        row.addWidget(self._close)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice instead of the one before."""
        if notice.stays and notice not in self._staying:
            self._staying.append(notice)
        self._show(notice)

    def dismiss(self) -> None:
        """Take away what the person has read; what else stays is shown, or nothing."""
        if self._shown in self._staying:
            self._staying.remove(self._shown)
        self._pass()

    def _pass(self) -> None:
        self._shown = None
        if self._staying:
            self._show(self._staying[-1])
        else:
            self.hide()

    def _show(self, notice: Notice) -> None:
        self._shown = notice
        text, more = say(notice.text), say(notice.detail)
        title, detail = escape(text), escape(more)
        strong = f"<span style='font-weight:600'>{title}</span>" if detail else title
        self.text.setText(f"{strong}&ensp;{detail}" if detail else strong)
        self.setAccessibleName(f"{text} {more}".strip())
        self._icon.setVisible(notice.stays)
        self.folder.setVisible(notice.folder is not None)
        self._timer.stop()
        self._wait()
        self.show()

    def _wait(self) -> None:
        if self._shown is not None and not self._shown.stays:
            self._timer.start()

    def _show_folder(self) -> None:
        if self._shown is not None and self._shown.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.folder)))

    def showEvent(self, event: QShowEvent) -> None:
        """Be seen for the whole time also after a move to another page."""
        super().showEvent(event)
        self._wait()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop waiting to go."""
        super().hideEvent(event)
        self._timer.stop()


def escape(text: str) -> str:
    """Write plain text as rich text. The standard library's way imports every name of HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
